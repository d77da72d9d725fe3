import Foundation
import HebbArrays
import HebbRules
import Testing

@Suite struct RuleFileTests {
  /// One of each, a little trained.
  static func everyKind() throws -> [any RuleModel] {
    var random = Philox(seed: 11)
    let x = NDArray.uniform([24, 5], using: &random)
    let bits = x.greater(than: 0.5)
    let signs = bits * 2 - 1
    let labels = (0..<24).map { $0 % 2 }
    var map = SelfOrganizingMap(MapGrid(4, 4, cells: .hexagonal, toroidal: true), features: 5, using: &random)
    try map.fit(x, updates: 50, using: &random)
    var gas = try GrowingNeuralGas(x, growth: .init(units: 6, interval: 20), using: &random)
    try gas.fit(x, steps: 200, using: &random)
    var memories = HopfieldNetwork.Rule.allCases.map { HopfieldNetwork(units: 5, rule: $0) }
    for index in memories.indices { try memories[index].store(signs[0..<2]) }
    var (soft, steep) = (
      DenseHopfield(units: 5, energy: .softmax(beta: 2)), DenseHopfield(units: 5, energy: .polynomial(degree: 3))
    )
    try soft.store(x)
    try steep.store(signs)
    let training = BoltzmannTraining(epochs: 2, batchSize: 8)
    var machine = RestrictedBoltzmann(visible: 5, hidden: 3, using: &random)
    try machine.fit(bits, training, using: &random)
    var belief = DeepBeliefNetwork([5, 4, 3], visible: .gaussian, using: &random)
    try belief.fit(x, training, using: &random)
    var deep = DeepBoltzmann(visible: 5, first: 4, second: 3, using: &random)
    try deep.fit(bits, training, using: &random)
    var general = BoltzmannMachine(visible: 5, hidden: 2, using: &random)
    try general.fit(bits, updates: 2, using: &random)
    let prototypes = try Prototypes(x, labels: labels, perClass: 2, using: &random)
    var quantizers = [
      LearningVectorQuantization(prototypes), LearningVectorQuantization(prototypes, rule: .olvq1),
      LearningVectorQuantization(prototypes, rule: .lvq21(window: 0.3)),
      LearningVectorQuantization(prototypes, rule: .lvq3(window: 0.3, epsilon: 0.1)),
    ]
    for index in quantizers.indices { try quantizers[index].fit(x, labels: labels, epochs: 2, using: &random) }
    var generalized = [GeneralizedLVQ.Metric.euclidean, .relevance, .matrix(components: 2)].map {
      GeneralizedLVQ(prototypes, metric: $0)
    }
    for index in generalized.indices { try generalized[index].fit(x, labels: labels, epochs: 2, using: &random) }
    var robust = RobustSoftLVQ(prototypes)
    try robust.fit(x, labels: labels, epochs: 2, using: &random)
    var (one, two) = (ART1(features: 5, vigilance: 0.5), ART2(features: 5, vigilance: 0.9, threshold: 0.1))
    var (fuzzy, artmap) = (FuzzyART(features: 5, vigilance: 0.6), FuzzyARTMAP(features: 5, vigilance: 0.6))
    try one.fit(bits)
    try two.fit(x)
    try fuzzy.fit(x)
    try artmap.fit(x, labels: labels)
    var perceptron = Perceptron(features: 5)
    try perceptron.fit(x, labels: labels, epochs: 3, using: &random)
    var adaline = Adaline(features: 5)
    try adaline.fit(x, targets: signs.sliced(axis: 1, from: 0, to: 1), epochs: 3, learningRate: 0.01, using: &random)
    var associator = HebbianAssociator(inputs: 5, outputs: 5)
    try associator.fit(x, outputs: signs)
    var oja = OjaNetwork(features: 5, components: 2, using: &random)
    try oja.fit(x, epochs: 3, using: &random)
    var bells = try RadialBasisNetwork(x, units: 4, outputs: 1, using: &random)
    try bells.fit(x, labels: labels)
    var extreme = ExtremeLearningMachine(features: 5, hidden: 7, outputs: 1, using: &random)
    try extreme.fit(x, labels: labels)
    var echo = EchoStateNetwork(inputs: 5, units: 9, outputs: 5, using: &random)
    try echo.fit(x[0..<23], targets: x[1..<24], washout: 2)
    return memories + quantizers + generalized
      + [
        map, gas, soft, steep, ContinuousHopfield(weights: memories[0].weights), machine, belief, deep, general, robust,
        one, two, fuzzy, artmap, perceptron, adaline, associator, oja, bells, extreme, echo,
      ]
  }

  @Test func everyKindComesBackWhole() throws {
    for model in try Self.everyKind() { try check(model) }
  }

  private func check<Model: RuleModel>(_ model: Model) throws {
    let path = temporaryFile("model.safetensors")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.save(to: path, notes: ["data": "iris"])
    let back = try Model(reading: path)
    let (mine, theirs) = (model.state, back.state)
    #expect(mine.arrays.map(\.name) == theirs.arrays.map(\.name), "\(Model.kind)")
    for (a, b) in zip(mine.arrays, theirs.arrays) {
      #expect(a.value.fingerprint == b.value.fingerprint && a.value.shape == b.value.shape, "\(Model.kind) \(a.name)")
    }
    let state = try RuleState(reading: path)
    #expect(state.kind == Model.kind && state.notes == ["data": "iris"])
    // A file that lacks an array, and one of another kind, are refused.
    for array in mine.arrays where !["weights", "patterns"].contains(array.name) {
      let broken = SafetensorsFile(
        tensors: mine.arrays.filter { $0.name != array.name },
        metadata: try SafetensorsFile.metadata(of: path))
      try broken.write(to: path)
      #expect(throws: DataError.self, "\(Model.kind) without \(array.name)") { try Model(reading: path) }
    }
    try SafetensorsFile(tensors: [], metadata: ["format": "hebb rules 1", "kind": "other"]).write(to: path)
    #expect(throws: DataError.self) { try Model(reading: path) }
  }
}

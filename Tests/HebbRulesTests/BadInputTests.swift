import HebbArrays
import HebbRules
import Testing

@Suite struct BadInputTests {
  private static let good = NDArray([0, 1, 1, 0, 1, 1, 0, 0] as [Float], shape: [4, 2])
  private static let nan = NDArray([0, 1, .nan, 0] as [Float], shape: [2, 2])
  private static let wide = NDArray.zeros([4, 3])
  private static let empty = NDArray.zeros([0, 2])

  /// What every network does with samples that it cannot take.
  @Test func samplesAreChecked() {
    var random = Philox(seed: 1)
    let labels = [0, 1, 0, 1]
    let prototypes = Prototypes(Self.good, labels: labels)
    typealias Learn = (NDArray, inout Philox) throws -> Void
    let learners: [(String, Learn)] = [
      (
        "map",
        { x, r in
          var n = SelfOrganizingMap(MapGrid(2, 2), features: 2, using: &r); try n.fit(x, updates: 3, using: &r)
        }
      ),
      (
        "batch map",
        { x, r in
          var n = SelfOrganizingMap(MapGrid(2, 2), features: 2, using: &r); try n.fitBatch(x, epochs: 1)
        }
      ),
      (
        "gas",
        { x, r in
          var n = try GrowingNeuralGas(Self.good, using: &r); try n.fit(x, steps: 3, using: &r)
        }
      ),
      (
        "Hopfield",
        { x, _ in
          var n = HopfieldNetwork(units: 2); try n.store(x * 2 - 1)
        }
      ),
      (
        "dense",
        { x, _ in
          var n = DenseHopfield(units: 2, energy: .softmax(beta: 1)); try n.store(x)
        }
      ),
      (
        "RBM",
        { x, r in
          var n = RestrictedBoltzmann(visible: 2, hidden: 2, using: &r)
          try n.fit(x, BoltzmannTraining(epochs: 1), using: &r)
        }
      ),
      (
        "general",
        { x, r in
          var n = BoltzmannMachine(visible: 2, hidden: 1, using: &r)
          try n.fit(x, updates: 1, using: &r)
        }
      ),
      (
        "LVQ",
        { x, r in
          var n = LearningVectorQuantization(prototypes); try n.fit(x, labels: labels, epochs: 1, using: &r)
        }
      ),
      (
        "GLVQ",
        { x, r in
          var n = GeneralizedLVQ(prototypes); try n.fit(x, labels: labels, epochs: 1, using: &r)
        }
      ),
      (
        "RSLVQ",
        { x, r in
          var n = RobustSoftLVQ(prototypes); try n.fit(x, labels: labels, epochs: 1, using: &r)
        }
      ),
      (
        "ART1",
        { x, _ in
          var n = ART1(features: 2, vigilance: 0.5); try n.fit(x)
        }
      ),
      (
        "ART2",
        { x, _ in
          var n = ART2(features: 2, vigilance: 0.5); try n.fit(x)
        }
      ),
      (
        "fuzzy",
        { x, _ in
          var n = FuzzyART(features: 2, vigilance: 0.5); try n.fit(x)
        }
      ),
      (
        "ARTMAP",
        { x, _ in
          var n = FuzzyARTMAP(features: 2); try n.fit(x, labels: labels)
        }
      ),
      (
        "perceptron",
        { x, r in
          var n = Perceptron(features: 2); try n.fit(x, labels: labels, using: &r)
        }
      ),
      (
        "Oja",
        { x, r in
          var n = OjaNetwork(features: 2, using: &r); try n.fit(x, epochs: 1, using: &r)
        }
      ),
      (
        "bells",
        { x, _ in
          var n = RadialBasisNetwork(centers: Self.good, outputs: 1); try n.fit(x, labels: labels)
        }
      ),
      (
        "ELM",
        { x, r in
          var n = ExtremeLearningMachine(features: 2, hidden: 3, outputs: 1, using: &r)
          try n.fit(x, labels: labels)
        }
      ),
    ]
    for (name, learn) in learners {
      #expect(throws: Never.self, "\(name)") { try learn(Self.good, &random) }
      for bad in [Self.nan, Self.wide, Self.empty] {
        #expect(throws: RuleError.self, "\(name) with \(bad.shape)") { try learn(bad, &random) }
      }
    }
  }

  @Test func errorsSayWhatAndWhere() {
    let error = RuleError.notFinite("the map", row: 3, column: 1)
    #expect(error.description == "the map: sample 3, feature 1 is not a finite number; clean or leave out the sample")
    let value = RuleError.value("the Hopfield network", row: 0, column: 2, found: 0.5, allowed: "−1 or 1")
    #expect(value.description.contains("sample 0, feature 2 is 0.5, but must be −1 or 1"))
  }

  @Test func binaryNetworksRefuseOtherNumbers() throws {
    let grey = NDArray([0.5, 1] as [Float], shape: [1, 2])
    var memory = HopfieldNetwork(units: 2)
    #expect(throws: RuleError.self) { try memory.store(grey) }
    var art = ART1(features: 2, vigilance: 0.5)
    #expect(throws: RuleError.self) { try art.fit(grey) }
    var machine = BoltzmannMachine(weights: .zeros([2, 2]), bias: .zeros([2]), visible: 2)
    var random = Philox(seed: 1)
    #expect(throws: RuleError.self) { try machine.fit(grey, updates: 1, using: &random) }
    var fuzzy = FuzzyART(features: 2, vigilance: 0.5)
    #expect(throws: RuleError.self) { try fuzzy.fit(grey * 3) }
    var two = ART2(features: 2, vigilance: 0.5)
    #expect(throws: RuleError.self) { try two.fit(grey - 1) }
  }

  @Test func oneSampleAndConstantFeatures() throws {
    var random = Philox(seed: 2)
    let one = NDArray([0.25, 0.75] as [Float], shape: [1, 2])
    let flat = NDArray.concatenated([NDArray.uniform([9, 1], using: &random), .full([9, 1], 3)], axis: 1)
    for x in [one, flat] {
      // More units than samples.
      var map = SelfOrganizingMap(MapGrid(5, 5), features: 2, using: &random)
      try map.initialize(from: x, using: &random)
      try map.fit(x, updates: 40, order: .random, using: &random)
      try map.fitBatch(x, epochs: 3)
      #expect(map.weights.allFinite && map.distanceMap().allFinite)
      if x.shape[0] > 1 {
        try map.initializeByPrincipalComponents(of: x)
        #expect(map.weights.allFinite)
      }
      var gas = try GrowingNeuralGas(x, using: &random)
      try gas.fit(x, steps: 500, using: &random)
      #expect(gas.weights.allFinite)
      let scaled = try UnitScaling(fitting: x)(x)
      var art = FuzzyARTMAP(features: 2, vigilance: 0.5)
      try art.fit(scaled, labels: (0..<x.shape[0]).map { $0 % 2 })
      #expect(art.resonance.weights.allFinite)
      var oja = OjaNetwork(features: 2, using: &random)
      try oja.fit(x, epochs: 5, using: &random)
      #expect(oja.weights.allFinite)
      var bells = try RadialBasisNetwork(x, units: 20, outputs: 1, using: &random)
      try bells.fit(x, targets: x.sliced(axis: 1, from: 0, to: 1), penalty: 0)
      #expect(bells.weights.allFinite && bells.centers.shape[0] <= x.shape[0])
      var gaussian = RestrictedBoltzmann(visible: 2, hidden: 3, kind: .gaussian, using: &random)
      try gaussian.fit(x, BoltzmannTraining(epochs: 5, learningRate: 0.01), using: &random)
      #expect(gaussian.weights.allFinite)
    }
    var map = SelfOrganizingMap(MapGrid(3, 3), features: 2, using: &random)
    #expect(throws: RuleError.self) { try map.initializeByPrincipalComponents(of: one) }
  }

  /// Without vigilance one category takes all samples, whatever they are.
  @Test func zeroVigilanceIsTaken() throws {
    var random = Philox(seed: 5)
    let x = NDArray.uniform([30, 3], using: &random)
    var fuzzy = FuzzyART(features: 3, vigilance: 0)
    try fuzzy.fit(x)
    #expect(fuzzy.categoryCount == 1 && fuzzy.weights.allFinite)
    var binary = ART1(features: 3, vigilance: 0)
    try binary.fit(NDArray([1, 0, 0, 0, 1, 0, 0, 0, 0] as [Float], shape: [3, 3]))
    #expect(binary.categoryCount >= 1)
    var map = FuzzyARTMAP(features: 3, vigilance: 0)
    try map.fit(x, labels: (0..<30).map { $0 % 2 })
    #expect(map.resonance.weights.allFinite)
  }

  /// Equal samples of two classes: one category for each, however often they are shown.
  @Test func contradictionsDoNotGrow() throws {
    var map = FuzzyARTMAP(features: 2)
    let x = NDArray.full([12, 2], 0.5)
    try map.fit(x, labels: (0..<12).map { $0 % 2 }, passes: 20)
    #expect(map.labels == [0, 1] && map.resonance.categoryCount == 2)
    #expect(try map.predict(x[0..<1]) == [0])
  }

  /// What grows without bound is told, and the network stays as it was.
  @Test func divergenceIsToldAndUndone() throws {
    var random = Philox(seed: 3)
    let x = NDArray.normal([50, 2], using: &random) * 1e6
    var adaline = Adaline(features: 2)
    #expect(throws: RuleError.self) {
      try adaline.fit(x, targets: .ones([50, 1]), epochs: 50, learningRate: 1, using: &random)
    }
    #expect(adaline.weights.abs().max().scalar == 0)
    var machine = RestrictedBoltzmann(visible: 2, hidden: 3, kind: .gaussian, using: &random)
    let before = machine.weights.fingerprint
    #expect(throws: RuleError.self) {
      try machine.fit(x, BoltzmannTraining(epochs: 200, learningRate: 1e30), using: &random)
    }
    #expect(machine.weights.fingerprint == before)
    var hat = SelfOrganizingMap(
      MapGrid(6, 6), features: 2, sigma: 2, learningRate: 1, neighborhood: .mexicanHat, sigmaDecay: .constant,
      rateDecay: .constant, using: &random)
    let old = hat.weights.fingerprint
    #expect(throws: RuleError.self) { try hat.fit(x, updates: 5_000, using: &random) }
    #expect(hat.weights.fingerprint == old)
  }

  @Test func labelsAreChecked() throws {
    var random = Philox(seed: 4)
    var perceptron = Perceptron(features: 2)
    #expect(throws: RuleError.self) { try perceptron.fit(Self.good, labels: [0, 1], using: &random) }
    #expect(throws: RuleError.self) { try perceptron.fit(Self.good, labels: [0, 1, 2, 0], using: &random) }
    var network = LearningVectorQuantization(Prototypes(Self.good, labels: [0, 0, 1, 1]))
    #expect(throws: RuleError.self) {
      try network.fit(Self.good, labels: [0, 1, 5, 0], epochs: 1, using: &random)
    }
    #expect(throws: RuleError.self) { try Prototypes(Self.good, labels: [-1, 0, 0, 0], perClass: 1, using: &random) }
  }
}

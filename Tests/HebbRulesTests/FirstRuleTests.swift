import HebbArrays
import HebbRules
import HebbTesting
import Testing

@Suite struct FirstRuleTests {
  @Test func perceptronIsThatOfScikitLearn() throws {
    var random = Philox(seed: 0)
    let (x, y) = (reference["perceptron.x"], reference.integers("perceptron.y"))
    var network = Perceptron(features: 4)
    let corrections = try network.fit(x, labels: y, epochs: 5, using: &random)
    #expect(difference(network.weights, reference["perceptron.weights"]) < 1e-4)
    #expect(difference(network.bias, reference["perceptron.bias"]) < 1e-4)
    #expect(corrections.count <= 5)
    let rest = try network.fit(x, labels: y, epochs: 1_000, using: &random)
    let found = try network.predict(x)
    #expect(rest.last == 0 && found == y)
  }

  @Test func perceptronTellsSeveralClasses() throws {
    var random = Philox(seed: 1)
    let centers = NDArray([0, 5, 5, -4, -5, -4] as [Float], shape: [3, 2])
    let labels = (0..<90).map { $0 % 3 }
    let x = centers.gathered(rows: NDArray(labels.map { Int32($0) })) + NDArray.normal([90, 2], using: &random) * 0.5
    var network = Perceptron(features: 2, classes: 3)
    try network.fit(x, labels: labels, using: &random)
    let found = try network.predict(x)
    #expect(found == labels)
  }

  @Test func adalineComesToLeastSquares() throws {
    var random = Philox(seed: 0)
    let x = reference["perceptron.x"]
    var network = Adaline(features: 4)
    let errors = try network.fit(
      x, targets: reference["adaline.targets"], epochs: 2_000, learningRate: 0.001, using: &random)
    let solution = reference["adaline.solution"]
    #expect(difference(network.weights, solution[0..<4]) < 5e-3)
    #expect(abs(network.bias.scalar - solution.element(4)) < 5e-3)
    #expect(errors[1_999] < errors[0] / 10)
  }

  @Test func hebbsRuleGivesBackOrthogonalPairs() throws {
    let inputs = NDArray([0.5, 0.5, 0.5, 0.5, 0.5, -0.5, 0.5, -0.5] as [Float], shape: [2, 4])
    let outputs = NDArray([1, 2, 3, -1, 0, 4] as [Float], shape: [2, 3])
    var memory = HebbianAssociator(inputs: 4, outputs: 3)
    try memory.fit(inputs[0..<1], outputs: outputs[0..<1])
    try memory.fit(inputs[1..<2], outputs: outputs[1..<2])
    let found = try memory.recall(inputs)
    #expect(difference(found, outputs) < 1e-6)
  }

  @Test func ojasRuleFindsPrincipalComponents() throws {
    var random = Philox(seed: 2)
    var network = OjaNetwork(features: 4, components: 2, using: &random)
    try network.fit(reference["perceptron.x"], epochs: 3_000, learningRate: 0.02, using: &random)
    let cosines = (network.weights * reference["oja.components"]).sum(axis: 1).abs()
    #expect(cosines.min().scalar > 0.999)
    let lengths = network.weights.squared().sum(axis: 1)
    #expect((lengths - 1).abs().max().scalar < 0.01)
  }

  @Test func radialBasisIsKernelRidge() throws {
    var network = RadialBasisNetwork(centers: reference["rbf.centers"], outputs: 1, gamma: 0.3)
    try network.fit(reference["perceptron.x"], targets: reference["adaline.targets"], penalty: 0.01)
    let found = try network.outputs(reference["perceptron.x"])
    #expect(difference(found, reference["rbf.outputs"]) < 2e-3)
  }

  @Test func randomFeaturesSolveExclusiveOr() throws {
    var random = Philox(seed: 3)
    let x = NDArray([0, 0, 0, 1, 1, 0, 1, 1] as [Float], shape: [4, 2])
    let labels = [0, 1, 1, 0]
    var machine = ExtremeLearningMachine(features: 2, hidden: 20, outputs: 1, scale: 2, using: &random)
    try machine.fit(x, labels: labels, penalty: 1e-6)
    let found = try machine.predict(x)
    #expect(found == labels)
    var bells = try RadialBasisNetwork(x, units: 4, outputs: 1, using: &random)
    try bells.fit(x, labels: labels)
    let told = try bells.predict(x)
    #expect(told == labels)
  }

  /// The state against a loop in float64, and the radius against a matrix whose eigenvalues are known.
  @Test func echoStatesFollowTheirEquation() throws {
    var random = Philox(seed: 4)
    let network = EchoStateNetwork(inputs: 2, units: 12, outputs: 1, leak: 0.6, using: &random)
    let x = NDArray.normal([30, 2], using: &random)
    let (v, u, c) = (
      network.inputWeights.cast(to: .float64), network.stateWeights.cast(to: .float64), network.bias.cast(to: .float64)
    )
    var s = NDArray.zeros([1, 12], dtype: .float64)
    for t in 0..<30 {
      let new = (x[t..<t + 1].cast(to: .float64).matmul(v) + s.matmul(u) + c).tanh()
      s = s * 0.4 + new * 0.6
    }
    #expect(difference(network.finalState(of: x), s.cast(to: .float32)) < 1e-5)
    let turn = NDArray([0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 0.5] as [Float], shape: [3, 3])
    #expect(abs(EchoStateNetwork.spectralRadius(turn) - 1) < 1e-3)
    #expect(abs(EchoStateNetwork.spectralRadius(network.stateWeights) - 0.9) < 1e-2)
  }

  /// The Mackey–Glass series of delay 17: the next step from the steps before, better than repeating the last.
  @Test func echoStatesForecast() throws {
    var values = [Double](repeating: 1.2, count: 18)
    for t in 17..<2_200 {
      let late = values[t - 17]
      var power = 1.0
      for _ in 0..<10 { power *= late }
      values.append(values[t] + 0.2 * late / (1 + power) - 0.1 * values[t])
    }
    let series = NDArray(values.map { Float($0 - 0.9) }, shape: [values.count, 1])
    var random = Philox(seed: 5)
    var network = EchoStateNetwork(inputs: 1, units: 200, outputs: 1, using: &random)
    try network.fit(series[0..<1_500], targets: series[1..<1_501])
    let found = try network.predict(series[0..<2_100])[1_500..<2_100]
    let error = (found - series[1_501..<2_101]).squared().mean().scalar.squareRoot()
    let lazy = (series[1_500..<2_100] - series[1_501..<2_101]).squared().mean().scalar.squareRoot()
    #expect(error < lazy / 20, "\(error) against \(lazy)")
    let onward = try network.generate(after: series[0..<1_500], steps: 20)
    #expect(difference(onward, series[1_500..<1_520]) < 0.1)
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTraining
import Testing

/// Trajectories of PyTorch's optimisers in float64; made by Tests/Reference/optimizers.py.
@Suite struct OptimizerTests {
  static let optimizers: [(name: String, optimizer: any Optimizer)] = [
    ("sgd", SGD(learningRate: 0.1, weightDecay: 0.1)),
    ("momentum", SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.1)),
    ("nesterov", SGD(learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1)),
    ("adagrad", Adagrad(learningRate: 0.1, rateDecay: 0.01, weightDecay: 0.1)),
    ("rmsProp", RMSProp(weightDecay: 0.1)),
    ("rmsPropFull", RMSProp(momentum: 0.8, centered: true, weightDecay: 0.1)),
    ("adadelta", Adadelta(weightDecay: 0.1)),
    ("adam", Adam(learningRate: 0.01, weightDecay: 0.1)),
    ("adamW", AdamW(learningRate: 0.01, weightDecay: 0.1)),
    ("nadam", Nadam(learningRate: 0.01, weightDecay: 0.1)),
  ]

  @Test(arguments: optimizers.indices, [DType.float64, .float32])
  func followsPyTorch(_ index: Int, dtype: DType) throws {
    let (name, optimizer) = OptimizerTests.optimizers[index]
    let lines = try referenceLines("optimizers.txt")
    let model = Pair(try #require(lines.first).numbers, dtype: dtype)
    var updater = Updater(optimizer, for: model)
    let expected = lines.filter { $0.name == name }
    #expect(expected.count == 20)
    for (gradient, after) in zip(lines.filter { $0.name == "gradient" }, expected) {
      updater.update(model.gradients(gradient.numbers))
      let error = zip(model.numbers, after.numbers).map { abs($0 - $1) }.max()
      #expect(try #require(error) < (dtype == .float64 ? 1e-13 : 2e-5), "step \(updater.step)")
    }
  }

  @Test func lionStepsByTheSign() {
    let model = Pair([1, -2, 3, 0.5, 0])
    var updater = Updater(Lion(learningRate: 0.1, weightDecay: 0.5), for: model)
    updater.update(model.gradients([3, -0.01, 0, 2, -7]))
    let expected = [1 * 0.95 - 0.1, -2 * 0.95 + 0.1, 3 * 0.95, 0.4, 0.1]
    #expect(zip(model.numbers, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    // m is now 0.01 g: a small opposite gradient does not turn the next step around.
    updater.update(model.gradients([-0.2, 0, 0, 0, 0]))
    #expect(abs(model.numbers[0] - (0.85 * 0.95 - 0.1)) < 1e-15)
  }

  @Test func biasesDecayWhenAskedFor() {
    let decay = WeightDecay(l2: 0.5, l1: 0.25, decaysBiases: true)
    let model = Pair([1, -2, 0, 4, 0])
    var updater = Updater(SGD(learningRate: 0.1, weightDecay: decay), for: model)
    updater.update(model.gradients([0, 0, 0, 0, 0]))
    let expected = [1 - 0.075, -2 + 0.125, 0, 4 - 0.225, 0]
    #expect(zip(model.numbers, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func groupsHaveTheirOwnRateAndDecay() {
    let model = Pair([1, 1, 1, 1, 1])
    let groups = [
      ParameterGroup("bias", rateFactor: 0.5),
      ParameterGroup(weightDecay: .init(l2: 1)) { _, parameter in parameter.role == .weight },
    ]
    var updater = Updater(SGD(learningRate: 0.1), for: model, groups: groups)
    updater.update(model.gradients([1, 1, 1, 1, 1]))
    #expect(zip(model.numbers, [0.8, 0.8, 0.8, 0.95, 0.95]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func frozenParametersStay() {
    let model = Pair([1, 1, 1, 1, 1])
    model.bias.isFrozen = true
    var updater = Updater(Adam(learningRate: 0.1, weightDecay: 0.5), for: model)
    updater.update(model.gradients([1, 1, 1, 1, 1]))
    #expect(Array(model.numbers[3...]) == [1, 1])
    #expect(model.numbers[0] < 1)
  }

  /// The first step of a parameter that is unfrozen late is as large as that of any other.
  @Test func stepsAreCountedByParameter() {
    let model = Pair([0, 0, 0, 0, 0])
    model.bias.isFrozen = true
    var updater = Updater(Adam(learningRate: 0.1), for: model)
    for _ in 0..<10 { updater.update(model.gradients([1, 1, 1, 1, 1])) }
    model.bias.isFrozen = false
    updater.update(model.gradients([1, 1, 1, 1, 1]))
    #expect(abs(model.numbers[3] + 0.1) < 1e-8)
  }

  @Test func clipsByFactorAndBound() {
    let model = Pair([0, 0, 0, 0, 0])
    var updater = Updater(SGD(learningRate: 1), for: model)
    updater.update(model.gradients([4, -8, 1, 2, 0]), gradientFactor: 0.5, gradientBound: 2)
    #expect(model.numbers == [-2, 2, -0.5, -1, 0])
    #expect(abs(model.gradients([1, 2, 4, 2, 0]).norm - 5) < 1e-15)
  }
}

/// A weight of three numbers and a bias of two.
struct Pair: Module {
  let weight: Parameter
  let bias: Parameter
  var members: Members { ["weight": weight, "bias": bias] }

  init(_ numbers: [Double], dtype: DType = .float64) {
    weight = Parameter(NDArray(Array(numbers[..<3])).cast(to: dtype))
    bias = Parameter(NDArray(Array(numbers[3...])).cast(to: dtype), role: .bias)
  }

  var numbers: [Double] {
    [weight, bias].flatMap { $0.value.cast(to: .float64).elements(as: Double.self) }
  }

  func gradients(_ numbers: [Double]) -> Gradients {
    var gradients = Gradients()
    gradients[weight] = NDArray(Array(numbers[..<3])).cast(to: weight.value.dtype)
    gradients[bias] = NDArray(Array(numbers[3...])).cast(to: weight.value.dtype)
    return gradients
  }
}

import HebbArrays

/// Widrow and Hoff's adaptive linear neuron: the error before the threshold is made small.
///
///     y = w·x + b        w ← w + η (t − y) x,  b ← b + η (t − y)
///
/// With a small rate it comes to the least squares solution.
///
/// - Source: Widrow and Hoff 1960, "Adaptive switching circuits".
public struct Adaline: RuleModel {
  public static let kind = "adaline"

  /// `[outputs, features]`
  public private(set) var weights: NDArray
  /// `[outputs]`
  public private(set) var bias: NDArray

  /// Weights and biases of 0.
  public init(features: Int, outputs: Int = 1) {
    require(features > 0 && outputs > 0, "\(outputs) outputs of \(features) features")
    (weights, bias) = (.zeros([outputs, features]), .zeros([outputs]))
  }

  /// Shows all samples `epochs` times.
  ///
  /// - Parameter targets: `[samples, outputs]`, such as ±1 for classes.
  /// - Returns: the mean squared error of every epoch.
  @discardableResult
  public mutating func fit(
    _ x: NDArray, targets: NDArray, epochs: Int, learningRate: Double, shuffles: Bool = false,
    using random: inout Philox, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) -> [Double] {
    let (outputs, width) = (weights.shape[0], weights.shape[1])
    let x = try RuleSamples.checked(x, "the Adaline", features: width)
    let targets = try RuleSamples.checked(targets, "the Adaline's targets", features: outputs)
    let rows = x.shape[0]
    guard targets.shape[0] == rows else {
      throw .labels("the Adaline", problem: "\(targets.shape[0]) targets for \(rows) samples; give one each")
    }
    require(epochs > 0 && learningRate > 0, "\(epochs) epochs at a rate of \(learningRate)")
    let (before, rate) = (self, Float(learningRate))
    var errors: [Double] = []
    let terms: KeyValuePairs<String, Any> = [
      "targets": targets.fingerprint, "epochs": epochs, "rate": learningRate, "shuffles": shuffles,
    ]
    try checkpoint?.begin(Self.kind, .samples(x, [], terms)) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.weights.shape == weights.shape else { throw state.failure("it is of another Adaline") }
      errors = try state.array("errors", [try state.done(of: epochs)], .float64).elements()
      (self, random) = (network, try state.random())
    }
    for epoch in errors.count..<epochs {
      let order: [Int32] =
        shuffles ? NDArray.permutation(rows, using: &random).elements() : (0..<rows).map { Int32($0) }
      var total = 0.0
      x.read { (x: UnsafeBufferPointer<Float>) in
        targets.read { (t: UnsafeBufferPointer<Float>) in
          weights.mutate { (w: UnsafeMutableBufferPointer<Float>) in
            bias.mutate { (b: UnsafeMutableBufferPointer<Float>) in
              for row in order.map(Int.init) {
                for o in 0..<outputs {
                  var sum = b[o]
                  for i in 0..<width { sum += w[o * width + i] * x[row * width + i] }
                  let error = t[row * outputs + o] - sum
                  total += Double(error) * Double(error)
                  for i in 0..<width { w[o * width + i] += rate * error * x[row * width + i] }
                  b[o] += rate * error
                }
              }
            }
          }
        }
      }
      errors.append(total / Double(rows * outputs))
      guard weights.allFinite, bias.allFinite else {
        self = before
        throw .diverged("the Adaline", advice: "lower the rate, or scale the features")
      }
      progress?(RuleProgress(step: epoch + 1, steps: epochs, value: errors.last))
      try checkpoint?.pass(epoch + 1, of: epochs) {
        var state = RuleState(training: self, done: epoch + 1, random)
        state.arrays.append(("errors", NDArray(errors)))
        return state
      }
    }
    return errors
  }

  /// The outputs y: `[samples, outputs]`.
  public func outputs(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "the Adaline", features: weights.shape[1]).matmul(weights, transposingRight: true) + bias
  }

  /// The class of each sample: the side of one output, or the largest of several.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] { LinearScores.classes(try outputs(x)) }
}

extension Adaline {
  public var state: RuleState { RuleState(Self.kind, arrays: [("weights", weights), ("bias", bias)]) }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let weights = try state.array("weights", [-1, -1])
    guard weights.count > 0 else { throw state.failure("there are no weights") }
    self.init(features: weights.shape[1], outputs: weights.shape[0])
    self.weights = weights
    bias = try state.array("bias", [weights.shape[0]])
  }
}

import HebbArrays

/// Rosenblatt's perceptron: a line that is corrected wherever it errs.
///
///     y = sign(w·x + b), one line for each class against the others where there are more than two
///     w ← w + η t x,  b ← b + η t        where t (w·x + b) ≤ 0, t being ±1
///
/// It finds a separating line where there is one; else it never rests.
///
/// - Source: Rosenblatt 1958, doi:10.1037/h0042519.
public struct Perceptron: RuleModel {
  public static let kind = "perceptron"

  /// `[lines, features]`: one line for two classes, else one a class.
  public private(set) var weights: NDArray
  /// `[lines]`
  public private(set) var bias: NDArray
  /// How many classes it tells apart.
  public let classes: Int

  /// Weights and biases of 0 for 2 classes or more.
  public init(features: Int, classes: Int = 2) {
    require(features > 0 && classes > 1, "\(classes) classes of \(features) features")
    let lines = classes == 2 ? 1 : classes
    (weights, bias, self.classes) = (.zeros([lines, features]), .zeros([lines]), classes)
  }

  /// Shows all samples up to `epochs` times, and stops after an epoch without a correction.
  ///
  /// - Returns: how many corrections each epoch made, all lines together.
  @discardableResult
  public mutating func fit(
    _ x: NDArray, labels: [Int], epochs: Int = 100, learningRate: Double = 1, shuffles: Bool = false,
    using random: inout Philox, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) -> [Int] {
    let width = weights.shape[1]
    let x = try RuleSamples.checked(x, "the perceptron", features: width)
    try RuleSamples.checked(labels, count: x.shape[0], classes: classes, "the perceptron")
    require(epochs > 0 && learningRate > 0, "\(epochs) epochs at a rate of \(learningRate)")
    let (lines, rate) = (bias.count, Float(learningRate))
    var corrections: [Int] = []
    let terms: KeyValuePairs<String, Any> = ["epochs": epochs, "rate": learningRate, "shuffles": shuffles]
    try checkpoint?.begin(Self.kind, .samples(x, labels, terms)) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.weights.shape == weights.shape else { throw state.failure("it is of another perceptron") }
      let done = try state.done(of: epochs)
      corrections = try state.array("corrections", [done], .int32).elements(as: Int32.self).map(Int.init)
      (self, random) = (network, try state.random())
    }
    for epoch in corrections.count..<epochs where corrections.last != 0 {
      let order: [Int32] =
        shuffles ? NDArray.permutation(labels.count, using: &random).elements() : labels.indices.map { Int32($0) }
      var errors = 0
      x.read { (x: UnsafeBufferPointer<Float>) in
        weights.mutate { (w: UnsafeMutableBufferPointer<Float>) in
          bias.mutate { (b: UnsafeMutableBufferPointer<Float>) in
            for row in order.map(Int.init) {
              for line in 0..<lines {
                let target: Float = labels[row] == (lines == 1 ? 1 : line) ? 1 : -1
                var sum = b[line]
                for i in 0..<width { sum += w[line * width + i] * x[row * width + i] }
                guard target * sum <= 0 else { continue }
                errors += 1
                for i in 0..<width { w[line * width + i] += rate * target * x[row * width + i] }
                b[line] += rate * target
              }
            }
          }
        }
      }
      corrections.append(errors)
      progress?(RuleProgress(step: epoch + 1, steps: epochs, value: Double(errors)))
      try checkpoint?.pass(epoch + 1, of: errors == 0 ? epoch + 1 : epochs) {
        var state = RuleState(training: self, done: epoch + 1, random)
        state.arrays.append(("corrections", NDArray(corrections.map { Int32($0) })))
        return state
      }
    }
    return corrections
  }

  /// w·x + b of every line: `[samples, lines]`.
  public func scores(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "the perceptron", features: weights.shape[1]).matmul(weights, transposingRight: true)
      + bias
  }

  /// The class of each sample.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] { LinearScores.classes(try scores(x)) }
}

/// Classes from the scores of lines.
enum LinearScores {
  /// The largest of several lines, or the side of one.
  static func classes(_ scores: NDArray) -> [Int] {
    if scores.shape[1] > 1 { return scores.argMax(axis: 1).elements(as: Int32.self).map(Int.init) }
    return scores.elements(as: Float.self).map { $0 > 0 ? 1 : 0 }
  }

  /// ±1 for two classes, one column a class otherwise.
  static func targets(_ labels: [Int], classes: Int) -> NDArray {
    let lines = classes == 2 ? 1 : classes
    return NDArray(shape: [labels.count, lines]) { (t: UnsafeMutableBufferPointer<Float>) in
      for i in t.indices { t[i] = labels[i / lines] == (lines == 1 ? 1 : i % lines) ? 1 : -1 }
    }
  }
}

extension Perceptron {
  public var state: RuleState {
    RuleState(Self.kind, arrays: [("weights", weights), ("bias", bias)], settings: [("classes", .integer(classes))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let weights = try state.array("weights", [-1, -1])
    let classes = try state.integer("classes", in: 2...1_000_000)
    guard weights.count > 0, weights.shape[0] == (classes == 2 ? 1 : classes) else {
      throw state.failure("weights of \(weights.shape) for \(classes) classes")
    }
    self.init(features: weights.shape[1], classes: classes)
    self.weights = weights
    bias = try state.array("bias", [weights.shape[0]])
  }
}

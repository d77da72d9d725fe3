import HebbArrays

/// Oja's rule: Hebb's rule with a brake, which finds the principal components one by one (Sanger's form for several).
///
///     y = W (x − mean)        wₖ ← wₖ + η yₖ (x − mean − Σ over j ≤ k of yⱼ wⱼ)
///
/// The rows of W come to the unit eigenvectors of the covariance, the largest first.
///
/// - Source: Oja 1982, doi:10.1007/BF00275687; Sanger 1989, doi:10.1016/0893-6080(89)90044-0.
public struct OjaNetwork: RuleModel {
  public static let kind = "oja"

  /// `[components, features]`
  public private(set) var weights: NDArray
  /// `[features]`, of the samples that it learned from.
  public private(set) var mean: NDArray

  /// Weights of length 1 in random directions, at most as many as features.
  public init(features: Int, components: Int = 1, using random: inout Philox) {
    require(components > 0 && components <= features, "\(components) components of \(features) features")
    let w = NDArray.normal([components, features], using: &random)
    weights = w / NDArray.maximum(w.squared().sum(axis: 1, keepingAxis: true).squareRoot(), 1e-12)
    mean = .zeros([features])
  }

  /// Shows all samples `epochs` times in random order; the rate falls on a line to a hundredth.
  public mutating func fit(
    _ x: NDArray, epochs: Int, learningRate: Double = 0.01, using random: inout Philox,
    checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let (count, width) = (weights.shape[0], weights.shape[1])
    let x = try RuleSamples.checked(x, "Oja's rule", features: width)
    require(epochs > 0 && learningRate > 0, "\(epochs) epochs at a rate of \(learningRate)")
    let before = self
    mean = x.mean(axis: 0)
    let centered = x - mean
    let rows = x.shape[0]
    var start = 0
    try checkpoint?.begin(
      Self.kind, .samples(x, [], ["epochs": epochs, "rate": learningRate])
    ) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.weights.shape == weights.shape else { throw state.failure("it is of another network") }
      (self, random, start) = (network, try state.random(), try state.done(of: epochs))
    }
    for epoch in start..<epochs {
      let order: [Int32] = NDArray.permutation(rows, using: &random).elements()
      let rate = Float(learningRate * (1 - 0.99 * Double(epoch) / Double(epochs)))
      centered.read { (x: UnsafeBufferPointer<Float>) in
        weights.mutate { (w: UnsafeMutableBufferPointer<Float>) in
          var rest = [Float](repeating: 0, count: width)
          for row in order.map(Int.init) {
            for i in 0..<width { rest[i] = x[row * width + i] }
            for k in 0..<count {
              var y: Float = 0
              for i in 0..<width { y += w[k * width + i] * x[row * width + i] }
              for i in 0..<width {
                rest[i] -= y * w[k * width + i]
                w[k * width + i] += rate * y * rest[i]
              }
            }
          }
        }
      }
      guard weights.allFinite else {
        self = before
        throw .diverged("Oja's rule", advice: "lower the rate, or scale the features")
      }
      progress?(RuleProgress(step: epoch + 1, steps: epochs))
      try checkpoint?.pass(epoch + 1, of: epochs) { RuleState(training: self, done: epoch + 1, random) }
    }
  }

  /// W (x − mean): `[samples, components]`.
  public func project(_ x: NDArray) throws(RuleError) -> NDArray {
    (try RuleSamples.checked(x, "Oja's rule", features: weights.shape[1]) - mean).matmul(
      weights, transposingRight: true)
  }
}

extension OjaNetwork {
  public var state: RuleState { RuleState(Self.kind, arrays: [("weights", weights), ("mean", mean)]) }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    weights = try state.array("weights", [-1, -1])
    mean = try state.array("mean", [weights.shape[1]])
    guard weights.count > 0 else { throw state.failure("there are no weights") }
  }
}

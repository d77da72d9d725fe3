import HebbArrays

/// Hebb's rule: what fires together wires together.
///
///     W ← W + η Σ y xᵀ        y = W x
///
/// With orthogonal inputs of length 1 and η = 1 every stored answer comes back exactly.
///
/// - Source: Hebb 1949, "The organization of behavior"; as a matrix memory: Kohonen 1972, doi:10.1109/TC.1972.5008975.
public struct HebbianAssociator: RuleModel {
  public static let kind = "hebb"

  /// `[outputs, inputs]`
  public private(set) var weights: NDArray

  /// Weights of 0.
  public init(inputs: Int, outputs: Int) {
    require(inputs > 0 && outputs > 0, "\(outputs) outputs of \(inputs) inputs")
    weights = .zeros([outputs, inputs])
  }

  /// Adds pairs of inputs `[pairs, inputs]` and outputs `[pairs, outputs]`.
  public mutating func fit(_ x: NDArray, outputs y: NDArray, learningRate: Double = 1) throws(RuleError) {
    let x = try RuleSamples.checked(x, "Hebb's rule", features: weights.shape[1])
    let y = try RuleSamples.checked(y, "Hebb's rule", features: weights.shape[0])
    guard x.shape[0] == y.shape[0] else {
      throw .labels("Hebb's rule", problem: "\(y.shape[0]) outputs for \(x.shape[0]) inputs; give one each")
    }
    let new = weights.addingProduct(y.matmul(x, transposingLeft: true), learningRate)
    guard new.allFinite else { throw .diverged("Hebb's rule", advice: "the rule only adds: lower the rate") }
    weights = new
  }

  /// W x: `[samples, outputs]`.
  public func recall(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "Hebb's rule", features: weights.shape[1]).matmul(weights, transposingRight: true)
  }
}

extension HebbianAssociator {
  public var state: RuleState { RuleState(Self.kind, arrays: [("weights", weights)]) }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let weights = try state.array("weights", [-1, -1])
    guard weights.count > 0 else { throw state.failure("there are no weights") }
    self.init(inputs: weights.shape[1], outputs: weights.shape[0])
    self.weights = weights
  }
}

import HebbArrays

/// A network whose hidden layer is random and stays so; only the linear layer is solved for.
///
///     h = tanh(x V + c)        y = h W
///
/// - Source: Huang, Zhu and Siew 2006, doi:10.1016/j.neucom.2005.12.126.
public struct ExtremeLearningMachine: RuleModel {
  public static let kind = "elm"

  /// `[features, hidden]`, V.
  public let hiddenWeights: NDArray
  /// `[hidden]`, c.
  public let hiddenBias: NDArray
  /// `[hidden, outputs]`, W; zeros until it learns.
  public private(set) var weights: NDArray

  /// - Parameter scale: V is drawn from N(0, scale² / features), c from N(0, scale²).
  public init(features: Int, hidden: Int, outputs: Int, scale: Double = 1, using random: inout Philox) {
    require(features > 0 && hidden > 0 && outputs > 0 && scale > 0, "\(features), \(hidden), \(outputs) by \(scale)")
    hiddenWeights = .normal(
      [features, hidden], standardDeviation: scale / Double(features).squareRoot(), using: &random)
    hiddenBias = .normal([hidden], standardDeviation: scale, using: &random)
    weights = .zeros([hidden, outputs])
  }

  /// h: `[samples, hidden]`.
  public func features(of x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "the extreme learning machine", features: hiddenWeights.shape[0])
      .matmul(hiddenWeights, epilogue: Epilogue(bias: hiddenBias)).tanh()
  }

  /// Solves for the linear layer, with a penalty λ ‖W‖².
  public mutating func fit(_ x: NDArray, targets: NDArray, penalty: Double = 1e-3) throws(RuleError) {
    let h = try features(of: x)
    let y = try RuleSamples.checked(targets, "the targets", features: weights.shape[1])
    guard h.shape[0] == y.shape[0] else {
      throw .labels("the extreme learning machine", problem: "\(y.shape[0]) targets for \(h.shape[0]) samples")
    }
    require(penalty >= 0, "a penalty of \(penalty)")
    weights = RidgeRegression.solve(h, y, penalty: penalty)
  }

  /// Solves for classes, ±1 each.
  public mutating func fit(_ x: NDArray, labels: [Int], penalty: Double = 1e-3) throws(RuleError) {
    let outputs = weights.shape[1]
    try RuleSamples.checked(
      labels, count: x.rank > 0 ? x.shape[0] : 0, classes: max(outputs, 2), "the extreme learning machine")
    try fit(x, targets: LinearScores.targets(labels, classes: outputs == 1 ? 2 : outputs), penalty: penalty)
  }

  /// y: `[samples, outputs]`.
  public func outputs(_ x: NDArray) throws(RuleError) -> NDArray { try features(of: x).matmul(weights) }

  /// The class of each sample: the side of one output, or the largest of several.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] { LinearScores.classes(try outputs(x)) }
}

extension ExtremeLearningMachine {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("hiddenWeights", hiddenWeights), ("hiddenBias", hiddenBias), ("weights", weights)])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    hiddenWeights = try state.array("hiddenWeights", [-1, -1])
    hiddenBias = try state.array("hiddenBias", [hiddenWeights.shape[1]])
    weights = try state.array("weights", [hiddenWeights.shape[1], -1])
    guard hiddenWeights.count > 0, weights.count > 0 else { throw state.failure("there are no weights") }
  }
}

import HebbArrays

/// A network of radial basis functions: bells around centres, and a linear layer that is solved for at once.
///
///     φⱼ(x) = exp(−γ ‖x − cⱼ‖²)        y = φ(x) W + b
///
/// Centres come from clusters of the samples.
///
/// - Source: Broomhead and Lowe 1988; Moody and Darken 1989, doi:10.1162/neco.1989.1.2.281.
public struct RadialBasisNetwork: RuleModel {
  public static let kind = "rbf"

  /// `[units, features]`
  public private(set) var centers: NDArray
  /// γ
  public private(set) var gamma: Double
  /// `[units + 1, outputs]`, the bias last; zeros until it learns.
  public private(set) var weights: NDArray

  /// A network with given centres.
  ///
  /// - Parameter gamma: how narrow the bells are; 1/(2 d²) with d the mean distance of each centre to its nearest unless
  ///   given.
  public init(centers: NDArray, outputs: Int, gamma: Double? = nil) {
    require(centers.rank == 2 && centers.count > 0 && outputs > 0, "centres of \(centers.shape), \(outputs) outputs")
    self.centers = centers
    self.gamma = gamma ?? RadialBasisNetwork.gamma(centers)
    require(self.gamma > 0 && self.gamma.isFinite, "γ is \(self.gamma)")
    weights = .zeros([centers.shape[0] + 1, outputs])
  }

  /// A network whose centres are those of clusters of samples; no more than there are samples.
  public init(
    _ x: NDArray, units: Int, outputs: Int, gamma: Double? = nil, using random: inout Philox
  ) throws(RuleError) {
    require(units > 0, "\(units) units")
    let x = try RuleSamples.checked(x, "the radial basis network")
    self.init(centers: Clusters.centers(of: x, count: units, using: &random), outputs: outputs, gamma: gamma)
  }

  private static func gamma(_ centers: NDArray) -> Double {
    let count = centers.shape[0]
    let squares: [Float] = Prototypes.squaredDistances(centers, centers).elements()
    var sum = 0.0
    for i in 0..<count {
      var least = Float.infinity
      for j in 0..<count where j != i { least = min(least, squares[i * count + j]) }
      if least.isFinite { sum += Double(least).squareRoot() }
    }
    let mean = sum / Double(count)
    return mean > 0 ? 1 / (2 * mean * mean) : 1
  }

  /// φ(x) with a column of ones: `[samples, units + 1]`.
  func activations(_ x: NDArray) -> NDArray {
    let bells = (Prototypes.squaredDistances(x, centers) * -gamma).exp()
    return NDArray.concatenated([bells, .ones([x.shape[0], 1])], axis: 1)
  }

  /// Solves for the linear layer.
  ///
  /// - Parameters:
  ///   - targets: `[samples, outputs]`
  ///   - penalty: λ of λ ‖W‖².
  public mutating func fit(_ x: NDArray, targets: NDArray, penalty: Double = 1e-6) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the radial basis network", features: centers.shape[1])
    let y = try RuleSamples.checked(targets, "the targets", features: weights.shape[1])
    guard x.shape[0] == y.shape[0] else {
      throw .labels("the radial basis network", problem: "\(y.shape[0]) targets for \(x.shape[0]) samples")
    }
    require(penalty >= 0, "a penalty of \(penalty)")
    weights = RidgeRegression.solve(activations(x), y, penalty: penalty)
  }

  /// Solves for classes, ±1 each.
  public mutating func fit(_ x: NDArray, labels: [Int], penalty: Double = 1e-6) throws(RuleError) {
    let outputs = weights.shape[1]
    try RuleSamples.checked(
      labels, count: x.rank > 0 ? x.shape[0] : 0, classes: max(outputs, 2), "the radial basis network")
    try fit(x, targets: LinearScores.targets(labels, classes: outputs == 1 ? 2 : outputs), penalty: penalty)
  }

  /// y: `[samples, outputs]`.
  public func outputs(_ x: NDArray) throws(RuleError) -> NDArray {
    activations(try RuleSamples.checked(x, "the radial basis network", features: centers.shape[1])).matmul(weights)
  }

  /// The class of each sample: the side of one output, or the largest of several.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] { LinearScores.classes(try outputs(x)) }
}

extension RadialBasisNetwork {
  public var state: RuleState {
    RuleState(Self.kind, arrays: [("centers", centers), ("weights", weights)], settings: [("gamma", .number(gamma))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    centers = try state.array("centers", [-1, -1])
    weights = try state.array("weights", [centers.shape[0] + 1, -1])
    gamma = try state.number("gamma")
    guard centers.count > 0, weights.shape[1] > 0, gamma > 0 else { throw state.failure("the network is damaged") }
  }
}

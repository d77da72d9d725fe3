import HebbArrays

/// Generalised learning vector quantisation: prototypes, and what counts as near, follow the gradient of one cost.
///
///     d(x, w) = ‖Ω (x − w)‖²
///     μ = (d⁺ − d⁻) / (d⁺ + d⁻)         d⁺, d⁻: the nearest prototype of the sample's class, and of any other
///     cost = mean of σ(slope · μ)
///
/// Ω is the identity (GLVQ), a diagonal of relevances (GRLVQ), or a matrix (GMLVQ), always with Σ Ω² = 1 where it is
/// learned. Features should be scaled to like variances first.
///
/// - Source: Sato and Yamada 1995 (GLVQ); Hammer and Villmann 2002, doi:10.1016/S0893-6080(02)00079-5 (GRLVQ);
///   Schneider, Biehl and Hammer 2009, doi:10.1162/neco.2009.11-08-908 (GMLVQ).
public struct GeneralizedLVQ: RuleModel {
  public static let kind = "glvq"

  /// How distances are measured.
  public enum Metric: Sendable, Hashable {
    /// GLVQ.
    case euclidean
    /// GRLVQ: a relevance for each feature.
    case relevance
    /// GMLVQ: Ω has `components` rows; as many as features unless given.
    case matrix(components: Int? = nil)
  }

  /// The name of a metric, in files.
  public enum MetricName: String { case euclidean, relevance, matrix }

  /// The prototypes, moved by what was learned.
  public internal(set) var prototypes: Prototypes
  /// Ω: `[components, features]` for a matrix, `[features]` for relevances; nil for Euclid's distance.
  public internal(set) var omega: NDArray?
  /// How steep the cost is.
  public let slope: Double

  /// Prototypes of two classes or more; the slope is above 0.
  public init(_ prototypes: Prototypes, metric: Metric = .matrix(), slope: Double = 2) {
    require(slope > 0 && slope.isFinite, "a slope of \(slope)")
    require(Set(prototypes.labels).count > 1, "generalised LVQ needs prototypes of two classes or more")
    (self.prototypes, self.slope) = (prototypes, slope)
    let width = prototypes.features
    switch metric {
    case .euclidean: omega = nil
    case .relevance: omega = NDArray.full([width], 1 / Double(width).squareRoot())
    case .matrix(let components):
      let rows = components ?? width
      require(rows > 0 && rows <= width, "\(rows) components of \(width) features")
      omega = NDArray(shape: [rows, width]) { (o: UnsafeMutableBufferPointer<Float>) in
        for i in o.indices { o[i] = i / width == i % width ? 1 / Float(rows).squareRoot() : 0 }
      }
    }
  }

  /// A network with a given Ω.
  package init(_ prototypes: Prototypes, omega: NDArray?, slope: Double) {
    (self.prototypes, self.omega, self.slope) = (prototypes, omega, slope)
  }

  /// Λ = Ωᵀ Ω: how features, and pairs of them, count. `[features, features]`, or its diagonal.
  public var relevances: NDArray? {
    omega.map { $0.rank == 1 ? $0.squared() : $0.matmul($0, transposingLeft: true) }
  }

  /// Ω x of samples.
  func projected(_ x: NDArray) -> NDArray {
    guard let omega else { return x }
    return omega.rank == 1 ? x * omega : x.matmul(omega, transposingRight: true)
  }

  func distances(_ x: NDArray) -> NDArray {
    Prototypes.squaredDistances(projected(x), projected(prototypes.vectors))
  }

  /// The class of each sample.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] {
    prototypes.classes(of: distances(try RuleSamples.checked(x, "the prototypes", features: prototypes.features)))
  }

  /// The mean cost of samples.
  public func cost(_ x: NDArray, labels: [Int]) throws(RuleError) -> Double {
    let x = try prototypes.checked(x, labels)
    return pull(distances(x), labels).cost
  }
}

extension GeneralizedLVQ {
  public var state: RuleState {
    let name: MetricName = omega.map { $0.rank == 1 ? .relevance : .matrix } ?? .euclidean
    return RuleState(
      Self.kind, arrays: prototypes.arrays + (omega.map { [("omega", $0)] } ?? []),
      settings: [("slope", .number(slope)), ("metric", .string(name.rawValue))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let prototypes = try Prototypes(state)
    let slope = try state.number("slope")
    guard slope > 0, Set(prototypes.labels).count > 1 else { throw state.failure("slope or labels are damaged") }
    let omega: NDArray?
    switch try state.word("metric", as: MetricName.self) {
    case .euclidean: omega = nil
    case .relevance: omega = try state.array("omega", [prototypes.features])
    case .matrix: omega = try state.array("omega", [-1, prototypes.features])
    }
    self.init(prototypes, omega: omega, slope: slope)
  }
}

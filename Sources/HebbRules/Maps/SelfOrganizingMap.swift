import HebbArrays
import HebbData

/// Kohonen's self-organising map: units on a grid take after the samples, neighbours after each other.
///
///     c = argmin over units of the distance from x to w          the winner
///     w ← w + α(t) h(c, unit, σ(t)) (x − w)                      every unit learns, the winner's surroundings most
///
/// The rules, the decays and the defaults are those of MiniSom, so that equal weights and samples give equal maps; unit
/// (i, j) is MiniSom's.
///
///     var random = Philox(seed: 1)
///     var map = SelfOrganizingMap(MapGrid(8, 8), features: 4, sigma: 2, using: &random)
///     try map.initialize(from: iris.features, using: &random)
///     try map.fit(iris.features, updates: 5_000, order: .random, using: &random)
///     print(try map.quantizationError(of: iris.features))
///
/// - Source: Kohonen 1982, doi:10.1007/BF00337288; Kohonen 2013, doi:10.1016/j.neunet.2012.09.018; Vettigli, MiniSom,
///   https://github.com/JustGlowing/minisom.
public struct SelfOrganizingMap: RuleModel {
  public static let kind = "som"

  /// How the units lie beside each other.
  public let grid: MapGrid
  /// What the winner is nearest by.
  public let distance: MapDistance
  /// How strongly the units around a winner learn with it.
  public let neighborhood: MapNeighborhood
  /// The first radius of the neighbourhood, in cells.
  public let sigma: Double
  /// The first α, above 0 and at most 1.
  public let learningRate: Double
  /// How the radius shrinks.
  public let sigmaDecay: MapDecay
  /// How α shrinks.
  public let rateDecay: MapDecay
  /// `[rows, columns, features]`
  public internal(set) var weights: NDArray

  /// A map whose weights point to random sides, each of length 1.
  public init(
    _ grid: MapGrid, features: Int, sigma: Double = 1, learningRate: Double = 0.5,
    neighborhood: MapNeighborhood = .gaussian, distance: MapDistance = .euclidean, sigmaDecay: MapDecay = .asymptotic,
    rateDecay: MapDecay = .asymptotic, using random: inout Philox
  ) {
    require(features > 0, "a map of samples with \(features) features")
    let points = NDArray.uniform([grid.count, features], in: -1...1, using: &random)
    let norms = NDArray.maximum(points.squared().sum(axis: 1, keepingAxis: true).squareRoot(), 1e-12)
    self.init(
      grid, weights: (points / norms).reshaped([grid.rows, grid.columns, features]), sigma: sigma,
      learningRate: learningRate, neighborhood: neighborhood, distance: distance, sigmaDecay: sigmaDecay,
      rateDecay: rateDecay)
  }

  /// A map with given weights, `[rows, columns, features]`.
  public init(
    _ grid: MapGrid, weights: NDArray, sigma: Double = 1, learningRate: Double = 0.5,
    neighborhood: MapNeighborhood = .gaussian, distance: MapDistance = .euclidean, sigmaDecay: MapDecay = .asymptotic,
    rateDecay: MapDecay = .asymptotic
  ) {
    require(
      weights.rank == 3 && weights.shape[0] == grid.rows && weights.shape[1] == grid.columns && weights.shape[2] > 0
        && weights.dtype == .float32,
      "weights \(weights.shape) of \(weights.dtype) for a map of \(grid.rows) × \(grid.columns) units")
    require(sigma > 0 && sigma.isFinite, "a radius of \(sigma)")
    require(learningRate > 0 && learningRate <= 1, "a learning rate of \(learningRate); it must be in 0…1")
    (self.grid, self.weights, self.sigma, self.learningRate) = (grid, weights, sigma, learningRate)
    (self.neighborhood, self.distance) = (neighborhood, distance)
    (self.sigmaDecay, self.rateDecay) = (sigmaDecay, rateDecay)
  }

  /// How many features a sample has.
  public var features: Int { weights.shape[2] }

  /// The units one behind the other, `[units, features]`.
  var units: NDArray { weights.reshaped([grid.count, features]) }

  func checked(_ x: NDArray) throws(RuleError) -> NDArray {
    try RuleSamples.checked(x, "the map", features: features)
  }
}

extension SelfOrganizingMap {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("weights", weights)],
      settings: [
        ("cells", .string(grid.cells.rawValue)), ("toroidal", .integer(grid.isToroidal ? 1 : 0)),
        ("distance", .string(distance.rawValue)), ("neighborhood", .string(neighborhood.rawValue)),
        ("sigma", .number(sigma)), ("learningRate", .number(learningRate)),
        ("sigmaDecay", .string(sigmaDecay.rawValue)), ("rateDecay", .string(rateDecay.rawValue)),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let weights = try state.array("weights", [-1, -1, -1])
    let toroidal = try state.integer("toroidal", in: 0...1) == 1
    let cells: MapGrid.Cells = try state.word("cells")
    let (sigma, rate) = (try state.number("sigma"), try state.number("learningRate"))
    guard weights.count > 0, !(toroidal && cells == .hexagonal && weights.shape[1] % 2 == 1) else {
      throw state.failure("the weights of shape \(weights.shape) are no such map")
    }
    guard sigma > 0, rate > 0, rate <= 1 else { throw state.failure("sigma or learningRate is out of range") }
    let sigmaDecay: MapDecay = try state.word("sigmaDecay")
    let rateDecay: MapDecay = try state.word("rateDecay")
    let neighborhood: MapNeighborhood = try state.word("neighborhood")
    self.init(
      MapGrid(weights.shape[0], weights.shape[1], cells: cells, toroidal: toroidal), weights: weights, sigma: sigma,
      learningRate: rate, neighborhood: neighborhood, distance: try state.word("distance"), sigmaDecay: sigmaDecay,
      rateDecay: rateDecay)
  }
}

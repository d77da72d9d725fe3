import CHebbKernels
import HebbArrays

/// Growing neural gas: a graph whose units and edges follow the samples' shape, and grow in number while it learns.
///
///     the nearest unit s₁ moves by ε₁ (x − w), its neighbours by εₙ (x − w)
///     s₁ and s₂, the second nearest, are joined; edges of s₁ age, and old ones go
///     error(s₁) grows by ‖x − w‖²; every λ steps a unit is put between the two of the greatest error
///
/// - Source: Fritzke 1995, "A growing neural gas network learns topologies".
public struct GrowingNeuralGas: RuleModel {
  public static let kind = "gng"

  /// How it grows.
  public struct Growth: Sendable, Hashable {
    /// The most units that there may be.
    public var units = 100
    /// λ: steps between two insertions.
    public var interval = 100
    /// ε₁
    public var winnerRate = 0.05
    /// εₙ
    public var neighborRate = 0.0006
    /// Edges older than this go.
    public var maximumAge = 50
    /// α: what is left of the error of two units when one is put between them.
    public var split = 0.5
    /// d: what is left of every error after a step.
    public var forgetting = 0.995

    /// At most `units`, 2 or more, one put in every `interval` steps.
    public init(units: Int = 100, interval: Int = 100) {
      require(units > 1 && interval > 0, "\(units) units, one every \(interval) steps")
      (self.units, self.interval) = (units, interval)
    }
  }

  /// A connection of two units.
  public struct Edge: Sendable, Hashable {
    /// The number of one unit, the lower.
    public let first: Int
    /// The number of the other, the higher.
    public let second: Int
  }

  /// The numbers by which it grows.
  public let growth: Growth
  /// `[units, features]`
  public private(set) var weights: NDArray
  /// In rising order.
  public private(set) var edges: [Edge]

  /// Two units at the places of samples drawn at random.
  public init(_ x: NDArray, growth: Growth = Growth(), using random: inout Philox) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the neural gas")
    let chosen = (0..<2).map { _ in Int32(random.next(upperBound: UInt64(x.shape[0]))) }
    (self.growth, weights, edges) = (growth, x.gathered(rows: NDArray(chosen)), [])
  }

  /// Shows `steps` samples drawn at random.
  public mutating func fit(
    _ x: NDArray, steps: Int, using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let width = weights.shape[1]
    let x = try RuleSamples.checked(x, "the neural gas", features: width)
    require(steps > 0, "\(steps) steps")
    var graph = GasGraph(weights: weights.elements(), width: width, edges: edges)
    var done = 0
    try checkpoint?.begin(Self.kind, .samples(x, [], ["steps": steps, "growth": growth])) { (state) throws(DataError) in
      let gas: Self = try state.model()
      guard gas.weights.shape[1] == width else { throw state.failure("it is of another gas") }
      graph = GasGraph(weights: gas.weights.elements(), width: width, edges: gas.edges)
      try graph.restore(state)
      (self, random, done) = (gas, try state.random(), try state.done(of: steps))
    }
    while done < steps {
      // A thousand at a time.
      let piece = done + 1...min(done + 1_000 - done % 1_000, steps)
      x.read { (x: UnsafeBufferPointer<Float>) in
        for step in piece {
          let row = Int(random.next(upperBound: UInt64(x.count / width)))
          graph.learn(UnsafeBufferPointer(rebasing: x[row * width..<(row + 1) * width]), growth)
          if step % growth.interval == 0, graph.count < growth.units { graph.grow(growth) }
          graph.forget(growth)
        }
      }
      done = piece.upperBound
      (weights, edges) = (NDArray(graph.weights, shape: [graph.count, width]), graph.edges)
      progress?(RuleProgress(step: done, steps: steps, value: Double(graph.count)))
      try checkpoint?.pass(done, of: steps) {
        var state = RuleState(training: self, done: done, random)
        state.arrays += graph.arrays
        return state
      }
    }
  }

  /// The nearest unit of each sample.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] {
    let x = try RuleSamples.checked(x, "the neural gas", features: weights.shape[1])
    return (-Prototypes.squaredDistances(x, weights)).argMax(axis: 1).elements(as: Int32.self).map(Int.init)
  }

  /// The mean Euclidean distance of the samples to their units.
  public func quantizationError(of x: NDArray) throws(RuleError) -> Double {
    let x = try RuleSamples.checked(x, "the neural gas", features: weights.shape[1])
    let nearest = Prototypes.squaredDistances(x, weights).min(axes: [1]).squareRoot()
    return nearest.mean().scalar
  }
}

extension GrowingNeuralGas {
  public var state: RuleState {
    let ends = edges.flatMap { [Int32($0.first), Int32($0.second)] }
    return RuleState(
      Self.kind, arrays: [("weights", weights), ("edges", NDArray(ends, shape: [edges.count, 2]))],
      settings: [
        ("units", .integer(growth.units)), ("interval", .integer(growth.interval)),
        ("winnerRate", .number(growth.winnerRate)), ("neighborRate", .number(growth.neighborRate)),
        ("maximumAge", .integer(growth.maximumAge)), ("split", .number(growth.split)),
        ("forgetting", .number(growth.forgetting)),
      ])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    weights = try state.array("weights", [-1, -1])
    let ends = try state.array("edges", [-1, 2], .int32).elements(as: Int32.self).map(Int.init)
    let count = weights.shape[0]
    guard count > 1, weights.count > 0, ends.allSatisfy({ (0..<count).contains($0) }) else {
      throw state.failure("an edge has no unit")
    }
    edges = stride(from: 0, to: ends.count, by: 2).map { Edge(first: ends[$0], second: ends[$0 + 1]) }
    var growth = Growth(
      units: try state.integer("units", in: 2...1_000_000), interval: try state.integer("interval"))
    growth.winnerRate = try state.number("winnerRate")
    growth.neighborRate = try state.number("neighborRate")
    growth.maximumAge = try state.integer("maximumAge")
    growth.split = try state.number("split")
    growth.forgetting = try state.number("forgetting")
    self.growth = growth
  }
}

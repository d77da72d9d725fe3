import HebbArrays

/// Kohonen's learning vector quantisation: prototypes are drawn to samples of their class and pushed from others.
///
///     w ← w ± α (x − w)
///
/// - Source: Kohonen 1990, doi:10.1109/5.58325 (LVQ1, 2.1, 3); Kohonen 1992, "New developments of learning vector
///   quantization and the self-organizing map" (OLVQ1).
public struct LearningVectorQuantization: RuleModel {
  public static let kind = "lvq"

  /// Which prototypes a sample moves.
  public enum Rule: Sendable, Hashable {
    /// The nearest prototype moves: to the sample if it is of its class, else away.
    case lvq1
    /// The same with a rate for each prototype, α ← α / (1 ± α), no larger than the first.
    case olvq1
    /// The two nearest move, where one is of the sample's class and the other is not, and the sample lies in the window
    /// between them: min(d₁/d₂, d₂/d₁) > (1 − w) / (1 + w).
    case lvq21(window: Double)
    /// As LVQ2.1, and where both are of the sample's class, both move to it by ε α.
    case lvq3(window: Double, epsilon: Double)
  }

  /// Which prototypes a sample moves.
  public let rule: Rule
  /// The prototypes, moved by what was learned.
  public private(set) var prototypes: Prototypes

  /// Prototypes where they are to begin; windows are above 0 and below 1.
  public init(_ prototypes: Prototypes, rule: Rule = .lvq1) {
    switch rule {
    case .lvq1, .olvq1: break
    case .lvq21(let window): require(window > 0 && window < 1, "a window of \(window)")
    case .lvq3(let window, let epsilon):
      require(window > 0 && window < 1 && epsilon > 0 && epsilon <= 1, "a window of \(window), an ε of \(epsilon)")
    }
    if rule != .lvq1, rule != .olvq1 { require(prototypes.count > 1, "a window needs two prototypes") }
    (self.prototypes, self.rule) = (prototypes, rule)
  }

  /// Shows all samples `epochs` times, in random order; the rate falls on a line to zero (but for OLVQ1's own rates).
  public mutating func fit(
    _ x: NDArray, labels: [Int], epochs: Int, learningRate: Double = 0.05, shuffles: Bool = true,
    using random: inout Philox, checkpoint: RuleCheckpoint? = nil, progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try prototypes.checked(x, labels)
    require(epochs > 0 && learningRate > 0 && learningRate < 1, "\(epochs) epochs at a rate of \(learningRate)")
    let (before, rows, width, classes) = (prototypes, x.shape[0], x.shape[1], prototypes.labels)
    var rates = [Double](repeating: learningRate, count: prototypes.count)
    var factors = [Float](repeating: 0, count: prototypes.count)
    let rule = rule
    let steps = epochs * rows
    var start = 0
    try checkpoint?.begin(
      Self.kind, .samples(x, labels, ["epochs": epochs, "rate": learningRate, "shuffles": shuffles])
    ) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.rule == rule, network.prototypes.isLike(prototypes) else {
        throw state.failure("it is of other prototypes")
      }
      rates = try state.array("rates", [classes.count], .float64).elements()
      (self, random, start) = (network, try state.random(), try state.done(of: epochs))
    }
    for epoch in start..<epochs {
      let order: [Int32] =
        shuffles ? NDArray.permutation(rows, using: &random).elements() : (0..<rows).map { Int32($0) }
      prototypes.vectors.mutate { (w: UnsafeMutableBufferPointer<Float>) in
        x.read { (x: UnsafeBufferPointer<Float>) in
          guard let w = w.baseAddress, let x = x.baseAddress else { return }
          var meter = MapMeter(.euclidean, units: w, count: classes.count, features: width)
          meter.step(from: nil, factors: nil, to: x + Int(order[0]) * width)
          for (t, index) in order.enumerated() {
            let rate = learningRate * (1 - Double(epoch * rows + t) / Double(steps))
            for i in factors.indices { factors[i] = 0 }
            rule.moves(meter.nearestTwo(), classes, labels[Int(index)], rate, &rates, cap: learningRate, &factors)
            let next = t + 1 < rows ? x + Int(order[t + 1]) * width : nil
            factors.withUnsafeBufferPointer {
              meter.step(from: x + Int(index) * width, factors: $0.baseAddress, to: next)
            }
          }
        }
      }
      guard prototypes.vectors.allFinite else {
        prototypes = before
        throw .diverged("the prototypes", advice: "lower the rate, or use LVQ3, whose ε keeps prototypes near")
      }
      progress?(RuleProgress(step: epoch + 1, steps: epochs))
      try checkpoint?.pass(epoch + 1, of: epochs) {
        var state = RuleState(training: self, done: epoch + 1, random)
        state.arrays.append(("rates", NDArray(rates)))
        return state
      }
    }
  }

  /// The class of each sample.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] {
    let x = try RuleSamples.checked(x, "the prototypes", features: prototypes.features)
    return prototypes.classes(of: Prototypes.squaredDistances(x, prototypes.vectors))
  }
}

extension LearningVectorQuantization.Rule {
  /// What moves how far.
  func moves(
    _ nearest: (first: Int, second: Int, distances: (Double, Double)), _ classes: [Int], _ label: Int, _ rate: Double,
    _ rates: inout [Double], cap: Double, _ factors: inout [Float]
  ) {
    let (a, b) = (nearest.first, nearest.second)
    let (isRightA, isRightB) = (classes[a] == label, b >= 0 && classes[b] == label)
    switch self {
    case .lvq1: factors[a] = Float(isRightA ? rate : -rate)
    case .olvq1:
      let own = rates[a]
      factors[a] = Float(isRightA ? own : -own)
      rates[a] = min(cap, isRightA ? own / (1 + own) : own / (1 - own))
    case .lvq21(let window), .lvq3(let window, _):
      // The first is the nearer: the ratio is at most 1. A sample between two equal prototypes lies in any window.
      let (near, far) = nearest.distances
      let isInside = far > 0 ? near / far > (1 - window) / (1 + window) : true
      if isRightA != isRightB, isInside {
        (factors[a], factors[b]) = (Float(isRightA ? rate : -rate), Float(isRightB ? rate : -rate))
      } else if case .lvq3(_, let epsilon) = self, isRightA, isRightB {
        (factors[a], factors[b]) = (Float(epsilon * rate), Float(epsilon * rate))
      }
    }
  }
}

extension LearningVectorQuantization {
  public var state: RuleState {
    var settings: [(name: String, value: JSON)] = []
    switch rule {
    case .lvq1: settings = [("rule", .string("lvq1"))]
    case .olvq1: settings = [("rule", .string("olvq1"))]
    case .lvq21(let window): settings = [("rule", .string("lvq21")), ("window", .number(window))]
    case .lvq3(let window, let epsilon):
      settings = [("rule", .string("lvq3")), ("window", .number(window)), ("epsilon", .number(epsilon))]
    }
    return RuleState(Self.kind, arrays: prototypes.arrays, settings: settings)
  }

  private enum RuleName: String { case lvq1, olvq1, lvq21, lvq3 }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let prototypes = try Prototypes(state)
    let name: RuleName = try state.word("rule")
    let window = name == .lvq21 || name == .lvq3 ? try state.number("window") : 0.2
    let epsilon = name == .lvq3 ? try state.number("epsilon") : 0.2
    guard window > 0, window < 1, epsilon > 0, epsilon <= 1 else { throw state.failure("window or epsilon is damaged") }
    let rule: Rule
    switch name {
    case .lvq1: rule = .lvq1
    case .olvq1: rule = .olvq1
    case .lvq21: rule = .lvq21(window: window)
    case .lvq3: rule = .lvq3(window: window, epsilon: epsilon)
    }
    guard prototypes.count > 1 || name == .lvq1 || name == .olvq1 else {
      throw state.failure("one prototype is too few")
    }
    self.init(prototypes, rule: rule)
  }
}

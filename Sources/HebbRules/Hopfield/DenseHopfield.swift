import HebbArrays

/// Modern Hopfield networks: a memory of far more patterns than units, since its energy is steeper than a parabola.
///
///     softmax:      ξ ← Xᵀ softmax(β (X ξ − ½ ‖x‖²))              any numbers (Ramsauer and others)
///     polynomial:   ξᵢ ← sign Σ over patterns F(x·ξ⁺) − F(x·ξ⁻)    F(z) = max(z, 0)ⁿ, units of ±1 (Krotov and Hopfield)
///
/// with ξ⁺ and ξ⁻ the state whose unit i is 1 or −1. The term ½ ‖x‖² is zero up to a constant for patterns of one length,
/// and keeps bright patterns from winning where lengths differ. A mask tells which units are known; only they are
/// compared, and they stay as they are given.
///
/// - Source: Krotov and Hopfield 2016, arXiv:1606.01164; Ramsauer and others 2020, arXiv:2008.02217.
public struct DenseHopfield: RuleModel {
  public static let kind = "hopfield-dense"

  /// How sharply patterns are told apart: the larger the number, the more of them are kept apart.
  public enum Energy: Sendable, Hashable {
    /// For any numbers, with β above 0.
    case softmax(beta: Double)
    /// For units of ±1, with n from 2 to 30.
    case polynomial(degree: Int)
  }

  /// How many units there are: the length of a pattern.
  public let units: Int
  /// How sharply it tells patterns apart.
  public let energy: Energy
  /// `[patterns, units]`, X; nil before the first.
  public private(set) var patterns: NDArray?

  /// A memory without patterns; β is above 0, a degree is 2 to 30.
  public init(units: Int, energy: Energy) {
    require(units > 0, "a network of \(units) units")
    switch energy {
    case .softmax(let beta): require(beta > 0 && beta.isFinite, "β is \(beta)")
    case .polynomial(let degree): require((2...30).contains(degree), "a degree of \(degree); it must be 2 to 30")
    }
    (self.units, self.energy) = (units, energy)
  }

  private var allowed: RuleSamples.Values { if case .polynomial = energy { .bipolar } else { .finite } }

  /// Stores further patterns, `[patterns, units]`: ±1 for a polynomial energy, any numbers for the softmax.
  public mutating func store(_ x: NDArray) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the Hopfield network", features: units, allowed: allowed)
    patterns = patterns.map { NDArray.concatenated([$0, x], axis: 0) } ?? x
  }

  /// Repairs states `[count, units]`.
  ///
  /// - Parameters:
  ///   - known: `[units]`, 1 where a unit is given and 0 where it is sought; all are given, and may change, unless it is
  ///     there.
  ///   - steps: how often all units are updated at most; it ends when nothing changes.
  ///   - watcher: sees the states before the first and after every step.
  public func recall(
    _ x: NDArray, known: NDArray? = nil, steps: Int = 3, watcher: ((NDArray) -> Void)? = nil
  ) throws(RuleError) -> NDArray {
    let start = try RuleSamples.checked(
      x, "the Hopfield network", features: units, allowed: allowed == .bipolar ? .ternary : allowed)
    guard let patterns else { throw .empty("the Hopfield network") }
    if let known { require(known.shape == [units], "a mask of \(known.shape) for \(units) units") }
    require(steps > 0, "\(steps) steps")
    var s = known.map { start * $0 } ?? start
    watcher?(s)
    for _ in 0..<steps {
      let before = s.fingerprint
      switch energy {
      case .softmax(let beta):
        let masked = known.map { patterns * $0 } ?? patterns
        let lengths = masked.squared().sum(axis: 1) * 0.5
        let scores = (known.map { s * $0 } ?? s).matmul(masked, transposingRight: true) - lengths
        s = (scores * beta).softmax().matmul(patterns)
      case .polynomial(let degree): s = polynomialStep(s, patterns, degree)
      }
      if let known { s = start * known + s * (1 - known) }
      watcher?(s)
      if s.fingerprint == before { break }
    }
    return s
  }

  /// Overlaps count in units of N, so that powers neither overflow nor vanish.
  private func polynomialStep(_ s: NDArray, _ patterns: NDArray, _ degree: Int) -> NDArray {
    let (n, count, stored) = (units, s.shape[0], patterns.shape[0])
    let overlaps: [Float] = s.matmul(patterns, transposingRight: true).elements()
    let scale = 1 / Double(n)
    let power = { (z: Double) -> Double in
      guard z > 0 else { return 0 }
      var y = 1.0
      for _ in 0..<degree { y *= z * scale }
      return y
    }
    return patterns.read { (x: UnsafeBufferPointer<Float>) in
      s.read { (s: UnsafeBufferPointer<Float>) in
        NDArray(shape: [count, n]) { (out: UnsafeMutableBufferPointer<Float>) in
          guard let out = out.baseAddress else { return }
          ThreadPool.shared.run(count) { state in
            var sums = [Double](repeating: 0, count: n)
            for pattern in 0..<stored {
              let overlap = Double(overlaps[state * stored + pattern])
              // x·ξ⁺ − F(x·ξ⁻) takes two values only for each value of x and of the unit itself.
              for own in [-1.0, 0, 1] {
                let (up, down) = (power(overlap - own + 1), power(overlap - own - 1))
                for i in 0..<n where Double(x[pattern * n + i] * s[state * n + i]) == own {
                  sums[i] += Double(x[pattern * n + i]) * (up - down)
                }
              }
            }
            for i in 0..<n { out[state * n + i] = sums[i] >= 0 ? 1 : -1 }
          }
        }
      }
    }
  }
}

extension DenseHopfield {
  public var state: RuleState {
    var settings: [(name: String, value: JSON)] = [("units", .integer(units))]
    switch energy {
    case .softmax(let beta): settings.append(("beta", .number(beta)))
    case .polynomial(let degree): settings.append(("degree", .integer(degree)))
    }
    return RuleState(Self.kind, arrays: patterns.map { [("patterns", $0)] } ?? [], settings: settings)
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let units = try state.integer("units")
    if state.settings.contains(where: { $0.name == "beta" }) {
      let beta = try state.number("beta")
      guard beta > 0 else { throw state.failure("beta is not positive") }
      self.init(units: units, energy: .softmax(beta: beta))
    } else {
      self.init(units: units, energy: .polynomial(degree: try state.integer("degree", in: 2...30)))
    }
    if !state.arrays.isEmpty {
      let patterns = try state.array("patterns", [-1, units])
      guard patterns.shape[0] > 0 else { throw state.failure("there are no patterns") }
      self.patterns = patterns
    }
  }
}

import HebbArrays

/// Hopfield's network: units of ±1, each connected with all others; stored patterns are where its energy is least.
///
///     hᵢ = Σⱼ wᵢⱼ sⱼ − θᵢ        sᵢ ← 1 where hᵢ ≥ 0, else −1
///     E = −½ Σᵢⱼ wᵢⱼ sᵢ sⱼ + Σᵢ θᵢ sᵢ
///
/// Weights are symmetric and no unit is connected with itself, so that asynchronous recall never raises the energy.
///
///     var memory = HopfieldNetwork(units: 1_024)
///     try memory.store(patterns)
///     let repaired = try memory.recall(damaged, mode: .asynchronous, using: &random).states
///
/// - Source: Hopfield 1982, doi:10.1073/pnas.79.8.2554; capacity 0.138 patterns a unit: Amit, Gutfreund and Sompolinsky
///   1985, doi:10.1103/PhysRevLett.55.1530.
public struct HopfieldNetwork: RuleModel {
  public static let kind = "hopfield"

  /// How patterns become weights. N is the number of units, ξ a pattern.
  public enum Rule: String, Sendable, CaseIterable {
    /// W = Σ ξ ξᵀ / N without its diagonal: Hebb's rule.
    case hebbian
    /// W ← W + (ξ ξᵀ − ξ hᵀ − h ξᵀ) / N pattern by pattern, hᵢⱼ = Σ over k ≠ i, j of wᵢₖ ξₖ (Storkey 1997): local,
    /// incremental, holds more.
    case storkey
    /// W = Xᵀ (X Xᵀ)⁻¹ X without its diagonal (Personnaz, Guyon and Dreyfus 1985): the projection on the patterns.
    case pseudoInverse
  }

  /// How many units there are: the length of a pattern.
  public let units: Int
  /// How patterns become weights.
  public let rule: Rule
  /// `[units]`, θ.
  public let thresholds: NDArray
  /// All that were stored, `[patterns, units]` of ±1; nil before the first.
  public private(set) var patterns: NDArray?
  /// W as a matrix, but for Hebb's rule with few patterns, where the patterns are the smaller form of it.
  var matrix: NDArray?

  /// - Parameter thresholds: `[units]`; zeros unless given.
  public init(units: Int, rule: Rule = .hebbian, thresholds: NDArray? = nil) {
    require(units > 0, "a network of \(units) units")
    let thresholds = thresholds ?? .zeros([units])
    require(thresholds.shape == [units], "thresholds of \(thresholds.shape) for \(units) units")
    (self.units, self.rule, self.thresholds) = (units, rule, thresholds)
  }

  /// Stores further patterns, `[patterns, units]` of ±1.
  public mutating func store(_ x: NDArray) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the Hopfield network", features: units, allowed: .bipolar)
    let all = patterns.map { NDArray.concatenated([$0, x], axis: 0) } ?? x
    switch rule {
    case .hebbian: matrix = isFactored(all.shape[0]) ? nil : HopfieldNetwork.hebbian(all)
    case .storkey: matrix = HopfieldNetwork.storkey(x, onto: matrix ?? .zeros([units, units]))
    case .pseudoInverse: matrix = HopfieldNetwork.projection(all)
    }
    patterns = all
  }

  /// `[units, units]`
  public var weights: NDArray {
    if let matrix { return matrix }
    return patterns.map(HopfieldNetwork.hebbian) ?? .zeros([units, units])
  }

  /// With less than a third as many patterns as units, s Xᵀ X costs less than s W.
  private func isFactored(_ count: Int) -> Bool { 3 * count < units }

  /// The fields h of states `[count, units]`.
  ///
  /// All numbers of Hebb's rule are whole numbers over N, so that both ways to compute them are exact while the sums stay
  /// below 2²⁴.
  func fields(_ s: NDArray) -> NDArray {
    if rule == .hebbian, matrix == nil {
      guard let patterns else { return NDArray.zeros(s.shape) - thresholds }
      let overlaps = s.matmul(patterns, transposingRight: true)
      let sums = overlaps.matmul(patterns, epilogue: Epilogue(residual: s * -Double(patterns.shape[0])))
      return sums * (1 / Double(units)) - thresholds
    }
    return s.matmul(weights) - thresholds
  }
}

// MARK: - Rules

extension HopfieldNetwork {
  static func hebbian(_ x: NDArray) -> NDArray {
    withoutDiagonal(x.matmul(x, transposingLeft: true) * (1 / Double(x.shape[1])))
  }

  static func storkey(_ x: NDArray, onto start: NDArray) -> NDArray {
    let n = x.shape[1]
    var w = start
    for index in 0..<x.shape[0] {
      let pattern = x[index..<index + 1]  // [1, n]
      let whole = pattern.matmul(w).elements(as: Float.self)  // Σₖ wᵢₖ ξₖ; the diagonal is zero
      pattern.read { (xi: UnsafeBufferPointer<Float>) in
        w.mutate { (w: UnsafeMutableBufferPointer<Float>) in
          let scale = 1 / Float(n)
          for i in 0..<n {
            for j in 0..<i {
              let weight = w[i * n + j]
              let (hij, hji) = (whole[i] - weight * xi[j], whole[j] - weight * xi[i])
              let new = weight + scale * (xi[i] * xi[j] - xi[i] * hji - hij * xi[j])
              (w[i * n + j], w[j * n + i]) = (new, new)
            }
          }
        }
      }
    }
    return w
  }

  /// By orthonormal directions of the patterns: one that depends on those before it adds none.
  static func projection(_ x: NDArray) -> NDArray {
    let basis = OrthonormalRows(x).rows
    return withoutDiagonal(basis.matmul(basis, transposingLeft: true))
  }

  private static func withoutDiagonal(_ w: NDArray) -> NDArray {
    var w = w
    let n = w.shape[0]
    w.mutate { (w: UnsafeMutableBufferPointer<Float>) in for i in 0..<n { w[i * n + i] = 0 } }
    return w
  }
}

extension HopfieldNetwork {
  public var state: RuleState {
    var arrays = [("thresholds", thresholds)]
    if let patterns { arrays.append(("patterns", patterns)) }
    if let matrix { arrays.append(("weights", matrix)) }
    return RuleState(Self.kind, arrays: arrays, settings: [("rule", .string(rule.rawValue))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let thresholds = try state.array("thresholds", [-1])
    guard thresholds.count > 0 else { throw state.failure("there are no units") }
    self.init(units: thresholds.count, rule: try state.word("rule"), thresholds: thresholds)
    if state.arrays.contains(where: { $0.name == "weights" }) { matrix = try state.array("weights", [units, units]) }
    guard state.arrays.contains(where: { $0.name == "patterns" }) else { return }
    let patterns = try state.array("patterns", [-1, units])
    let isBipolar = patterns.read { (x: UnsafeBufferPointer<Float>) in x.allSatisfy { $0 == 1 || $0 == -1 } }
    guard patterns.shape[0] > 0, isBipolar else { throw state.failure("a pattern is not of −1 and 1") }
    self.patterns = patterns
  }
}

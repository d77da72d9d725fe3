import HebbArrays

/// A general Boltzmann machine: units of 0 and 1, each connected with all others, some of them hidden.
///
///     E(s) = −½ s W s − b·s                     p(s) = exp(−E(s)) / Z
///     p(sᵢ = 1 | others) = σ((Σⱼ wᵢⱼ sⱼ + bᵢ) / T)
///     ΔW ∝ ⟨s sᵀ⟩ with the samples held fast − ⟨s sᵀ⟩ running free
///
/// Equilibrium is reached by annealing: the temperature T falls to 1. For small machines: a sweep costs units² and there
/// are two phases for every update.
///
/// - Source: Ackley, Hinton and Sejnowski 1985, doi:10.1016/S0364-0213(85)80012-4.
public struct BoltzmannMachine: RuleModel {
  public static let kind = "boltzmann"

  /// How many units hold a sample; the others are hidden.
  public let visibleCount: Int
  /// `[units, units]`, symmetric with an empty diagonal; the visible units come first.
  public internal(set) var weights: NDArray
  /// `[units]`
  public internal(set) var bias: NDArray

  /// How many units there are, visible and hidden.
  public var units: Int { bias.count }

  /// A machine with small random weights.
  public init(visible: Int, hidden: Int, using random: inout Philox) {
    require(visible > 0 && hidden >= 0, "\(visible) visible and \(hidden) hidden units")
    let drawn = NDArray.normal([visible + hidden, visible + hidden], standardDeviation: 0.05, using: &random)
    self.init(weights: drawn + drawn.transposed(), bias: .zeros([visible + hidden]), visible: visible)
  }

  /// A machine with given weights; their diagonal is left out.
  public init(weights: NDArray, bias: NDArray, visible: Int) {
    let n = bias.count
    require(
      bias.rank == 1 && weights.shape == [n, n] && visible > 0 && visible <= n,
      "weights \(weights.shape) and bias \(bias.shape) for \(visible) visible units")
    var weights = weights
    weights.mutate { (w: UnsafeMutableBufferPointer<Float>) in for i in 0..<n { w[i * n + i] = 0 } }
    (self.weights, self.bias, visibleCount) = (weights, bias, visible)
  }

  /// Temperatures of a run: from the first to 1 in equal ratios, one sweep each, then as many at 1.
  public struct Annealing: Sendable {
    /// The temperature to fall from, 1 or more; the first sweep lies one ratio below it.
    public var start: Double
    /// Sweeps of falling temperature; as many follow at 1.
    public var sweeps: Int

    /// From a temperature of 1 or more, in one sweep or more.
    public init(start: Double = 4, sweeps: Int = 10) {
      require(start >= 1 && sweeps > 0, "\(sweeps) sweeps from a temperature of \(start)")
      (self.start, self.sweeps) = (start, sweeps)
    }

    var temperatures: [Double] {
      let cooling = (0..<sweeps).map { Mathematics.pow(start, 1 - Double($0 + 1) / Double(sweeps)) }
      return cooling + [Double](repeating: 1, count: sweeps)
    }
  }

  /// Lets states `[chains, units]` run; the first `held` units stay.
  func run(_ states: NDArray, held: Int, _ annealing: Annealing, _ random: inout Philox) -> NDArray {
    let (n, chains) = (units, states.shape[0])
    var states = states
    for temperature in annealing.temperatures {
      let draws = NDArray.uniform([chains, n], using: &random)
      let scale = Float(1 / temperature)
      weights.read { (w: UnsafeBufferPointer<Float>) in
        bias.read { (b: UnsafeBufferPointer<Float>) in
          draws.read { (u: UnsafeBufferPointer<Float>) in
            states.mutate { (s: UnsafeMutableBufferPointer<Float>) in
              guard let s = s.baseAddress else { return }
              ThreadPool.shared.run((chains + 7) / 8) { piece in
                for chain in piece * 8..<min(chains, piece * 8 + 8) {
                  for i in held..<n {
                    var field = b[i]
                    for j in 0..<n { field += w[i * n + j] * s[chain * n + j] }
                    let p = Mathematics.sigmoid(Double(field * scale))
                    s[chain * n + i] = Double(u[chain * n + i]) < p ? 1 : 0
                  }
                }
              }
            }
          }
        }
      }
    }
    return states
  }

  /// Free dreams: `[count, visible]` of 0 and 1.
  public func sample(count: Int, annealing: Annealing = Annealing(sweeps: 100), using random: inout Philox) -> NDArray {
    require(count > 0, "\(count) samples")
    let start = NDArray.bernoulli([count, units], probability: 0.5, using: &random)
    return run(start, held: 0, annealing, &random).sliced(axis: 1, from: 0, to: visibleCount)
  }
}

extension BoltzmannMachine {
  public var state: RuleState {
    RuleState(
      Self.kind, arrays: [("weights", weights), ("bias", bias)], settings: [("visible", .integer(visibleCount))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let bias = try state.array("bias", [-1])
    let weights = try state.array("weights", [bias.count, bias.count])
    let visible = try state.integer("visible")
    guard visible <= bias.count else { throw state.failure("more visible units than units") }
    self.init(weights: weights, bias: bias, visible: visible)
  }
}

import HebbArrays

/// Hopfield's network of graded units, which follow their fields in time.
///
///     du/dt = −u + W v + b,     v = tanh(g u)
///     E = −½ v W v − b v + (1/g) Σ ∫₀ᵛ artanh
///
/// Steps of Euler's method run until nothing moves any more. For small steps the energy falls.
///
/// - Source: Hopfield 1984, doi:10.1073/pnas.81.10.3088.
public struct ContinuousHopfield: RuleModel {
  public static let kind = "hopfield-continuous"

  /// `[units, units]`, symmetric with an empty diagonal.
  public let weights: NDArray
  /// `[units]`, b.
  public let inputs: NDArray
  /// g: the larger, the closer to units of ±1.
  public let gain: Double

  /// - Parameter weights: such as those of a ``HopfieldNetwork`` that has learned.
  public init(weights: NDArray, inputs: NDArray? = nil, gain: Double = 10) {
    let inputs = inputs ?? .zeros([weights.shape[0]])
    require(
      weights.rank == 2 && weights.shape[0] == weights.shape[1] && inputs.shape == [weights.shape[0]],
      "weights of \(weights.shape) and inputs of \(inputs.shape)")
    require(gain > 0 && gain.isFinite, "a gain of \(gain)")
    (self.weights, self.inputs, self.gain) = (weights, inputs, gain)
  }

  /// Lets states run down.
  ///
  /// - Parameters:
  ///   - x: the first outputs v, `[count, units]` in −1 … 1.
  ///   - step: Δt.
  ///   - steps: how many at most; it ends when no potential changes by more than 10⁻⁵.
  /// - Returns: outputs v, and the energies of each state after every step.
  public func recall(
    _ x: NDArray, step: Double = 0.1, steps: Int = 500
  ) throws(RuleError) -> (states: NDArray, energies: [[Double]]) {
    let x = try RuleSamples.checked(x, "the Hopfield network", features: weights.shape[0])
    require(step > 0 && step <= 1 && steps > 0, "\(steps) steps of \(step)")
    var v = NDArray.minimum(NDArray.maximum(x, -0.999), 0.999)
    // u = artanh(v) / g
    var u = (((v + 1) / (1 - v)).log()) * (0.5 / gain)
    var trace = [energies(v)]
    for _ in 0..<steps {
      let change = (v.matmul(weights) + inputs - u) * step
      u = u + change
      v = (u * gain).tanh()
      trace.append(energies(v))
      if change.abs().max().scalar < 1e-5 { break }
    }
    return (v, trace)
  }

  /// The energy of each state, `[count, units]`.
  public func energies(_ v: NDArray) -> [Double] {
    let inside = NDArray.minimum(NDArray.maximum(v, -0.999_999), 0.999_999)
    // ∫ artanh = v artanh v + ½ log(1 − v²)
    let entropy = inside * ((inside + 1) / (1 - inside)).log() * 0.5 + (1 - inside.squared()).log() * 0.5
    let pull = v.matmul(weights) * -0.5 - inputs
    let sums: [Float] = (v * pull + entropy * (1 / gain)).sum(axis: 1).elements()
    return sums.map(Double.init)
  }
}

extension ContinuousHopfield {
  public var state: RuleState {
    RuleState(Self.kind, arrays: [("weights", weights), ("inputs", inputs)], settings: [("gain", .number(gain))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    let weights = try state.array("weights", [-1, -1])
    let gain = try state.number("gain")
    guard weights.shape[0] == weights.shape[1], gain > 0 else { throw state.failure("weights or gain are damaged") }
    self.init(weights: weights, inputs: try state.array("inputs", [weights.shape[0]]), gain: gain)
  }
}

import HebbArrays

/// Adam for one array.
struct RuleAdam {
  private var mean: NDArray
  private var square: NDArray
  private var powers = (1.0, 1.0)

  init(_ weights: NDArray) { (mean, square) = (.zeros(weights.shape), .zeros(weights.shape)) }

  mutating func apply(to weights: inout NDArray, _ gradient: NDArray, rate: Double) {
    powers = (powers.0 * 0.9, powers.1 * 0.999)
    let step = OptimizerStep.adam(rate: rate, power1: powers.0, power2: powers.1)
    step.apply(to: &weights, gradient: gradient, state: &mean, &square)
  }
}

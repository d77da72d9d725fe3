import HebbArrays

/// Adam for one array.
struct RuleAdam {
  private var mean: NDArray
  private var square: NDArray
  private var powers = (1.0, 1.0)

  init(_ weights: NDArray) { (mean, square) = (.zeros(weights.shape), .zeros(weights.shape)) }

  /// What a checkpoint keeps, under names that begin with `prefix`.
  func arrays(_ prefix: String) -> [(name: String, value: NDArray)] {
    [(prefix + "mean", mean), (prefix + "square", square), (prefix + "powers", NDArray([powers.0, powers.1]))]
  }

  mutating func restore(_ prefix: String, _ state: RuleState) throws(DataError) {
    let shape = Array(mean.shape)
    let powers: [Double] = try state.array(prefix + "powers", [2], .float64).elements()
    (mean, square) = (try state.array(prefix + "mean", shape), try state.array(prefix + "square", shape))
    self.powers = (powers[0], powers[1])
  }

  mutating func apply(to weights: inout NDArray, _ gradient: NDArray, rate: Double) {
    powers = (powers.0 * 0.9, powers.1 * 0.999)
    let step = OptimizerStep.adam(rate: rate, power1: powers.0, power2: powers.1)
    step.apply(to: &weights, gradient: gradient, state: &mean, &square)
  }
}

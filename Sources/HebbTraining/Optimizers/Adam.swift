import HebbArrays

/// Adaptive moments: each weight's step is measured by the recent size of its gradient.
///
///     m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
///     s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
///     w ← w − rate · m̂ / (√ŝ + ε)
///
/// Its weight decay is added to the gradient; ``AdamW`` shrinks the weights instead.
///
/// - Source: Kingma and Ba 2015, arXiv:1412.6980.
public struct Adam: Optimizer {
  public let learningRate: Double
  /// β₁, the share of the old mean of gradients.
  public let beta1: Double
  /// β₂, the share of the old mean of squares.
  public let beta2: Double
  /// ε, which keeps the quotient finite.
  public let epsilon: Double
  public let weightDecay: WeightDecay

  /// The authors' settings, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - beta1: the share of the old mean of gradients, 0 or more and below 1.
  ///   - beta2: the share of the old mean of squares, likewise.
  ///   - epsilon: keeps the quotient finite; 0 or more.
  ///   - weightDecay: how weights are drawn to zero.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("Adam", rate: learningRate)
    checks.share("beta1", beta1)
    checks.share("beta2", beta2)
    checks.size("epsilon", epsilon)
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    self.weightDecay = weightDecay
  }

  public var stateNames: [String] { ["mean", "square"] }
  /// β₁ᵗ and β₂ᵗ.
  public var initialNumbers: [Double] { [1, 1] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    state.numbers[0] *= beta1
    state.numbers[1] *= beta2
    OptimizerStep.adam(
      rate: settings.rate, beta1: beta1, beta2: beta2, power1: state.numbers[0], power2: state.numbers[1],
      epsilon: epsilon
    ).apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
  }
}

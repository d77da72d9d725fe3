import HebbArrays

/// ``Adam`` with Nesterov's look ahead.
///
///     μₜ = β₁ (1 − ½ · 0.96^(momentumDecay · t))
///     w ← w − rate · ((1 − μₜ) / (1 − Πμ) · g + μₜ₊₁ / (1 − Πμ · μₜ₊₁) · m) / (√ŝ + ε)
///
/// - Source: Dozat 2016, "Incorporating Nesterov momentum into Adam".
public struct Nadam: Optimizer {
  public let learningRate: Double
  /// β₁, the share of the old mean of gradients.
  public let beta1: Double
  /// β₂, the share of the old mean of squares.
  public let beta2: Double
  /// ε, which keeps the quotient finite.
  public let epsilon: Double
  /// How fast the momentum μₜ comes to β₁.
  public let momentumDecay: Double
  public let weightDecay: WeightDecay
  private let fall: Double

  /// The settings of PyTorch, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - beta1: the share of the old mean of gradients, 0 or more and below 1.
  ///   - beta2: the share of the old mean of squares, likewise.
  ///   - epsilon: keeps the quotient finite; 0 or more.
  ///   - momentumDecay: how fast the momentum comes to β₁; 0 or more.
  ///   - weightDecay: how weights are drawn to zero.
  public init(
    learningRate: Double = 2e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    momentumDecay: Double = 4e-3, weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("Nadam", rate: learningRate)
    checks.share("beta1", beta1)
    checks.share("beta2", beta2)
    checks.size("epsilon", epsilon)
    checks.size("momentumDecay", momentumDecay)
    (self.learningRate, self.beta1, self.beta2, self.epsilon) = (learningRate, beta1, beta2, epsilon)
    (self.momentumDecay, self.weightDecay) = (momentumDecay, weightDecay)
    fall = Mathematics.pow(0.96, momentumDecay)
  }

  public var stateNames: [String] { ["mean", "square"] }
  /// 0.96^(momentumDecay · t), Πμ and β₂ᵗ.
  public var initialNumbers: [Double] { [1, 1, 1] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    state.numbers[0] *= fall
    let mu = beta1 * (1 - 0.5 * state.numbers[0])
    let nextMu = beta1 * (1 - 0.5 * state.numbers[0] * fall)
    state.numbers[1] *= mu
    state.numbers[2] *= beta2
    OptimizerStep.nadam(
      rate: settings.rate, beta1: beta1, beta2: beta2, mu: mu, nextMu: nextMu, muProduct: state.numbers[1],
      power2: state.numbers[2], epsilon: epsilon
    ).apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
  }
}

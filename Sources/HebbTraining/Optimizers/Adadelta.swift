import HebbArrays

/// Steps whose size follows from the steps before: no rate to be chosen.
///
///     s ← ρ s + (1 − ρ) g²
///     d = √(u + ε) / √(s + ε) · g
///     u ← ρ u + (1 − ρ) d²
///     w ← w − rate · d
///
/// - Source: Zeiler 2012, arXiv:1212.5701.
public struct Adadelta: Optimizer {
  public let learningRate: Double
  /// ρ.
  public let smoothing: Double
  /// ε, which keeps the quotient finite.
  public let epsilon: Double
  public let weightDecay: WeightDecay

  /// The settings of PyTorch, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - smoothing: ρ, 0 or more and below 1.
  ///   - epsilon: keeps the quotient finite; 0 or more.
  ///   - weightDecay: how weights are drawn to zero.
  public init(
    learningRate: Double = 1, smoothing: Double = 0.9, epsilon: Double = 1e-6, weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("Adadelta", rate: learningRate)
    checks.share("smoothing", smoothing)
    checks.size("epsilon", epsilon)
    (self.learningRate, self.smoothing, self.epsilon) = (learningRate, smoothing, epsilon)
    self.weightDecay = weightDecay
  }

  public var stateNames: [String] { ["square", "step"] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    OptimizerStep.adadelta(rate: settings.rate, smoothing: smoothing, epsilon: epsilon)
      .apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
  }
}

import HebbArrays

/// Gradients divided by their recent size.
///
///     s ← α s + (1 − α) g²
///     w ← w − rate · g / (√s + ε)
///
/// `centered` subtracts the squared mean gradient from s; with a momentum the quotients are collected as in ``SGD``.
///
/// - Source: Tieleman and Hinton 2012, lecture 6.5 of "Neural networks for machine learning".
public struct RMSProp: Optimizer {
  public let learningRate: Double
  /// α.
  public let smoothing: Double
  /// ε, which keeps the quotient finite.
  public let epsilon: Double
  /// The share of the last step in this one; 0 for none.
  public let momentum: Double
  /// Whether the squared mean gradient is subtracted from s.
  public let centered: Bool
  public let weightDecay: WeightDecay

  /// The settings of PyTorch, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - smoothing: α, 0 or more and below 1.
  ///   - epsilon: keeps the quotient finite; 0 or more.
  ///   - momentum: the share of the last step in this one, 0 or more and below 1.
  ///   - centered: whether the squared mean gradient is subtracted from s.
  ///   - weightDecay: how weights are drawn to zero.
  public init(
    learningRate: Double = 1e-2, smoothing: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
    centered: Bool = false, weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("RMSProp", rate: learningRate)
    checks.share("smoothing", smoothing)
    checks.share("momentum", momentum)
    checks.size("epsilon", epsilon)
    (self.learningRate, self.smoothing, self.epsilon) = (learningRate, smoothing, epsilon)
    (self.momentum, self.centered, self.weightDecay) = (momentum, centered, weightDecay)
  }

  public var stateNames: [String] { ["square"] + (centered ? ["mean"] : []) + (momentum != 0 ? ["momentum"] : []) }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    OptimizerStep.rmsProp(
      rate: settings.rate, smoothing: smoothing, epsilon: epsilon, momentum: momentum, centered: centered
    ).apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
  }
}

import HebbArrays

/// Steps of one size in the direction of the momentum's sign: half of Adam's memory.
///
///     w ← w · (1 − rate · l2) − rate · sign(β₁ m + (1 − β₁) g)
///     m ← β₂ m + (1 − β₂) g
///
/// Its rate is about a tenth of Adam's, its decay ten times as large.
///
/// - Source: Chen and others 2023, arXiv:2302.06675.
public struct Lion: Optimizer {
  public let learningRate: Double
  /// β₁, the share of the momentum in the direction of a step.
  public let beta1: Double
  /// β₂, the share of the old momentum in the new one.
  public let beta2: Double
  /// How weights are drawn to zero; l2 is the share of a weight that a step of rate 1 takes off.
  public let weightDecay: WeightDecay

  /// The authors' settings, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - beta1: the share of the momentum in the direction of a step, 0 or more and below 1.
  ///   - beta2: the share of the old momentum, likewise.
  ///   - weightDecay: the share of a weight that a step of rate 1 takes off.
  public init(
    learningRate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("Lion", rate: learningRate)
    checks.share("beta1", beta1)
    checks.share("beta2", beta2)
    (self.learningRate, self.beta1, self.beta2, self.weightDecay) = (learningRate, beta1, beta2, weightDecay)
  }

  public var stateNames: [String] { ["momentum"] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    OptimizerStep.lion(rate: settings.rate, beta1: beta1, beta2: beta2, decay: settings.l2)
      .apply(to: &weight, gradient: gradient, states: &state.arrays, settings, decaysApart: true)
  }
}

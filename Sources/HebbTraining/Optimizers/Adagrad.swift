import HebbArrays

/// Rates that shrink with all gradients a weight has seen: for features that are rarely there.
///
///     s ← s + g²
///     w ← w − rate / (1 + (t − 1) · rateDecay) · g / (√s + ε)
///
/// - Source: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods".
public struct Adagrad: Optimizer {
  public let learningRate: Double
  /// By how much the rate shrinks: in step t it is divided by 1 + (t − 1) · rateDecay.
  public let rateDecay: Double
  /// ε, which keeps the quotient finite.
  public let epsilon: Double
  public let weightDecay: WeightDecay

  /// The settings of PyTorch, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - rateDecay: by how much the rate shrinks from step to step; 0 or more.
  ///   - epsilon: keeps the quotient finite; 0 or more.
  ///   - weightDecay: how weights are drawn to zero.
  public init(
    learningRate: Double = 1e-2, rateDecay: Double = 0, epsilon: Double = 1e-10, weightDecay: WeightDecay = .none
  ) {
    let checks = SettingChecks("Adagrad", rate: learningRate)
    checks.size("rateDecay", rateDecay)
    checks.size("epsilon", epsilon)
    (self.learningRate, self.rateDecay, self.epsilon) = (learningRate, rateDecay, epsilon)
    self.weightDecay = weightDecay
  }

  public var stateNames: [String] { ["squares"] }
  /// Steps before this one.
  public var initialNumbers: [Double] { [0] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    OptimizerStep.adagrad(rate: settings.rate / (1 + state.numbers[0] * rateDecay), epsilon: epsilon)
      .apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
    state.numbers[0] += 1
  }
}

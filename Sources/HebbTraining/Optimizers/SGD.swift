import HebbArrays

/// Gradient descent, with momentum where it is not zero.
///
///     m ← momentum · m + g
///     w ← w − rate · m,   by Nesterov  w ← w − rate · (g + momentum · m)
///
/// - Source: Polyak 1964, doi:10.1016/0041-5553(64)90137-5; Sutskever and others 2013 for Nesterov's form.
public struct SGD: Optimizer {
  public let learningRate: Double
  /// The share of the old m; 0 for plain descent.
  public let momentum: Double
  /// Whether the step looks ahead: Nesterov's form.
  public let nesterov: Bool
  public let weightDecay: WeightDecay

  /// Plain descent, unless told otherwise.
  ///
  /// - Parameters:
  ///   - learningRate: of every step, 0 or more; a schedule multiplies it.
  ///   - momentum: the share of the old m, 0 or more and below 1.
  ///   - nesterov: whether the step looks ahead; it needs a momentum.
  ///   - weightDecay: how weights are drawn to zero.
  public init(learningRate: Double, momentum: Double = 0, nesterov: Bool = false, weightDecay: WeightDecay = .none) {
    require(!nesterov || momentum > 0, "SGD: Nesterov's step needs a momentum")
    let checks = SettingChecks("SGD", rate: learningRate)
    checks.share("momentum", momentum)
    (self.learningRate, self.momentum, self.nesterov) = (learningRate, momentum, nesterov)
    self.weightDecay = weightDecay
  }

  public var stateNames: [String] { momentum == 0 ? [] : ["momentum"] }

  public func update(
    _ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings
  ) {
    OptimizerStep.sgd(rate: settings.rate, momentum: momentum, nesterov: nesterov)
      .apply(to: &weight, gradient: gradient, states: &state.arrays, settings)
  }
}

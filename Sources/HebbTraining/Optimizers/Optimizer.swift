import HebbArrays

/// A rule that turns gradients into better weights.
///
/// An optimiser is a value of plain numbers. What it remembers of each parameter lies in an ``OptimizerState``, which
/// an ``Updater`` keeps and a checkpoint holds. A rule of your own needs its settings, the names of its arrays, and
/// ``update(_:gradient:state:by:)``.
public protocol Optimizer: Sendable {
  /// The rate before schedules and groups multiply it.
  var learningRate: Double { get }
  /// How weights are drawn to zero, where their group does not say otherwise.
  var weightDecay: WeightDecay { get }
  /// What the arrays are called that are kept for each parameter, each of its shape, zero at first.
  var stateNames: [String] { get }
  /// The numbers that are kept for each parameter, as they are at first: counts, powers of a momentum.
  var initialNumbers: [Double] { get }

  /// One step of one parameter, in place.
  ///
  /// - Parameters:
  ///   - weight: the parameter's value.
  ///   - gradient: the loss's gradient there, before ``UpdateSettings/gradientFactor``.
  ///   - state: what is kept for this parameter.
  func update(_ weight: inout NDArray, gradient: NDArray, state: inout OptimizerState, by settings: UpdateSettings)
}

extension Optimizer {
  public var initialNumbers: [Double] { [] }

  /// The rule's name: that of its type.
  public var name: String { String(describing: type(of: self)) }
}

/// What an optimiser keeps for one parameter.
public struct OptimizerState: Sendable {
  /// In the order of ``Optimizer/stateNames``.
  public var arrays: [NDArray]
  /// In the order of ``Optimizer/initialNumbers``.
  public var numbers: [Double]
}

/// The numbers of one step of one parameter.
public struct UpdateSettings: Sendable {
  /// The learning rate of this step and group.
  public var rate: Double
  /// The factor of w in the decay; 0 where this parameter does not decay.
  public var l2 = 0.0
  /// The factor of sign w, likewise.
  public var l1 = 0.0
  /// The gradient is multiplied by this first: clipping by norm, the mean over accumulated batches.
  public var gradientFactor = 1.0
  /// The gradient is then held within ± this.
  public var gradientBound = Double.infinity

  /// A step of this rate without decay or clipping.
  public init(rate: Double) { self.rate = rate }
}

extension OptimizerStep {
  /// Applies the step with the decay and the clipping of `settings`.
  ///
  /// - Parameter decaysApart: the rule shrinks weights by itself (AdamW, Lion), so that the gradient gets no `l2`.
  func apply(
    to weight: inout NDArray, gradient: NDArray, states: inout [NDArray], _ settings: UpdateSettings,
    decaysApart: Bool = false
  ) {
    var step = self
    step.gradientFactor = settings.gradientFactor
    step.gradientBound = settings.gradientBound
    step.l2 = decaysApart ? 0 : settings.l2
    step.l1 = settings.l1
    states.withUnsafeMutableBufferPointer { states in
      switch states.count {
      case 0: step.apply(to: &weight, gradient: gradient)
      case 1: step.apply(to: &weight, gradient: gradient, state: &states[0])
      case 2: step.apply(to: &weight, gradient: gradient, state: &states[0], &states[1])
      default: step.apply(to: &weight, gradient: gradient, state: &states[0], &states[1], &states[2])
      }
    }
  }
}

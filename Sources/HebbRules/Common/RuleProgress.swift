/// How far learning is.
public struct RuleProgress: Sendable {
  /// How many steps are done: updates, epochs or sweeps, as the method says.
  public let step: Int
  /// How many steps there are at most.
  public let steps: Int
  /// What the method watches, where it watches anything: an error, an energy.
  public let value: Double?

  /// `step` of `steps`, and what is watched.
  public init(step: Int, steps: Int, value: Double? = nil) {
    (self.step, self.steps, self.value) = (step, steps, value)
  }
}

/// Called now and then while a network learns, on the thread that calls the method.
public typealias RuleWatcher = (RuleProgress) -> Void

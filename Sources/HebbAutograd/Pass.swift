import HebbArrays

/// One way through a network: what surrounds its layers and would otherwise be passed to each of them.
///
/// The pass of the current task says whether the network is being trained, where random layers take their numbers from,
/// where gradients are recorded, and collects what layers want to remember (running statistics) until the step is done.
/// Without a pass a network infers.
///
/// ```swift
/// let prediction = model(x)                                     // inference
/// let step = Pass.training(seed: 7, step: 12) {                 // dropout drops, batch statistics are taken
///   valueAndGradients { loss(model(x), y) }
/// }
/// ```
public final class Pass: @unchecked Sendable {
  // Sendable: a task-local must be; only the task that opened a pass touches it.

  /// What a network does with its input: answer, or learn as well.
  public enum Phase: Sendable, Hashable { case inference, training }

  @TaskLocal static var current: Pass?

  /// What this pass is for.
  public let phase: Phase
  private let seed: UInt64, step: UInt64
  private var draws: UInt64 = 0
  @exclusivity(unchecked) var tape: Tape?
  private let fixed: [ObjectIdentifier: NDArray]?
  private var pending: [(parameter: Parameter, value: NDArray)] = []

  init(phase: Phase, seed: UInt64 = 0, step: UInt64 = 0, fixed: [ObjectIdentifier: NDArray]? = nil) {
    self.phase = phase
    self.seed = seed
    self.step = step
    self.fixed = fixed
  }

  /// The phase of the current task's pass: inference where there is none.
  public static var phase: Phase { current?.phase ?? .inference }

  /// Runs `body` with the network in training. A random draw is a function of `seed`, `step` and its place in the pass.
  /// What layers remembered is stored when `body` returns.
  public static func training<R>(seed: UInt64, step: Int = 0, _ body: () throws -> R) rethrows -> R {
    require(current?.tape == nil, "Pass.training inside of valueAndGradients: put valueAndGradients into Pass.training")
    let pass = Pass(phase: .training, seed: seed, step: UInt64(step))
    let result = try $current.withValue(pass) { try body() }
    for (parameter, value) in pass.pending { parameter.value = value }
    return result
  }

  /// Runs `body` with the network in inference, also inside of a training pass. Inside of a snapshot its values stay.
  public static func inference<R>(_ body: () throws -> R) rethrows -> R {
    try $current.withValue(Pass(phase: .inference, fixed: current?.fixed)) { try body() }
  }

  /// Runs `body` in inference with `values` in place of what the parameters hold, by the parameters' identities: the way of
  /// a snapshot.
  package static func inference<R>(with values: [ObjectIdentifier: NDArray], _ body: () throws -> R) rethrows -> R {
    let all = current?.fixed.map { $0.merging(values) { $1 } } ?? values
    return try $current.withValue(Pass(phase: .inference, fixed: all)) { try body() }
  }

  /// Whether gradients are being recorded: what is read from a trainable parameter is followed then.
  package static var isRecording: Bool { current?.tape != nil }

  /// The generator of the next random draw of this pass.
  public static func random() -> Philox {
    guard let pass = current else { fatalError("random numbers are drawn inside of Pass.training only") }
    pass.draws += 1
    return Philox(seed: pass.seed, stream: pass.step).split(pass.draws)
  }

  /// Has `value` stored in a parameter when the training pass is done.
  public static func remember(_ value: NDArray, in parameter: Parameter) {
    guard let pass = current else { fatalError("values are remembered inside of Pass.training only") }
    pass.pending.append((parameter, value))
  }

  func fixedValue(of parameter: Parameter) -> NDArray? { fixed?[ObjectIdentifier(parameter)] }
}

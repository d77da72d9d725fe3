import HebbArrays
import HebbAutograd

/// Two recurrent layers that read the same sequences, one from each end, so that every output knows what was before it and
/// what comes after.
///
///     Bidirectional(LSTM(100, 128, using: &random), LSTM(100, 128, using: &random))
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, outputs]`: those of both layers, forward first, or their sum
/// - State: that of the forward layer, then that of the backward layer
/// - Source: Schuster and Paliwal 1997, doi:10.1109/78.650093.
public struct Bidirectional: RecurrentLayer {
  /// How the outputs of both directions become one.
  public enum Joining: Sendable, Hashable { case concatenating, adding }

  /// Reads from the first step on.
  public let forward: any RecurrentLayer
  /// Reads from the last step back.
  public let backward: any RecurrentLayer
  /// How the outputs of both become one.
  public let joining: Joining

  public var members: Members { ["forward": forward, "backward": backward] }

  /// Two layers over the same sequence.
  ///
  /// - Parameters:
  ///   - forward: reads from the first step on.
  ///   - backward: reads from the last step back.
  ///   - joining: how both outputs become one; added they must be equally many.
  public init(
    _ forward: any RecurrentLayer, _ backward: any RecurrentLayer, joining: Joining = .concatenating
  ) {
    require(
      joining == .concatenating || forward.outputs == backward.outputs,
      "Bidirectional: \(forward.outputs) and \(backward.outputs) outputs cannot be added")
    (self.forward, self.backward, self.joining) = (forward, backward, joining)
  }

  public var outputs: Int { joining == .adding ? forward.outputs : forward.outputs + backward.outputs }
  public var stateCount: Int { forward.stateCount + backward.stateCount }
  public var isCausal: Bool { false }

  public func run(
    _ x: Tensor, from state: RecurrentState?, over steps: TimeSteps
  ) -> (outputs: Tensor, state: RecurrentState) {
    let starts = state.map(halves)
    let (y, after) = forward.run(x, from: starts?[0], over: steps)
    let (z, before) = backward.run(x, from: starts?[1], over: steps.reversed)
    return (join(y, z), RecurrentState(after.tensors + before.tensors))
  }

  public func summary(of state: RecurrentState) -> Tensor {
    let ends = halves(state)
    return join(forward.summary(of: ends[0]), backward.summary(of: ends[1]))
  }

  private func halves(_ state: RecurrentState) -> [RecurrentState] {
    state.split([forward.stateCount, backward.stateCount], "\(self)")
  }

  private func join(_ y: Tensor, _ z: Tensor) -> Tensor {
    joining == .adding ? y + z : .concatenated([y, z], axis: -1)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    forward.multiplyAdds(from: input, to: output) + backward.multiplyAdds(from: input, to: output)
  }

  public var window: Window? { nil }

  public var description: String { "Bidirectional(\(forward), \(backward)\(joining == .adding ? ", added" : ""))" }
}

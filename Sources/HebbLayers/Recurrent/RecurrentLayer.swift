import HebbArrays
import HebbAutograd

/// A layer that reads sequences step by step and carries a state from step to step.
///
///     let y = lstm(x)                                             // the outputs of whole sequences
///     let (y, state) = lstm.run(x, lengths: [7, 4])               // sequences of their own lengths, and where they end
///     let (z, after) = lstm.run(next, from: state)                // goes on from there
///     var state: RecurrentState?
///     let y = lstm.step(character, &state)                        // one step at a time
///
/// A layer says in one function what it does with a batch of sequences; directions, stacks and single steps follow from it.
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, outputs]`
public protocol RecurrentLayer: Layer {
  /// How many features come out.
  var outputs: Int { get }

  /// How many tensors its state has.
  var stateCount: Int { get }

  /// Whether an output depends on its own and earlier steps alone.
  var isCausal: Bool { get }

  /// The outputs, and the state behind each sequence's last step.
  ///
  /// - Parameter state: where the sequences begin; zeros where nil.
  func run(
    _ x: Tensor, from state: RecurrentState?, over steps: TimeSteps
  ) -> (outputs: Tensor, state: RecurrentState)

  /// What a state says of the sequence that led to it: `[batch, outputs]`.
  func summary(of state: RecurrentState) -> Tensor
}

extension RecurrentLayer {
  public var isCausal: Bool { true }

  public func summary(of state: RecurrentState) -> Tensor { state.tensors[0] }

  public func callAsFunction(_ x: Tensor) -> Tensor { run(x, from: nil, over: TimeSteps()).outputs }

  /// The outputs, and the state behind each sequence's last step.
  ///
  /// - Parameters:
  ///   - state: where the sequences begin; zeros where nil.
  ///   - lengths: how many steps each sequence has. Behind them outputs are zero. All steps where nil.
  public func run(
    _ x: Tensor, from state: RecurrentState? = nil, lengths: [Int]? = nil
  ) -> (outputs: Tensor, state: RecurrentState) { run(x, from: state, over: TimeSteps(lengths: lengths)) }

  /// One step of each sequence of a batch: for generating.
  ///
  /// - Parameters:
  ///   - x: `[batch, inputs]`.
  ///   - state: the state before the step (nil: zeros), then that behind it.
  /// - Returns: `[batch, outputs]`.
  public func step(_ x: Tensor, _ state: inout RecurrentState?) -> Tensor {
    require(isCausal, "\(self) reads backwards too: it needs whole sequences, not single steps")
    let (y, after) = run(x.expanded(at: 1), from: state)
    state = after
    return y.squeezed(1)
  }
}

/// What recurrent layers carry from step to step: tensors of shape `[batch, units]`, h for most layers, h and c for an LSTM,
/// and the parts of all layers in order for layers that are made of several.
public struct RecurrentState {
  /// Each `[batch, units]`; on graphs `[batch, nodes, units]`.
  public var tensors: [Tensor]

  /// The parts of a state, each `[batch, units]`.
  public init(_ tensors: [Tensor]) { self.tensors = tensors }

  /// The parts that belong to layers whose states have so many tensors.
  func split(_ counts: [Int], _ owner: @autoclosure () -> String) -> [RecurrentState] {
    require(
      tensors.count == counts.reduce(0, +), "\(owner()): a state of \(tensors.count) tensors, not of \(counts)")
    var rest = tensors[...]
    return counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return RecurrentState(Array(rest.prefix(count)))
    }
  }

  /// The same numbers, through which no gradient flows back: for sequences that are cut into pieces and learnt from one
  /// piece at a time.
  ///
  /// - Source: truncated back-propagation through time, Williams and Peng 1990, doi:10.1162/neco.1990.2.4.490.
  public func detached() -> RecurrentState { RecurrentState(tensors.map { $0.detached() }) }
}

/// Which steps of a batch of sequences are read, and in which order.
public struct TimeSteps: Sendable, Hashable {
  /// How many steps each sequence has; all of them where nil.
  public var lengths: [Int]?
  /// Whether each sequence is read from its last step to its first.
  public var isReversed: Bool

  /// All steps in order, unless told otherwise.
  public init(lengths: [Int]? = nil, isReversed: Bool = false) {
    (self.lengths, self.isReversed) = (lengths, isReversed)
  }

  /// The same steps in the other order.
  public var reversed: TimeSteps { TimeSteps(lengths: lengths, isReversed: !isReversed) }

  /// The lengths as int32, checked.
  func array(batch: Int, time: Int) -> NDArray? {
    guard let lengths else { return nil }
    require(
      lengths.count == batch && lengths.allSatisfy { (0...time).contains($0) },
      "the lengths \(lengths) are not one for each of \(batch) sequences, from 0 to \(time) steps")
    return NDArray(lengths.map { Int32($0) })
  }
}

import HebbArrays

/// An array on its way through a network: its value and, while gradients are recorded, its place on the tape.
///
/// Layers and ops take and give tensors. Nothing is recorded outside of ``valueAndGradients(_:)``.
public struct Tensor {
  /// The array, without its place on the tape.
  public let value: NDArray
  let tape: Tape?
  let node: Int32

  /// A constant: no gradient flows into it.
  public init(_ value: NDArray) {
    self.value = value
    tape = nil
    node = -1
  }

  init(_ value: NDArray, tape: Tape?, node: Int32) {
    self.value = value
    self.tape = tape
    self.node = node
  }

  /// The result of an op on one tensor.
  ///
  /// - Parameter pullback: the gradient of the result → `[the gradient of the input]`. It captures arrays, not tensors.
  public init(_ value: NDArray, from input: borrowing Tensor, pullback: @escaping (NDArray) -> [NDArray?]) {
    guard let tape = input.tape else {
      self.init(value)
      return
    }
    tape.take(input.node, of: tape)
    self.init(value, tape: tape, node: tape.record(value, inputCount: 1, pullback))
  }

  /// The result of an op on two tensors.
  ///
  /// - Parameter pullback: the gradient of the result → the gradients of the inputs, in order; nil for an input that needs
  ///   none (see ``isTracked``).
  public init(
    _ value: NDArray, from a: borrowing Tensor, _ b: borrowing Tensor, pullback: @escaping (NDArray) -> [NDArray?]
  ) {
    guard let tape = a.tape ?? b.tape else {
      self.init(value)
      return
    }
    tape.take(a.node, of: a.tape)
    tape.take(b.node, of: b.tape)
    self.init(value, tape: tape, node: tape.record(value, inputCount: 2, pullback))
  }

  /// The result of an op on three tensors, of which the last may be missing: its gradient is nil then.
  ///
  /// - Parameter pullback: the gradient of the result → the gradients of the three, in order; nil for one that needs none.
  public init(
    _ value: NDArray, from a: borrowing Tensor, _ b: borrowing Tensor, _ c: __shared Tensor?,
    pullback: @escaping (NDArray) -> [NDArray?]
  ) {
    guard let tape = a.tape ?? b.tape ?? c?.tape else {
      self.init(value)
      return
    }
    tape.take(a.node, of: a.tape)
    tape.take(b.node, of: b.tape)
    tape.take(c?.node ?? -1, of: c?.tape)
    self.init(value, tape: tape, node: tape.record(value, inputCount: 3, pullback))
  }

  /// The result of an op on several tensors.
  ///
  /// - Parameter pullback: the gradient of the result → the gradients of the inputs, in order; nil for an input that needs
  ///   none (see ``isTracked``).
  public init(_ value: NDArray, from inputs: [Tensor], pullback: @escaping (NDArray) -> [NDArray?]) {
    guard let tape = inputs.first(where: \.isTracked)?.tape else {
      self.init(value)
      return
    }
    for input in inputs { tape.take(input.node, of: input.tape) }
    self.init(value, tape: tape, node: tape.record(value, inputCount: inputs.count, pullback))
  }

  /// Whether a gradient will flow into this tensor: pullbacks need not compute it otherwise.
  public var isTracked: Bool { tape != nil }

  /// The extents of the axes, the slowest first.
  public var shape: Shape { value.shape }
  /// The type of the elements.
  public var dtype: DType { value.dtype }
  /// How many axes there are.
  public var rank: Int { value.rank }

  /// The same value, cut off from the tape: no gradient flows back through it.
  public func detached() -> Tensor { Tensor(value) }
}

extension Tensor: CustomStringConvertible {
  public var description: String { "Tensor" + value.description.dropFirst("NDArray".count) }
}

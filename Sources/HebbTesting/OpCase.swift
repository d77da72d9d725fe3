import HebbArrays
import HebbAutograd

/// One op and the shapes that it is tried on: the row of a table for ``checkOp(_:)``.
package struct OpCase: Sendable, CustomStringConvertible {
  /// The numbers that an op is defined for.
  package enum Numbers: Sendable {
    /// −2 to 2.
    case signed
    /// 0.1 to 2.1.
    case positive
  }

  package let name: String
  /// The shapes of the inputs that reference values were made for.
  package let shapes: [Shape]
  /// Other shapes to try: empty, stretched, long enough for several threads.
  package let others: [[Shape]]
  package let numbers: Numbers
  package let op: @Sendable ([Tensor]) -> Tensor

  package init(
    _ name: String, _ shapes: [Shape], others: [[Shape]] = [], numbers: Numbers = .signed,
    _ op: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    (self.name, self.shapes, self.others, self.numbers, self.op) = (name, shapes, others, numbers, op)
  }

  /// The inputs: input i is the wave of phase i.
  package func inputs(_ shapes: [Shape], _ dtype: DType) -> [NDArray] {
    shapes.enumerated().map { index, shape in
      let x = wave(shape, phase: index)
      return (numbers == .positive ? (x.abs() + 0.1).cast(to: .float32) : x).cast(to: dtype)
    }
  }

  /// The gradient that the results are given: the wave of phase 9.
  package func resultGradient(_ shape: Shape, _ dtype: DType) -> NDArray { wave(shape, phase: 9, dtype: dtype) }

  /// The value of the op and the gradients of its inputs, from the upstream gradient.
  package func run(_ shapes: [Shape], _ dtype: DType) -> (value: NDArray, gradients: [NDArray]) {
    var value = NDArray.zeros([0])
    let (_, gradients, _) = valueAndGradients(at: inputs(shapes, dtype)) { x in
      let y = op(x)
      value = y.value
      return (y * Tensor(resultGradient(y.shape, dtype))).sum()
    }
    return (value, gradients)
  }

  package var description: String { name }
}

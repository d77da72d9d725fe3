import HebbArrays
import HebbAutograd

/// A fully connected layer.
///
///     y = x W + b
///
/// - Input: `[…, inputs]`
/// - Output: `[…, outputs]`
public struct Linear: FinishesSums {
  public let weight: Parameter  // W [inputs, outputs]
  public let bias: Parameter?  // b [outputs]

  public var members: Members { ["weight": weight, "bias": bias] }

  /// A layer that is drawn.
  ///
  /// - Parameters:
  ///   - inputs: features of a sample that goes in.
  ///   - outputs: features of one that comes out.
  ///   - bias: whether there is a b.
  ///   - initializer: how W is drawn; b is always drawn by `.standard`.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, initializer: Initializer = .standard,
    using random: inout Philox
  ) {
    require(inputs > 0 && outputs > 0, "Linear(\(inputs), \(outputs)): sizes must be positive")
    weight = Parameter(initializer([inputs, outputs], fanIn: inputs, fanOut: outputs, using: &random))
    self.bias =
      bias
      ? Parameter(Initializer.standard([outputs], fanIn: inputs, fanOut: outputs, using: &random), role: .bias) : nil
  }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    check(x.shape, x.dtype)
    return x.linear(weight.tensor, bias?.tensor, activation: activation)
  }

  func callAsFunction(_ x: NDArray, epilogue: Epilogue) -> NDArray {
    check(x.shape, x.dtype)
    let rows = x.reshaped(-1, weight.shape[0]).matmul(weight.tensor.value, epilogue: epilogue)
    return rows.reshaped(x.shape.replacing(-1, with: weight.shape[1]))
  }

  func resultShape(from x: NDArray) -> Shape {
    check(x.shape, x.dtype)
    return x.shape.replacing(-1, with: weight.shape[1])
  }

  private func check(_ shape: Shape, _ dtype: DType) {
    requireFloats(dtype, shape)
    require(
      shape.rank > 0 && shape.innermost == weight.shape[0],
      "\(self): the input \(shape) does not end in \(weight.shape[0]) features")
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { output.count * weight.shape[0] }

  public var description: String { "Linear(\(weight.shape[0]) → \(weight.shape[1])\(bias == nil ? ", no bias" : ""))" }
}

import HebbArrays
import HebbAutograd

/// A two-dimensional convolution (a cross-correlation, as everywhere in this field).
///
///     y[n, i, j, o] = Σ x[n, i·s + u·d − p, j·s + v·d − p, c] w[u, v, c, o] + b[o]
///
/// - Input: `[batch, height, width, inputs]`
/// - Output: `[batch, height′, width′, outputs]`, height′ = ⌊(height + 2p − d(k − 1) − 1) / s⌋ + 1
/// - Source: LeCun et al. 1998, doi:10.1109/5.726791.
public struct Conv2D: FinishesSums {
  public let weight: Parameter  // w [kernel height, kernel width, inputs / groups, outputs]
  public let bias: Parameter?  // b [outputs]
  /// Kernel, stride, padding and dilation in pixels, and the groups.
  public let geometry: ConvolutionGeometry

  public var members: Members { ["weight": weight, "bias": bias] }

  /// A layer that is drawn.
  ///
  /// - Parameters:
  ///   - inputs: channels that go in.
  ///   - outputs: channels that come out.
  ///   - kernel: how many pixels, along both axes or `Pair(rows, columns)`, a kernel spans.
  ///   - stride: how many it moves on; 1 or more.
  ///   - padding: zeros around: `.valid` for none, `.same`, or a number of them on each side.
  ///   - dilation: how far its elements lie apart; 1 for neighbours.
  ///   - groups: divides both numbers of channels; each output sees the inputs of its group.
  ///   - bias: whether there is a b.
  ///   - initializer: how w is drawn; b is always drawn by `.standard`.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Pair, stride: Pair = 1, padding: Padding = .valid, dilation: Pair = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard, using random: inout Philox
  ) {
    require(
      inputs > 0 && outputs > 0 && groups > 0 && inputs % groups == 0 && outputs % groups == 0,
      "Conv2D(\(inputs), \(outputs)): \(groups) groups do not divide the channels")
    geometry = padding.geometry(
      kernel: kernel, stride: stride, dilation: dilation, groups: groups, of: "Conv2D(\(inputs), \(outputs))")
    let fanIn = kernel.area * inputs / groups
    let fanOut = kernel.area * outputs / groups
    weight = Parameter(
      initializer(
        [kernel.height, kernel.width, inputs / groups, outputs], fanIn: fanIn, fanOut: fanOut, using: &random))
    self.bias =
      bias
      ? Parameter(Initializer.standard([outputs], fanIn: fanIn, fanOut: fanOut, using: &random), role: .bias) : nil
  }

  private var inputs: Int { weight.shape[2] * geometry.groups }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    check(x.shape, x.dtype)
    return x.convolved(with: weight.tensor, bias: bias?.tensor, geometry, activation: activation)
  }

  func callAsFunction(_ x: NDArray, epilogue: Epilogue) -> NDArray {
    check(x.shape, x.dtype)
    return x.convolved(with: weight.tensor.value, geometry, epilogue: epilogue)
  }

  func resultShape(from x: NDArray) -> Shape {
    check(x.shape, x.dtype)
    let size = geometry.output(for: Pair(x.shape[1], x.shape[2]))
    return [x.shape[0], size.height, size.width, weight.shape[3]]
  }

  private func check(_ shape: Shape, _ dtype: DType) {
    requireFloats(dtype, shape)
    require(
      shape.rank == 4 && shape[3] == inputs, "\(self): the input \(shape) is not [batch, height, width, \(inputs)]")
    require(
      geometry.output(for: Pair(shape[1], shape[2])).area > 0, "\(self): the input \(shape) is smaller than the kernel")
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    output.count * geometry.kernel.area * weight.shape[2]
  }

  public var window: Window? { Window(span: geometry.span, stride: geometry.stride) }

  public var description: String { "Conv2D(\(inputs) → \(weight.shape[3]), \(geometry.text()))" }

  /// A convolution of each channel on its own: as many groups as channels.
  public static func depthwise(
    _ channels: Int, kernel: Pair, stride: Pair = 1, padding: Padding = .valid, dilation: Pair = 1, bias: Bool = true,
    initializer: Initializer = .standard, using random: inout Philox
  ) -> Conv2D {
    Conv2D(
      channels, channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: channels,
      bias: bias, initializer: initializer, using: &random)
  }
}

import HebbArrays
import HebbAutograd

/// A one-dimensional convolution over time (a cross-correlation, as everywhere in this field).
///
///     y[n, i, o] = Σ x[n, i·s + u·d − p, c] w[u, c, o] + b[o]
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time′, outputs]`, time′ = ⌊(time + 2p − d(k − 1) − 1) / s⌋ + 1
/// - Source: Waibel et al. 1989, "Phoneme recognition using time-delay neural networks", doi:10.1109/29.21701.
public struct Conv1D: FinishesSums {
  public let weight: Parameter  // w [kernel, inputs / groups, outputs]
  public let bias: Parameter?  // b [outputs]
  public let geometry: ConvolutionGeometry  // of a picture of height 1

  public var members: Members { ["weight": weight, "bias": bias] }

  /// A layer that is drawn.
  ///
  /// - Parameters:
  ///   - inputs: channels that go in.
  ///   - outputs: channels that come out.
  ///   - kernel: how many steps a kernel spans.
  ///   - stride: how many it moves on; 1 or more.
  ///   - padding: zeros around: `.valid` for none, `.same`, or a number of them on each side.
  ///   - dilation: how far its elements lie apart; 1 for neighbours.
  ///   - groups: divides both numbers of channels; each output sees the inputs of its group.
  ///   - bias: whether there is a b.
  ///   - initializer: how w is drawn; b is always drawn by `.standard`.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = .valid, dilation: Int = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard, using random: inout Philox
  ) {
    require(
      inputs > 0 && outputs > 0 && groups > 0 && inputs % groups == 0 && outputs % groups == 0,
      "Conv1D(\(inputs), \(outputs)): \(groups) groups do not divide the channels")
    geometry = padding.alongWidth.geometry(
      kernel: Pair(1, kernel), stride: Pair(1, stride), dilation: Pair(1, dilation), groups: groups,
      of: "Conv1D(\(inputs), \(outputs))")
    let (fanIn, fanOut) = (kernel * inputs / groups, kernel * outputs / groups)
    weight = Parameter(
      initializer([kernel, inputs / groups, outputs], fanIn: fanIn, fanOut: fanOut, using: &random))
    self.bias =
      bias
      ? Parameter(Initializer.standard([outputs], fanIn: fanIn, fanOut: fanOut, using: &random), role: .bias) : nil
  }

  private var inputs: Int { weight.shape[1] * geometry.groups }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    check(x.shape, x.dtype)
    let kernel = weight.tensor.reshaped(weight.shape.inserting(1, at: 0))
    return x.reshaped(x.shape.inserting(1, at: 1))
      .convolved(with: kernel, bias: bias?.tensor, geometry, activation: activation).squeezed(1)
  }

  func callAsFunction(_ x: NDArray, epilogue: Epilogue) -> NDArray {
    check(x.shape, x.dtype)
    var epilogue = epilogue
    epilogue.residual = epilogue.residual?.expanded(at: 1)
    return x.expanded(at: 1).convolved(with: weight.tensor.value.expanded(at: 0), geometry, epilogue: epilogue)
      .squeezed(1)
  }

  func resultShape(from x: NDArray) -> Shape {
    check(x.shape, x.dtype)
    return [x.shape[0], geometry.output(for: Pair(1, x.shape[1])).width, weight.shape[2]]
  }

  private func check(_ shape: Shape, _ dtype: DType) {
    requireFloats(dtype, shape)
    require(
      shape.rank == 3 && shape[2] == inputs, "\(self): the input \(shape) is not [batch, time, \(inputs)]")
    require(
      geometry.output(for: Pair(1, shape[1])).area > 0, "\(self): the input \(shape) is shorter than the kernel")
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    output.count * weight.shape[0] * weight.shape[1]
  }

  public var window: Window? { Window(span: geometry.span, stride: geometry.stride) }

  public var description: String { "Conv1D(\(inputs) → \(weight.shape[2]), \(geometry.text(alongTime: true)))" }
}

extension Padding {
  /// The same for a picture of height 1, which gets no rows.
  fileprivate var alongWidth: Padding {
    switch self {
    case .pixels(let pixels): .pixels(Pair(0, pixels.width))
    case .valid, .same: self
    }
  }
}

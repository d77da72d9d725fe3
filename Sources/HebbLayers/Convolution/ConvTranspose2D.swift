import HebbArrays
import HebbAutograd

/// A transposed convolution: from small pictures to large ones.
///
///     y[n, i·s + u·d − p, j·s + v·d − p, o] = Σ x[n, i, j, c] w[u, v, o, c] + b[o]
///
/// It is the way back through a convolution with the same weights, from the gradient of its result to that of its input.
///
/// - Input: `[batch, height, width, inputs]`
/// - Output: `[batch, height′, width′, outputs]`, height′ = (height − 1)·s − 2p + d(k − 1) + outputPadding + 1
/// - Source: Zeiler, Krishnan, Taylor and Fergus 2010, "Deconvolutional networks", doi:10.1109/CVPR.2010.5539957.
public struct ConvTranspose2D: FusesActivation {
  public let weight: Parameter  // w [kernel height, kernel width, outputs / groups, inputs]
  public let bias: Parameter?  // b [outputs]
  public let geometry: ConvolutionGeometry  // of the convolution that leads back
  /// Rows below and columns to the right that the result has more.
  public let outputPadding: Pair

  public var members: Members { ["weight": weight, "bias": bias] }

  /// - Parameter outputPadding: rows below and columns to the right that the result has more: a stride above 1 leaves open
  ///   how large the picture was.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Pair, stride: Pair = 1, padding: Padding = .valid, outputPadding: Pair = 0,
    dilation: Pair = 1, groups: Int = 1, bias: Bool = true, initializer: Initializer = .standard,
    using random: inout Philox
  ) {
    require(
      inputs > 0 && outputs > 0 && groups > 0 && inputs % groups == 0 && outputs % groups == 0,
      "ConvTranspose2D(\(inputs), \(outputs)): \(groups) groups do not divide the channels")
    geometry = padding.geometry(
      kernel: kernel, stride: stride, dilation: dilation, groups: groups, of: "ConvTranspose2D(\(inputs), \(outputs))")
    require(
      outputPadding.height < stride.height && outputPadding.width < stride.width,
      "ConvTranspose2D(\(inputs), \(outputs)): the output padding \(outputPadding) is not below the stride \(stride)")
    self.outputPadding = outputPadding
    // PyTorch counts the fan of the weights as they are stored: a unit's inputs are the outputs here.
    let (fanIn, fanOut) = (kernel.area * outputs / groups, kernel.area * inputs / groups)
    weight = Parameter(
      initializer(
        [kernel.height, kernel.width, outputs / groups, inputs], fanIn: fanIn, fanOut: fanOut, using: &random))
    self.bias =
      bias
      ? Parameter(Initializer.standard([outputs], fanIn: fanIn, fanOut: fanOut, using: &random), role: .bias) : nil
  }

  private var inputs: Int { weight.shape[3] }
  private var outputs: Int { weight.shape[2] * geometry.groups }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    requireFloats(x.dtype, x.shape)
    require(
      x.rank == 4 && x.shape[3] == inputs, "\(self): the input \(x.shape) is not [batch, height, width, \(inputs)]")
    let (span, padding) = (geometry.span, geometry.padding)
    let size = Pair(
      (x.shape[1] - 1) * geometry.stride.height - padding.top - padding.bottom + span.height + outputPadding.height,
      (x.shape[2] - 1) * geometry.stride.width - padding.left - padding.right + span.width + outputPadding.width)
    require(size.height > 0 && size.width > 0, "\(self): of the input \(x.shape) the padding leaves nothing")
    return x.convolvedTransposed(
      with: weight.tensor, bias: bias?.tensor, geometry, outputSize: size, activation: activation)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    input.count * geometry.kernel.area * weight.shape[2]
  }

  public var description: String { "ConvTranspose2D(\(inputs) → \(outputs), \(geometry.text()))" }
}

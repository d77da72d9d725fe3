import HebbArrays
import HebbAutograd

/// A one-dimensional convolution over time that sees no later step: the kernel ends at the step itself.
///
///     y[n, t, o] = Σ x[n, t − (k − 1 − u) d, c] w[u, c, o] + b[o],  zeros before the first step
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, outputs]`
/// - Source: van den Oord et al. 2016, "WaveNet: a generative model for raw audio", arXiv:1609.03499.
public struct CausalConv1D: FusesActivation {
  /// The convolution itself, which pads nothing: (k − 1) d steps of zeros are put before its input.
  public let convolution: Conv1D

  public var members: Members { ["convolution": convolution] }

  /// A layer that is drawn.
  ///
  /// - Parameters:
  ///   - inputs: channels that go in.
  ///   - outputs: channels that come out.
  ///   - kernel: how many steps a kernel spans.
  ///   - dilation: how far its elements lie apart; 1 for neighbours.
  ///   - groups: divides both numbers of channels; each output sees the inputs of its group.
  ///   - bias: whether there is a b.
  ///   - initializer: how w is drawn; b is always drawn by `.standard`.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .standard, using random: inout Philox
  ) {
    convolution = Conv1D(
      inputs, outputs, kernel: kernel, dilation: dilation, groups: groups, bias: bias, initializer: initializer,
      using: &random)
  }

  public func callAsFunction(_ x: Tensor, activation: FusedActivation) -> Tensor {
    require(x.rank == 3, "\(self): the input \(x.shape) is not [batch, time, features]")
    return convolution(x.padded([(0, 0), (past, 0), (0, 0)]), activation: activation)
  }

  /// How many earlier steps it sees.
  private var past: Int { convolution.geometry.span.width - 1 }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    convolution.multiplyAdds(from: input, to: output)
  }

  public var window: Window? { convolution.window }

  public var description: String { "Causal\(convolution)" }
}

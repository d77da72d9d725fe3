import HebbArrays
import HebbAutograd

/// A block of a temporal convolutional network: two causal convolutions and a way around them. Blocks whose dilation doubles
/// see far back.
///
///     y = relu(shortcut(x) + dropout(relu(conv₂(dropout(relu(conv₁(x)))))))
///
/// The shortcut is a 1×1 convolution where the features change, else x itself. The paper normalises the weights of its
/// convolutions; here they are plain.
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, time, outputs]`
/// - Source: Bai, Kolter and Koltun 2018, "An empirical evaluation of generic convolutional and recurrent networks for
///   sequence modeling", arXiv:1803.01271.
public struct TemporalBlock: Layer {
  /// conv₁, from the inputs to the outputs.
  public let first: CausalConv1D
  /// conv₂, from the outputs to as many.
  public let second: CausalConv1D
  /// The 1×1 convolution around both; nil where there are as many outputs as inputs.
  public let shortcut: Conv1D?
  /// The share that is dropped in training behind each convolution.
  public let dropout: Double

  public var members: Members { ["first": first, "second": second, "shortcut": shortcut] }

  /// A block that is drawn; where inputs and outputs differ in number a convolution of one step brings the one to the other.
  ///
  /// - Parameters:
  ///   - inputs: channels that go in.
  ///   - outputs: channels that come out.
  ///   - kernel: how many steps a kernel spans.
  ///   - dilation: how far these lie apart.
  ///   - dropout: the share that is dropped in training, 0 or more and below 1.
  ///   - initializer: how the kernels are drawn.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, dilation: Int = 1, dropout: Double = 0,
    initializer: Initializer = .heNormal, using random: inout Philox
  ) {
    require(dropout >= 0 && dropout < 1, "TemporalBlock: the dropout \(dropout) is not in 0..<1")
    first = CausalConv1D(
      inputs, outputs, kernel: kernel, dilation: dilation, initializer: initializer, using: &random)
    second = CausalConv1D(
      outputs, outputs, kernel: kernel, dilation: dilation, initializer: initializer, using: &random)
    shortcut = inputs == outputs ? nil : Conv1D(inputs, outputs, kernel: 1, using: &random)
    self.dropout = dropout
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    let h = first(x, activation: .relu).dropped(probability: dropout)
    let y = second(h, activation: .relu).dropped(probability: dropout)
    return ((shortcut?(x) ?? x) + y).relu()
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    first.multiplyAdds(from: input, to: output) + second.multiplyAdds(from: output, to: output)
      + (shortcut?.multiplyAdds(from: input, to: output) ?? 0)
  }

  public var window: Window? {
    guard let window = first.window else { return nil }
    return Window(span: Pair(1, 2 * window.span.width - 1), stride: 1)
  }

  public var description: String { "TemporalBlock(\(first), \(second))" }
}

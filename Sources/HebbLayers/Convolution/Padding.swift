import HebbArrays

/// Zeros around a picture.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// None: the kernel stays inside.
  case valid
  /// As much as keeps the size at stride 1; an even span puts the odd pixel behind.
  case same
  /// This many pixels on each side.
  case pixels(Pair)

  /// So many pixels on each side.
  public init(integerLiteral value: Int) { self = .pixels(Pair(value, value)) }

  /// How a kernel slides over a picture that is framed so.
  ///
  /// - Parameter layer: who is to be named where the sizes are impossible.
  func geometry(
    kernel: Pair, stride: Pair, dilation: Pair, groups: Int, of layer: @autoclosure () -> String
  ) -> ConvolutionGeometry {
    let least = [kernel, stride, dilation].flatMap { [$0.height, $0.width] }.min() ?? 0
    require(
      least > 0, "\(layer()): kernel \(kernel), stride \(stride) and dilation \(dilation) must be positive")
    let room = Pair((kernel.height - 1) * dilation.height, (kernel.width - 1) * dilation.width)
    let (before, after): (Pair, Pair) =
      switch self {
      case .valid: (0, 0)
      case .pixels(let pixels): (pixels, pixels)
      case .same:
        (
          Pair(room.height / 2, room.width / 2),
          Pair(room.height - room.height / 2, room.width - room.width / 2)
        )
      }
    require(before.height >= 0 && before.width >= 0, "\(layer()): the padding \(before) is negative")
    return ConvolutionGeometry(
      kernel: kernel, stride: stride, paddingBefore: before, paddingAfter: after, dilation: dilation, groups: groups)
  }
}

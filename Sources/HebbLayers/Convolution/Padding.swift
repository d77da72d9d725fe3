import HebbArrays

/// Zeros around a picture.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// None: the kernel stays inside.
  case valid
  /// As much as keeps the size at stride 1; an even span puts the odd pixel behind.
  case same
  /// This many pixels on each side.
  case pixels(Pair)

  public init(integerLiteral value: Int) { self = .pixels(Pair(value, value)) }

  /// How a kernel slides over a picture that is framed so.
  func geometry(kernel: Pair, stride: Pair, dilation: Pair, groups: Int) -> ConvolutionGeometry {
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
    return ConvolutionGeometry(
      kernel: kernel, stride: stride, paddingBefore: before, paddingAfter: after, dilation: dilation, groups: groups)
  }
}

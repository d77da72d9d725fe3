import HebbArrays

/// How the weights of a layer begin.
///
/// Sizes are given as the inputs (`fanIn`) and outputs (`fanOut`) of one unit; for a convolution each is multiplied by the
/// kernel's area.
public struct Initializer: Sendable {
  private let draw: @Sendable (Shape, _ fanIn: Int, _ fanOut: Int, inout Philox) -> NDArray

  /// An initialiser of your own.
  public init(_ draw: @escaping @Sendable (Shape, _ fanIn: Int, _ fanOut: Int, inout Philox) -> NDArray) {
    self.draw = draw
  }

  public func callAsFunction(_ shape: Shape, fanIn: Int, fanOut: Int, using random: inout Philox) -> NDArray {
    draw(shape, fanIn, fanOut, &random)
  }

  /// U(−1/√fanIn, 1/√fanIn): what PyTorch's linear and convolution layers begin with, biases too.
  public static let standard = Initializer { shape, fanIn, _, random in
    let bound = 1 / Double(max(1, fanIn)).squareRoot()
    return .uniform(shape, in: -bound...bound, using: &random)
  }
}

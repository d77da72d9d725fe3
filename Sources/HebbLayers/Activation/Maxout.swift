import HebbArrays
import HebbAutograd

/// The largest of each group of neighbouring features: behind a linear layer, a convex function that is learned.
///
///     Linear(784, 240 * 5, using: &random)
///     Maxout(pieces: 5)
///
/// - Input: `[…, units · pieces]`
/// - Output: `[…, units]`
/// - Source: Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, arXiv:1302.4389.
public struct Maxout: Layer {
  /// How many neighbouring features make one unit.
  public let pieces: Int

  /// Groups of so many neighbours, 1 or more, which must divide the features.
  public init(pieces: Int) {
    require(pieces > 0, "Maxout(pieces: \(pieces)): the number of pieces must be positive")
    self.pieces = pieces
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(
      x.rank > 0 && x.shape.innermost % pieces == 0,
      "\(self): the \(x.shape.innermost) features of the input \(x.shape) are not a multiple of \(pieces)")
    return x.maxout(pieces: pieces)
  }

  public var description: String { "Maxout(\(pieces) pieces)" }
}

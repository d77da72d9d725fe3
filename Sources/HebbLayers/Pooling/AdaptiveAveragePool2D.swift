import HebbArrays
import HebbAutograd

/// The mean of each of a given number of windows that cover the picture: the result has the same size for any input.
///
/// Window i of n covers the rows from ⌊i · height / n⌋ up to before ⌈(i + 1) · height / n⌉; columns likewise.
///
/// - Input: `[batch, height, width, channels]`
/// - Output: `[batch, size.height, size.width, channels]`
/// - Source: He, Zhang, Ren and Sun 2014, "Spatial pyramid pooling", arXiv:1406.4729.
public struct AdaptiveAveragePool2D: Layer {
  /// Height and width of the result.
  public let size: Pair

  /// Windows that make a picture of any size this large.
  public init(_ size: Pair) {
    require(size.height > 0 && size.width > 0, "AdaptiveAveragePool2D(\(size)): the size must be positive")
    self.size = size
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 4, "\(self): the input \(x.shape) is not [batch, height, width, channels]")
    require(x.shape[1] > 0 && x.shape[2] > 0, "\(self): the input \(x.shape) has no pixels")
    return x.adaptiveAveragePooled(rows: size.height, columns: size.width)
  }

  public var window: Window? { nil }

  public var description: String { "AdaptiveAveragePool2D(\(size))" }
}

import HebbArrays
import HebbAutograd

/// The largest element of each channel over the whole picture.
///
/// - Input: `[batch, height, width, channels]`
/// - Output: `[batch, channels]`
/// - Source: Lin, Chen and Yan 2014, "Network in network", arXiv:1312.4400.
public struct GlobalMaxPool2D: Layer {
  /// One window over the whole picture.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 4, "\(self): the input \(x.shape) is not [batch, height, width, channels]")
    require(x.shape[1] > 0 && x.shape[2] > 0, "\(self): the input \(x.shape) has no pixels")
    return x.globalMaxPooled()
  }

  public var window: Window? { nil }
}

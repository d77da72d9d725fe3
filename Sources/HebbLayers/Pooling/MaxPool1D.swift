import HebbArrays
import HebbAutograd

/// The largest element of each window of time.
///
/// - Input: `[batch, time, channels]`
/// - Output: `[batch, time′, channels]`, time′ = ⌊(time + 2p − k) / s⌋ + 1
public struct MaxPool1D: Layer {
  public let geometry: PoolGeometry  // of a picture of height 1

  /// - Parameter stride: how far the windows are apart; the kernel's size, where none is given.
  public init(_ kernel: Int, stride: Int? = nil, padding: Int = 0) {
    geometry = PoolGeometry(
      kernel: Pair(1, kernel), stride: Pair(1, stride ?? kernel), padding: Pair(0, padding),
      of: "MaxPool1D(\(kernel))")
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 3, "\(self): the input \(x.shape) is not [batch, time, channels]")
    let picture = x.reshaped(x.shape.inserting(1, at: 1))
    geometry.check(picture.shape, for: self)
    return picture.maxPooled(geometry).squeezed(1)
  }

  public var window: Window? { geometry.window }

  public var description: String { "MaxPool1D(\(geometry.text))" }
}

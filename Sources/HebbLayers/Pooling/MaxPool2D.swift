import HebbArrays
import HebbAutograd

/// The largest element of each window. The frame around a picture is never the largest.
///
///     y[n, i, j, c] = max over u, v of x[n, i·s + u − p, j·s + v − p, c]
///
/// - Input: `[batch, height, width, channels]`
/// - Output: `[batch, height′, width′, channels]`, height′ = ⌊(height + 2p − k) / s⌋ + 1
/// - Source: Weng, Ahuja and Huang 1992, "Cresceptron", doi:10.1109/IJCNN.1992.287150.
public struct MaxPool2D: Layer {
  /// Extent, stride and frame of the windows, in pixels.
  public let geometry: PoolGeometry

  /// - Parameter stride: how far the windows are apart; the kernel's size, where none is given.
  public init(_ kernel: Pair, stride: Pair? = nil, padding: Pair = 0) {
    geometry = PoolGeometry(kernel: kernel, stride: stride ?? kernel, padding: padding, of: "MaxPool2D(\(kernel))")
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    geometry.check(x.shape, for: self)
    return x.maxPooled(geometry)
  }

  public var window: Window? { geometry.window }

  public var description: String { "MaxPool2D(\(geometry.text))" }
}

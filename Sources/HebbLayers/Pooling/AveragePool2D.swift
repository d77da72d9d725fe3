import HebbArrays
import HebbAutograd

/// The mean of each window. The frame around a picture counts as zeros.
///
///     y[n, i, j, c] = mean over u, v of x[n, i·s + u − p, j·s + v − p, c]
///
/// - Input: `[batch, height, width, channels]`
/// - Output: `[batch, height′, width′, channels]`, height′ = ⌊(height + 2p − k) / s⌋ + 1
/// - Source: LeCun et al. 1998, doi:10.1109/5.726791.
public struct AveragePool2D: Layer {
  /// Extent, stride and frame of the windows, in pixels.
  public let geometry: PoolGeometry

  /// - Parameter stride: how far the windows are apart; the kernel's size, where none is given.
  public init(_ kernel: Pair, stride: Pair? = nil, padding: Pair = 0) {
    geometry = PoolGeometry(kernel: kernel, stride: stride ?? kernel, padding: padding, of: "AveragePool2D(\(kernel))")
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    geometry.check(x.shape, for: self)
    return x.averagePooled(geometry, countsPadding: true)
  }

  public var window: Window? { geometry.window }

  public var description: String { "AveragePool2D(\(geometry.text))" }
}

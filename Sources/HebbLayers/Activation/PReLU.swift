import HebbArrays
import HebbAutograd

/// A rectifier with learned slopes below 0: x where x > 0, else slope · x.
///
/// - Input: `[…, channels]`, or any shape where there is one slope for all
/// - Output: the same
/// - Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852.
public struct PReLU: Layer {
  /// One slope for all channels, or one for each. Weight decay would turn them towards 0 and leaves them alone.
  public let slopes: Parameter  // [1] or [channels]

  public var members: Members { ["slopes": slopes] }

  /// Slopes that begin alike.
  ///
  /// - Parameters:
  ///   - channels: the extent of the last axis, or 1 for one slope for all.
  ///   - slope: where each begins.
  public init(_ channels: Int = 1, slope: Double = 0.25) {
    require(channels > 0, "PReLU(\(channels)): the number of slopes must be positive")
    slopes = Parameter(.full([channels], slope), role: .normalization)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    let count = slopes.shape[0]
    require(
      count == 1 || x.shape.innermost == count, "\(self): the input \(x.shape) does not end in \(count) channels")
    return x.prelu(slopes.tensor)
  }

  public var description: String { slopes.shape[0] == 1 ? "PReLU" : "PReLU(\(slopes.shape[0]))" }
}

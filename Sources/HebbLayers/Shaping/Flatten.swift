import HebbArrays
import HebbAutograd

/// Everything of a sample in one axis, the last axis fastest: a picture's channels stay together.
///
/// - Input: `[batch, …]`
/// - Output: `[batch, features]`
public struct Flatten: Layer {
  /// All axes but the first become one.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank > 0, "Flatten: the input \(x.shape) has no batch")
    return x.reshaped([x.shape[0], x.shape.removing(0).count])
  }

  public var window: Window? { nil }
}

import HebbArrays
import HebbAutograd

/// The last step of sequences of one length.
///
/// - Input: `[batch, time, features]`
/// - Output: `[batch, features]`
public struct LastStep: Layer {
  /// The last step alone.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 3 && x.shape[1] > 0, "\(self): the input \(x.shape) is not [batch, time, features]")
    return x.sliced(axis: 1, from: x.shape[1] - 1, to: x.shape[1]).squeezed(1)
  }

  public var window: Window? { nil }
}

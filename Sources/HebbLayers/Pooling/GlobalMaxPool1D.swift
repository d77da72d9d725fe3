import HebbArrays
import HebbAutograd

/// The largest value of each channel over all time: many steps to one vector.
///
/// - Input: `[batch, time, channels]`
/// - Output: `[batch, channels]`
/// - Source: Collobert et al. 2011, arXiv:1103.0398, max over time.
public struct GlobalMaxPool1D: Layer {
  /// One window over all steps.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 3 && x.shape[1] > 0, "\(self): the input \(x.shape) is not [batch, time, channels]")
    return x.expanded(at: 1).globalMaxPooled()
  }

  /// The same for sequences of their own lengths, each from 1: what lies behind an end counts nothing.
  public func callAsFunction(_ x: Tensor, lengths: [Int]) -> Tensor {
    let mask = stepMask(lengths, of: x.shape, in: self).cast(to: x.dtype)
    return callAsFunction(Tensor.select(mask, x, Tensor(.full([], -Double.infinity, dtype: x.dtype))))
  }

  public var window: Window? { nil }
}

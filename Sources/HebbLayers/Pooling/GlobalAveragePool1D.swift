import HebbArrays
import HebbAutograd

/// The mean of each channel over all time: many steps to one vector.
///
/// - Input: `[batch, time, channels]`
/// - Output: `[batch, channels]`
/// - Source: Wang, Yan and Oates 2017, arXiv:1611.06455.
public struct GlobalAveragePool1D: Layer {
  /// One window over all steps.
  public init() {}

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 3 && x.shape[1] > 0, "\(self): the input \(x.shape) is not [batch, time, channels]")
    return x.expanded(at: 1).globalAveragePooled()
  }

  /// The same for sequences of their own lengths, each from 1: what lies behind an end counts nothing.
  public func callAsFunction(_ x: Tensor, lengths: [Int]) -> Tensor {
    let mask = stepMask(lengths, of: x.shape, in: self).cast(to: x.dtype)
    let share = NDArray(lengths.map { 1 / Float($0) }, shape: [lengths.count, 1]).cast(to: x.dtype)
    return Tensor.select(mask, x, Tensor(.zeros([], dtype: x.dtype))).sum(axes: [1]) * Tensor(share)
  }

  public var window: Window? { nil }
}

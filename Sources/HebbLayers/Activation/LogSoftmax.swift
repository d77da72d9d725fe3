import HebbAutograd

/// The logarithm of ``Softmax`` along the last axis: xᵢ − log Σⱼ eˣʲ.
///
/// - Source: Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
public struct LogSoftmax: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.logSoftmax() }
}

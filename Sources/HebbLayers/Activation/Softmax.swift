import HebbAutograd

/// Positive numbers that sum to 1 along the last axis: eˣⁱ / Σⱼ eˣʲ.
///
/// A network that is trained with ``Loss/crossEntropy`` ends in the logits, without a softmax.
///
/// - Source: Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
public struct Softmax: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.softmax() }
}

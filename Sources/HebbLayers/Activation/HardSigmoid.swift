import HebbAutograd

/// A sigmoid of three straight lines: min(1, max(0, x / 6 + 1/2)).
///
/// - Source: Courbariaux, Bengio and David 2015, arXiv:1511.00363; the slope as in PyTorch.
public struct HardSigmoid: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.hardSigmoid() }
}

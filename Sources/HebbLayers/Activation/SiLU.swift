import HebbAutograd

/// The sigmoid linear unit, also called swish: x σ(x).
///
/// - Source: Elfwing, Uchibe and Doya 2018, arXiv:1702.03118.
public struct SiLU: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.silu() }
}

import HebbArrays
import HebbAutograd

/// The logistic function: σ(x) = 1 / (1 + e⁻ˣ).
///
/// - Source: Verhulst 1845, "Recherches mathématiques sur la loi d'accroissement de la population".
public struct Sigmoid: Layer, Fusible {
  static let fused = FusedActivation.sigmoid

  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.sigmoid() }
}

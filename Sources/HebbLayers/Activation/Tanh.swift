import HebbArrays
import HebbAutograd

/// The hyperbolic tangent.
///
/// - Source: LeCun, Bottou, Orr and Müller 1998, "Efficient backprop", doi:10.1007/3-540-49430-8_2.
public struct Tanh: Layer, Fusible {
  static let fused = FusedActivation.tanh

  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.tanh() }
}

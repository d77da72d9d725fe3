import HebbArrays
import HebbAutograd

/// The rectifier: max(0, x).
///
/// - Source: Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines".
public struct ReLU: Layer, Fusible {
  static let fused = FusedActivation.relu

  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.relu() }
}

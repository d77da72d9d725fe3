import HebbAutograd

/// A smooth rectifier: log(1 + eˣ).
///
/// - Source: Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, "Incorporating second-order functional knowledge".
public struct Softplus: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.softplus() }
}

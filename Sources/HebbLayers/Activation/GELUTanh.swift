import HebbAutograd

/// The Gaussian error linear unit by its tanh form: x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
///
/// - Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
public struct GELUTanh: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.geluTanh() }
}

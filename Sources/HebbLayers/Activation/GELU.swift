import HebbAutograd

/// The Gaussian error linear unit: x Φ(x), where Φ(x) = (1 + erf(x / √2)) / 2.
///
/// ``GELUTanh`` is the form of BERT and GPT-2.
///
/// - Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
public struct GELU: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.gelu() }
}

import HebbAutograd

/// The self-normalising exponential linear unit: λ x where x > 0, else λ α (eˣ − 1), with λ = 1.0507… and α = 1.6733….
///
/// - Source: Klambauer, Unterthiner, Mayr and Hochreiter 2017, arXiv:1706.02515.
public struct SELU: Layer {
  /// There is nothing to choose.
  public init() {}
  public func callAsFunction(_ x: Tensor) -> Tensor { x.selu() }
}

import HebbAutograd

/// The exponential linear unit: x where x > 0, else α (eˣ − 1).
///
/// - Source: Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289.
public struct ELU: Layer {
  /// α: far below 0 the result goes to −α.
  public let alpha: Double

  /// - Parameter alpha: what the result goes to far below 0, with its sign turned.
  public init(alpha: Double = 1) { self.alpha = alpha }

  public func callAsFunction(_ x: Tensor) -> Tensor { x.elu(alpha: alpha) }

  public var description: String { alpha == 1 ? "ELU" : "ELU(\(alpha))" }
}

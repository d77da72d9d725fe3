import HebbArrays
import HebbAutograd

/// Keeps a step from going too far where the gradient is steep.
public enum Clipping: Sendable, Hashable {
  /// Shortens all gradients together where their Euclidean norm exceeds this, g ← g · min(1, limit / (‖g‖ + 10⁻⁶)).
  ///
  /// - Source: Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063; PyTorch's `clip_grad_norm_`.
  case norm(Double)
  /// Holds each element within ± this.
  case value(Double)
}

extension Gradients {
  /// The Euclidean norm of all gradients together, ‖g‖ = √Σ g².
  public var norm: Double {
    var sum = 0.0
    for value in values { sum += value.sumOfSquares().scalar }
    return sum.squareRoot()
  }
}

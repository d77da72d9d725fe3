import HebbArrays
import HebbAutograd

/// Dropout for sequences: in training a feature is dropped at all steps of a sequence or at none, so that a recurrent layer
/// does not see noise where there should be memory. In inference nothing happens.
///
///     y[n, t, f] = x[n, t, f] · keep[n, f] / (1 − p),  keep = 0 with probability p, else 1
///
/// - Input: `[batch, time, features]`
/// - Output: the same shape
/// - Source: Gal and Ghahramani 2016, arXiv:1512.05287.
public struct VariationalDropout: Layer {
  /// p, with which a feature is dropped in training.
  public let probability: Double

  /// Drops each feature with this probability, 0 or more and below 1.
  public init(_ probability: Double = 0.5) {
    require(
      probability >= 0 && probability < 1, "VariationalDropout(\(probability)): the probability is not in 0..<1")
    self.probability = probability
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank == 3, "\(self): the input \(x.shape) is not [batch, time, features]")
    guard Pass.phase == .training, probability > 0 else { return x }
    return x * Tensor(.ones(x.shape.replacing(1, with: 1), dtype: x.dtype)).dropped(probability: probability)
  }

  public var description: String { "VariationalDropout(\(probability))" }
}

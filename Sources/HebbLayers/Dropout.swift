import HebbArrays
import HebbAutograd

/// In training each element is 0 with a probability, and the others are scaled up so that their mean stays. In inference
/// nothing happens.
///
///     y = x · keep / (1 − p),  keep = 0 with probability p, else 1
///
/// - Input: any
/// - Output: the same shape
/// - Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
public struct Dropout: Layer {
  /// p, with which an element is 0 in training.
  public let probability: Double

  /// Drops each element with this probability, 0 or more and below 1.
  public init(_ probability: Double = 0.5) {
    require(probability >= 0 && probability < 1, "Dropout(\(probability)): the probability is not in 0..<1")
    self.probability = probability
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { x.dropped(probability: probability) }

  public var description: String { "Dropout(\(probability))" }
}

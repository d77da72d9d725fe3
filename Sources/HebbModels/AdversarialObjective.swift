import HebbArrays
import HebbAutograd
import HebbLayers

/// What the two networks of an adversarial training fight about.
public enum AdversarialObjective: Sendable, Hashable {
  /// The discriminator tells real from generated samples, the generator wants them to be taken for real.
  ///
  /// - Source: Goodfellow et al. 2014, arXiv:1406.2661, the non-saturating form.
  case standard
  /// The same with squares: the farther off, the more it counts.
  ///
  ///     D: ½ mean (D(x) − 1)² + ½ mean D(G(z))²          G: ½ mean (D(G(z)) − 1)²
  ///
  /// - Source: Mao et al. 2017, arXiv:1611.04076.
  case leastSquares
  /// The critic estimates how far the two distributions lie apart; its weights are held within ±clip.
  ///
  ///     D: mean D(G(z)) − mean D(x)          G: −mean D(G(z))
  ///
  /// - Parameter criticSteps: steps of the critic for each one of the generator.
  /// - Source: Arjovsky, Chintala and Bottou 2017, arXiv:1701.07875.
  case wasserstein(clip: Double, criticSteps: Int)

  /// Wasserstein with its authors' numbers.
  public static let wasserstein = AdversarialObjective.wasserstein(clip: 0.01, criticSteps: 5)

  /// What the discriminator makes small, from its judgements `[batch, 1]` of real and generated samples.
  public func discriminatorLoss(real: Tensor, fake: Tensor) -> Tensor {
    switch self {
    case .standard:
      let crossEntropy = Loss.binaryCrossEntropy
      return crossEntropy(real, .ones(real.shape)) + crossEntropy(fake, .zeros(fake.shape))
    case .leastSquares: return ((real - 1).squared().mean() + fake.squared().mean()) * 0.5
    case .wasserstein: return fake.mean() - real.mean()
    }
  }

  /// What the generator makes small, from the discriminator's judgements of its samples.
  public func generatorLoss(fake: Tensor) -> Tensor {
    switch self {
    case .standard: Loss.binaryCrossEntropy(fake, .ones(fake.shape))
    case .leastSquares: (fake - 1).squared().mean() * 0.5
    case .wasserstein: -fake.mean()
    }
  }

  /// Steps of the discriminator for each one of the generator.
  public var discriminatorSteps: Int {
    if case .wasserstein(_, let steps) = self { return max(1, steps) }
    return 1
  }

  /// The bound of the discriminator's weights; nil where they are free.
  public var clip: Double? {
    if case .wasserstein(let clip, _) = self { return clip }
    return nil
  }

  var name: String {
    switch self {
    case .standard: "standard"
    case .leastSquares: "least-squares"
    case .wasserstein(let clip, let steps): "wasserstein \(clip) \(steps)"
    }
  }
}

import HebbArrays
import HebbLayers

/// The generator of the first generative adversarial networks: fully connected layers.
///
/// - Input: noise `[batch, noise]`
/// - Output: samples `[batch, …]` in [−1, 1]
/// - Source: Goodfellow et al. 2014, arXiv:1406.2661; leaky rectifiers are of later use.
public struct GANGenerator: Model {
  public let layers: Sequential

  /// From so many random numbers to samples of a shape.
  public init(noise: Int = 64, sample: Shape, using random: inout Philox) {
    layers = Sequential {
      Linear(noise, 256, using: &random)
      LeakyReLU(slope: 0.2)
      Linear(256, 512, using: &random)
      LeakyReLU(slope: 0.2)
      Linear(512, sample.count, using: &random)
      Tanh()
      Reshape(Array(sample))
    }
  }
}

/// The discriminator of the first generative adversarial networks: fully connected layers.
///
/// - Input: samples `[batch, …]`
/// - Output: one logit a sample, `[batch, 1]`: positive for real ones
/// - Source: Goodfellow et al. 2014, arXiv:1406.2661.
public struct GANDiscriminator: Model {
  public let layers: Sequential

  /// For samples of a shape.
  public init(sample: Shape, using random: inout Philox) {
    layers = Sequential {
      Flatten()
      Linear(sample.count, 512, using: &random)
      LeakyReLU(slope: 0.2)
      Linear(512, 256, using: &random)
      LeakyReLU(slope: 0.2)
      Linear(256, 1, using: &random)
    }
  }
}

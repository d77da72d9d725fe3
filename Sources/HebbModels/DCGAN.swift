import HebbArrays
import HebbLayers

/// The generator of a deep convolutional generative adversarial network for 28×28 pictures.
///
/// - Input: noise `[batch, noise]`
/// - Output: pictures `[batch, 28, 28, channels]` in [−1, 1]
/// - Source: Radford, Metz and Chintala 2015, arXiv:1511.06434.
public struct DCGANGenerator: Model {
  public let layers: Sequential

  public init(noise: Int = 64, channels: Int = 1, using random: inout Philox) {
    layers = Sequential {
      Linear(noise, 7 * 7 * 128, using: &random)
      Reshape([7, 7, 128])
      BatchNorm(128)
      ReLU()
      ConvTranspose2D(128, 64, kernel: 4, stride: 2, padding: 1, using: &random)
      BatchNorm(64)
      ReLU()
      ConvTranspose2D(64, channels, kernel: 4, stride: 2, padding: 1, using: &random)
      Tanh()
    }
  }
}

/// The discriminator of a deep convolutional generative adversarial network for 28×28 pictures.
///
/// - Input: pictures `[batch, 28, 28, channels]`
/// - Output: one logit a picture, `[batch, 1]`: positive for real ones
/// - Source: Radford, Metz and Chintala 2015, arXiv:1511.06434.
public struct DCGANDiscriminator: Model {
  public let layers: Sequential

  public init(channels: Int = 1, using random: inout Philox) {
    layers = Sequential {
      Conv2D(channels, 64, kernel: 4, stride: 2, padding: 1, using: &random)
      LeakyReLU(slope: 0.2)
      Conv2D(64, 128, kernel: 4, stride: 2, padding: 1, using: &random)
      BatchNorm(128)
      LeakyReLU(slope: 0.2)
      Flatten()
      Linear(7 * 7 * 128, 1, using: &random)
    }
  }
}

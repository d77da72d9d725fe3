import HebbArrays
import HebbLayers

// Both networks begin as their authors let them: every weight N(0, 0.02²), which keeps the first steps of the two even.
private let small = Initializer.normal(0.02)

/// The generator of a deep convolutional generative adversarial network for small square pictures.
///
/// - Input: noise `[batch, noise]`
/// - Output: pictures `[batch, side, side, channels]` in [−1, 1]
/// - Source: Radford, Metz and Chintala 2015, arXiv:1511.06434.
public struct DCGANGenerator: Model {
  public let layers: Sequential

  /// - Parameters:
  ///   - noise: numbers that a picture is made of, one-hot labels included.
  ///   - side: height and width, a multiple of 4.
  public init(noise: Int = 64, side: Int = 28, channels: Int = 1, using random: inout Philox) {
    require(side > 0 && side % 4 == 0, "DCGANGenerator(side: \(side)): the side must be a multiple of 4")
    let quarter = side / 4
    layers = Sequential {
      Linear(noise, quarter * quarter * 128, initializer: small, using: &random)
      Reshape([quarter, quarter, 128])
      BatchNorm(128)
      ReLU()
      ConvTranspose2D(128, 64, kernel: 4, stride: 2, padding: 1, initializer: small, using: &random)
      BatchNorm(64)
      ReLU()
      ConvTranspose2D(64, channels, kernel: 4, stride: 2, padding: 1, initializer: small, using: &random)
      Tanh()
    }
  }
}

/// The discriminator of a deep convolutional generative adversarial network for small square pictures.
///
/// - Input: pictures `[batch, side, side, channels]`
/// - Output: one logit a picture, `[batch, 1]`: positive for real ones
/// - Source: Radford, Metz and Chintala 2015, arXiv:1511.06434.
public struct DCGANDiscriminator: Model {
  public let layers: Sequential

  /// - Parameters:
  ///   - channels: those of a picture, and one for each class where it sees labels.
  ///   - side: height and width, a multiple of 4.
  public init(channels: Int = 1, side: Int = 28, using random: inout Philox) {
    require(side > 0 && side % 4 == 0, "DCGANDiscriminator(side: \(side)): the side must be a multiple of 4")
    layers = Sequential {
      Conv2D(channels, 64, kernel: 4, stride: 2, padding: 1, initializer: small, using: &random)
      LeakyReLU(slope: 0.2)
      Conv2D(64, 128, kernel: 4, stride: 2, padding: 1, initializer: small, using: &random)
      BatchNorm(128)
      LeakyReLU(slope: 0.2)
      Flatten()
      Linear(side / 4 * (side / 4) * 128, 1, initializer: small, using: &random)
    }
  }
}

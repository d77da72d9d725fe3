import HebbArrays
import HebbLayers

/// LeNet-5 with ReLU and max pooling: two convolutions, then three fully connected layers.
///
/// - Input: `[batch, 28, 28, channels]`
/// - Output: logits `[batch, classes]`
/// - Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", doi:10.1109/5.726791; the
///   rectifier and max pooling are of later use.
public struct LeNet: Model {
  public let layers: Sequential

  /// For pictures of 28 × 28 pixels with so many channels.
  public init(channels: Int = 1, classes: Int = 10, using random: inout Philox) {
    layers = Sequential {
      Conv2D(channels, 6, kernel: 5, padding: 2, using: &random)
      ReLU()
      MaxPool2D(2)
      Conv2D(6, 16, kernel: 5, using: &random)
      ReLU()
      MaxPool2D(2)
      Flatten()
      Linear(400, 120, using: &random)
      ReLU()
      Linear(120, 84, using: &random)
      ReLU()
      Linear(84, classes, using: &random)
    }
  }
}

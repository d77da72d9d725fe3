import HebbArrays
import HebbLayers

/// The residual network for small pictures: 6n + 2 layers in three stages of 16, 32 and 64 channels.
///
/// A stage that halves the picture has a 1×1 convolution as its shortcut.
///
/// - Input: `[batch, height, width, channels]`, 32×32 in the paper
/// - Output: logits `[batch, classes]`
/// - Source: He et al. 2015, "Deep residual learning for image recognition", section 4.2, arXiv:1512.03385.
public struct ResNet: Model {
  public let layers: Sequential

  /// - Parameters:
  ///   - blocks: n, the residual blocks of a stage: 3 gives ResNet-20.
  ///   - residual: whether the blocks have shortcuts; without them it is the plain network of the same depth.
  public init(
    blocks: Int = 3, channels: Int = 3, classes: Int = 10, residual: Bool = true, using random: inout Philox
  ) {
    layers = Sequential {
      Conv2D(channels, 16, kernel: 3, padding: 1, bias: false, using: &random)
      BatchNorm(16)
      ReLU()
      for (stage, width) in [16, 32, 64].enumerated() {
        for index in 0..<blocks {
          let stride = stage > 0 && index == 0 ? 2 : 1
          ResNet.block(stride == 1 ? width : width / 2, width, stride: stride, residual: residual, using: &random)
        }
      }
      GlobalAveragePool2D()
      Linear(64, classes, using: &random)
    }
  }

  private static func block(
    _ inputs: Int, _ outputs: Int, stride: Int, residual: Bool, using random: inout Philox
  ) -> [any Layer] {
    let body = Sequential {
      Conv2D(inputs, outputs, kernel: 3, stride: Pair(stride, stride), padding: 1, bias: false, using: &random)
      BatchNorm(outputs)
      ReLU()
      Conv2D(outputs, outputs, kernel: 3, padding: 1, bias: false, using: &random)
      BatchNorm(outputs)
    }
    guard residual else { return [body, ReLU()] }
    guard stride != 1 || inputs != outputs else { return [Residual(body), ReLU()] }
    let shortcut = Sequential {
      Conv2D(inputs, outputs, kernel: 1, stride: Pair(stride, stride), bias: false, using: &random)
      BatchNorm(outputs)
    }
    return [Residual(body, shortcut: shortcut), ReLU()]
  }
}

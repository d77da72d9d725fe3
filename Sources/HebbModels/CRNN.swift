import HebbArrays
import HebbAutograd
import HebbLayers

/// The convolutional recurrent network for text in pictures: seven convolutions make a sequence of a line, two bidirectional
/// LSTM layers read it, and CTC finds the text.
///
///     convolutions   64, 128, 256, 256, 512, 512 (3×3), 512 (2×2); the third, fifth and seventh normalised
///     poolings       2×2 twice, then twice two rows into one with steps of one column
///     recurrent      2 × bidirectional LSTM of 256 units
///
/// - Input: `[batch, 32, width, 1]`
/// - Output: `[batch, width / 4 + 1, characters + 1]`
/// - Source: Shi, Bai and Yao 2015, "An end-to-end trainable neural network for image-based sequence recognition",
///   arXiv:1507.05717.
public struct CRNN: LineNetwork {
  /// The seven convolutions with their rectifiers, the third, fifth and seventh normalised.
  public let blocks: [Sequential]
  /// What follows each of the blocks.
  public let pools: [MaxPool2D?]
  /// Two bidirectional LSTM layers over the columns that are left.
  public let reader: Stacked
  public let output: Linear

  public var members: Members { ["blocks": Sequential(blocks), "reader": reader, "output": output] }

  /// - Parameters:
  ///   - classes: the characters and the blank.
  ///   - channels: of the first convolution; the others have 2, 4 and 8 times as many.
  ///   - units: of each direction of the recurrent layers.
  public init(classes: Int, channels: Int = 64, units: Int = 256, dropout: Double = 0, using random: inout Philox) {
    let narrow = MaxPool2D(2, stride: Pair(2, 1), padding: Pair(0, 1))
    let plan: [(outputs: Int, isNormalized: Bool, pool: MaxPool2D?)] = [
      (1, false, MaxPool2D(2)), (2, false, MaxPool2D(2)), (4, true, nil), (4, false, narrow), (8, true, nil),
      (8, false, narrow), (8, true, nil),
    ]
    var inputs = 1
    blocks = plan.enumerated().map { index, block in
      let (outputs, isLast) = (block.outputs * channels, index == plan.count - 1)
      let convolution = Conv2D(
        inputs, outputs, kernel: isLast ? 2 : 3, padding: isLast ? 0 : 1, initializer: .heNormal, using: &random)
      inputs = outputs
      let norm: [any Layer] = block.isNormalized ? [BatchNorm(outputs)] : []
      return Sequential([convolution] + norm + [ReLU()])
    }
    pools = plan.map(\.pool)
    reader = Stacked(
      [8 * channels, 2 * units].map { features in
        Bidirectional(LSTM(features, units, using: &random), LSTM(features, units, using: &random))
      }, dropout: dropout)
    output = Linear(2 * units, classes, using: &random)
  }

  public func steps(_ width: Int) -> Int { width / 4 + 1 }

  public func callAsFunction(_ x: Tensor, widths: [Int]? = nil) -> Tensor {
    LineNetworks.check(x, widths, "CRNN")
    var (y, columns) = (x, widths)
    for (index, block) in blocks.enumerated() {
      y = block(y)
      // The last kernel is two columns wide and stays inside.
      if index == blocks.count - 1 { columns = columns?.map { $0 - 1 } }
      // Before pooling, whose windows reach over a line's end.
      if let mask = LineNetworks.mask(columns, of: y.shape[2]) { y = y * mask }
      guard let pool = pools[index] else { continue }
      y = pool(y)
      columns = columns?.map { pool.geometry.columns.stride == 2 ? $0 / 2 : $0 + 1 }
    }
    return output(reader.run(y.squeezed(1), lengths: columns).outputs)
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers

/// A small convolutional recurrent network for text in pictures: the reader that is used unless another is asked for.
///
///     block      pool(max(0, norm(x ∗ w)))
///     sequence   the last two rows of what the blocks find become one by a 2×3 convolution
///     recurrent  bidirectional GRU
///
/// Only the first two blocks halve the width; the next two halve the height alone, so that narrow letters keep steps of their
/// own.
///
/// CTC needs a step for each letter and a blank between equal ones, so that two narrow letters, as in “ll”, may need more than
/// the four columns of a step. With two readings a step, its first half and its second half are read apart at no cost but that
/// of the last layer.
///
/// - Input: `[batch, 32, width, 1]`
/// - Output: `[batch, readings × width / 4, characters + 1]`
/// - Source: after Shi, Bai and Yao 2015, arXiv:1507.05717, with fewer and normalised convolutions and GRU.
public struct CompactCRNN: LineNetwork {
  public let blocks: [Sequential]
  public let reader: Bidirectional
  public let output: Linear
  public let readings: Int
  /// What is dropped in training of what the recurrent layer reads and gives.
  public let dropout: Double

  public var members: Members { ["blocks": Sequential(blocks), "reader": reader, "output": output] }

  /// - Parameters:
  ///   - classes: the characters and the blank.
  ///   - channels: of the five convolutions.
  ///   - units: of each direction of the recurrent layer.
  ///   - readings: of each four columns.
  public init(
    classes: Int, channels: [Int] = [32, 64, 128, 192, 192], units: Int = 96, readings: Int = 1, dropout: Double = 0,
    using random: inout Philox
  ) {
    require(readings > 0, "CompactCRNN: \(readings) readings a step")
    require(channels.count == 5, "CompactCRNN: \(channels.count) convolutions instead of 5")
    let pools = [Pair(2, 2), Pair(2, 2), Pair(2, 1), Pair(2, 1)]
    var inputs = 1
    blocks = channels.enumerated().map { index, outputs in
      let isLast = index == channels.count - 1
      let convolution = Conv2D(
        inputs, outputs, kernel: isLast ? Pair(2, 3) : 3, padding: isLast ? .pixels(Pair(0, 1)) : 1, bias: false,
        initializer: .heNormal, using: &random)
      inputs = outputs
      return Sequential([convolution, BatchNorm(outputs), ReLU()] + (isLast ? [] : [MaxPool2D(pools[index])]))
    }
    reader = Bidirectional(GRU(inputs, units, using: &random), GRU(inputs, units, using: &random))
    output = Linear(2 * units, readings * classes, using: &random)
    (self.readings, self.dropout) = (readings, dropout)
  }

  public func steps(_ width: Int) -> Int { width / 4 * readings }

  public func callAsFunction(_ x: Tensor, widths: [Int]? = nil) -> Tensor {
    LineNetworks.check(x, widths, "CompactCRNN")
    var (y, columns) = (x, widths)
    for (index, block) in blocks.enumerated() {
      y = block(y)
      if index < 2 { columns = columns?.map { $0 / 2 } }
      if let mask = LineNetworks.mask(columns, of: y.shape[2]) { y = y * mask }
    }
    let found = y.squeezed(1).dropped(probability: dropout)
    let logits = output(reader.run(found, lengths: columns).outputs.dropped(probability: dropout))
    return logits.reshaped([logits.shape[0], logits.shape[1] * readings, logits.shape[2] / readings])
  }
}

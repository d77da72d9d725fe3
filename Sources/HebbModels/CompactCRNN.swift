import HebbArrays
import HebbAutograd
import HebbLayers

/// A small convolutional recurrent network for text in pictures: the reader that is used unless another is asked for.
///
///     sequence   five normalised convolutions, a step for every four columns
///     recurrent  bidirectional GRU
///
/// CTC needs a step for each letter and a blank between equal ones, so that two narrow letters, as in “ll”, may need more than
/// the four columns of a step. With two readings a step, its first half and its second half are read apart at no cost but that
/// of the last layer.
///
/// - Input: `[batch, 32, width, 1]`
/// - Output: `[batch, readings × width / 4, characters + 1]`
/// - Source: after Shi, Bai and Yao 2015, arXiv:1507.05717, with fewer and normalised convolutions and GRU.
public struct CompactCRNN: LineNetwork {
  /// Five normalised convolutions: `[batch, 32, width, 1]` → `[batch, 1, width / 4, channels]`.
  public let blocks: [Sequential]
  /// A GRU in both directions over the steps that they find.
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
    blocks = LineConvolutions(channels, "CompactCRNN", using: &random).blocks
    let inputs = channels[channels.count - 1]
    reader = Bidirectional(GRU(inputs, units, using: &random), GRU(inputs, units, using: &random))
    output = Linear(2 * units, readings * classes, using: &random)
    (self.readings, self.dropout) = (readings, dropout)
  }

  public func steps(_ width: Int) -> Int { width / 4 * readings }

  public func callAsFunction(_ x: Tensor, widths: [Int]? = nil) -> Tensor {
    LineNetworks.check(x, widths, "CompactCRNN")
    let (steps, lengths) = LineConvolutions.sequence(blocks, x, widths: widths)
    let found = steps.dropped(probability: dropout)
    let logits = output(reader.run(found, lengths: lengths).outputs.dropped(probability: dropout))
    return logits.reshaped([logits.shape[0], logits.shape[1] * readings, logits.shape[2] / readings])
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that reads speech: convolutions over time and frequency, a recurrent layer in both directions, and for every
/// step the logits of the labels and of the blank, for CTC.
///
///     block      max(0, norm(x ∗ w)), every second frequency; the first block also every second step
///     logits     [forward GRU, backward GRU] of what the blocks find at a step, times W
///
/// What lies behind a sequence's end is kept at zero, so that a sequence gives the same in any batch.
///
/// - Input: `[batch, time, features]`, such as those of `LogMel`
/// - Output: `[batch, ⌈time / 2⌉, labels + 1]`, class 0 the blank
/// - Source: Amodei et al. 2015, "Deep Speech 2", arXiv:1512.02595; CTC: Graves et al. 2006, doi:10.1145/1143844.1143891.
public struct SpeechCRNN: Module {
  /// Normalised 3×3 convolutions over time and frequency, each with its rectifier.
  public let blocks: [Sequential]
  /// A GRU in both directions over what they find at a step.
  public let reader: Bidirectional
  /// W `[2 · units, labels + 1]`.
  public let output: Linear
  /// What is dropped in training of the recurrent layer's inputs and outputs.
  public let dropout: Double

  public var members: Members {
    ["blocks": Sequential(blocks), "reader": reader, "output": output]
  }

  /// - Parameters:
  ///   - labels: how many there are, without the blank.
  ///   - channels: of each block.
  ///   - units: of each direction of the recurrent layer.
  public init(
    features: Int, labels: Int, channels: [Int] = [32, 48, 64], units: Int = 96, dropout: Double = 0,
    using random: inout Philox
  ) {
    require(!channels.isEmpty && features > 0, "SpeechCRNN: \(features) features, blocks of \(channels) channels")
    var blocks: [Sequential] = []
    var (inputs, width) = (1, features)
    for outputs in channels {
      let stride = Pair(blocks.isEmpty ? 2 : 1, 2)
      blocks.append(
        Sequential {
          Conv2D(inputs, outputs, kernel: 3, stride: stride, padding: 1, bias: false, using: &random)
          BatchNorm(outputs)
          ReLU()
        })
      (inputs, width) = (outputs, (width + 1) / 2)
    }
    self.blocks = blocks
    reader = Bidirectional(
      GRU(inputs * width, units, using: &random), GRU(inputs * width, units, using: &random))
    output = Linear(2 * units, labels + 1, using: &random)
    self.dropout = dropout
  }

  /// How many steps the logits of so many frames have.
  public static func steps(_ frames: Int) -> Int { (frames + 1) / 2 }

  /// The logits of a batch.
  ///
  /// - Parameter lengths: how many frames each sequence has; all of them where nil.
  public func callAsFunction(_ x: Tensor, lengths: [Int]? = nil) -> Tensor {
    require(x.rank == 3, "SpeechCRNN: the input \(x.shape) is not [batch, time, features]")
    let steps = lengths?.map(SpeechCRNN.steps)
    var y = x.expanded(at: 3)
    var mask: Tensor?
    for block in blocks {
      y = block(y)
      let shape = y.shape
      mask = mask ?? steps.map { SpeechCRNN.mask($0, time: shape[1]) }
      if let mask { y = y * mask }
    }
    let features = y.shape[2] * y.shape[3]
    let found = y.reshaped([y.shape[0], y.shape[1], features]).dropped(probability: dropout)
    return output(reader.run(found, lengths: steps).outputs.dropped(probability: dropout))
  }

  /// 1 at the steps of each sequence, 0 behind them: `[batch, time, 1, 1]`.
  private static func mask(_ steps: [Int], time: Int) -> Tensor {
    let elements = steps.flatMap { count in (0..<time).map { Float($0 < count ? 1 : 0) } }
    return Tensor(NDArray(elements, shape: [steps.count, time, 1, 1]))
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers

/// Describes pictures: convolutions see, and a recurrent decoder writes, looking at places of the picture before each word.
///
///     memory = convolutions(picture), a step for each place          h₀ = tanh(mean of memory · B)
///
/// - Source: Xu et al. 2015, "Show, attend and tell: neural image caption generation with visual attention",
///   arXiv:1502.03044, with soft attention and without its doubly stochastic penalty.
public struct PictureDescriber: Module {
  public let eye: Sequential  // pictures to `[batch, height, width, channels]`
  public let bridge: Linear  // B, from the mean of all places to the decoder's first state
  /// Writes the text, and looks at the places of the picture.
  public let decoder: AttentiveDecoder

  public var members: Members {
    Members(
      named: [("eye", eye)] + decoder.inputs + [("attention", decoder.attention), ("bridge", bridge)] + decoder.parts)
  }

  /// - Parameters:
  ///   - channels: of the convolutions one behind the other, each of which halves height and width.
  ///   - hidden: of the network that scores places.
  public init(
    vocabulary: Int, channels: [Int] = [32, 64, 96, 128], features: Int = 128, units: Int = 256, hidden: Int = 128,
    dropout: Double = 0, using random: inout Philox
  ) {
    require(!channels.isEmpty, "PictureDescriber: there are no convolutions")
    var layers: [any Layer] = []
    for (input, output) in zip([3] + channels, channels) {
      layers.append(
        Conv2D(input, output, kernel: 3, stride: 2, padding: .same, initializer: .heNormal, using: &random))
      layers.append(ReLU())
    }
    eye = Sequential(layers)
    let memory = channels[channels.count - 1]
    bridge = Linear(memory, units, using: &random)
    decoder = AttentiveDecoder(
      vocabulary, features: features, units: units, memory: memory,
      attention: AdditiveAttention(query: units, memory: memory, hidden: hidden, using: &random), looking: .before,
      dropout: dropout, table: nil, using: &random)
  }

  /// The logits of the tokens behind each token of the texts: `[batch, time, vocabulary]`.
  ///
  /// - Parameters:
  ///   - pictures: `[batch, height, width, 3]`.
  ///   - tokens: int32 `[batch, time]`.
  public func callAsFunction(_ pictures: Tensor, _ tokens: NDArray) -> Tensor {
    let (memory, start) = see(pictures)
    return decoder(tokens, looking: memory, from: start)
  }

  /// A writer of what one picture shows.
  ///
  /// - Parameter picture: `[1, height, width, 3]`.
  public func describing(_ picture: NDArray) -> RecurrentWriter {
    require(
      picture.rank == 4 && picture.shape[0] == 1, "PictureDescriber: a writer has one picture, not \(picture.shape)")
    let (memory, start) = see(Tensor(picture))
    return decoder.writing(memory: memory.value, from: start.value, members: members)
  }

  /// The places of pictures, and the state that the decoder begins with.
  private func see(_ pictures: Tensor) -> (memory: Tensor, start: Tensor) {
    require(
      pictures.rank == 4 && pictures.shape[3] == 3,
      "PictureDescriber: pictures \(pictures.shape), not [batch, height, width, 3]")
    let seen = eye(pictures)
    let memory = seen.reshaped([seen.shape[0], seen.shape[1] * seen.shape[2], seen.shape[3]])
    return (memory, bridge(memory.mean(axes: [1]), activation: .tanh))
  }
}

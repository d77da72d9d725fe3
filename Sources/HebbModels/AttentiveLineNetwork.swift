import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that writes the text of a line character by character, and looks at the places of the line as it does so.
///
///     sequence   five normalised convolutions, a step for every four columns
///     memory     bidirectional LSTM
///     start      tanh(last states of both directions · B)
///     text       before each character: c = attention(h, memory), h′ = GRU([E[character before], c], h)
///
/// Class 0 stands before the first character and behind the last. Unlike CTC it needs no step for each character, and what it
/// writes depends on what it has written; but it can lose its place in long lines.
///
/// - Source: Lee and Osindero 2016, "Recursive recurrent nets with attention modeling for OCR in the wild", arXiv:1603.03101;
///   Shi et al. 2016, "Robust scene text recognition with automatic rectification", arXiv:1603.03915, without rectification.
public struct AttentiveLineNetwork: Module {
  /// Five normalised convolutions: `[batch, 32, width, 1]` → `[batch, 1, width / 4, channels]`.
  public let blocks: [Sequential]
  /// Makes the memory of what they find, `[batch, width / 4, 2 · units]`.
  public let reader: Bidirectional
  public let bridge: Linear  // B, to the decoder's first state
  /// Writes the text, and looks at the memory.
  public let decoder: AttentiveDecoder
  /// What is dropped in training of what the recurrent layer reads and gives.
  public let dropout: Double

  public var members: Members {
    Members(
      named: [("blocks", Sequential(blocks)), ("reader", reader), ("bridge", bridge), ("attention", decoder.attention)]
        + decoder.inputs + decoder.parts)
  }

  /// - Parameters:
  ///   - classes: the characters, and class 0.
  ///   - channels: of the five convolutions.
  ///   - units: of each direction of the recurrent layer.
  ///   - features: of a character.
  ///   - state: the decoder's units.
  ///   - hidden: of the network that scores places.
  public init(
    classes: Int, channels: [Int] = [32, 64, 128, 192, 192], units: Int = 96, features: Int = 96, state: Int = 192,
    hidden: Int = 96, dropout: Double = 0, using random: inout Philox
  ) {
    blocks = LineConvolutions(channels, "AttentiveLineNetwork", using: &random).blocks
    let inputs = channels[channels.count - 1]
    reader = Bidirectional(LSTM(inputs, units, using: &random), LSTM(inputs, units, using: &random))
    bridge = Linear(2 * units, state, using: &random)
    decoder = AttentiveDecoder(
      classes, features: features, units: state, memory: 2 * units,
      attention: AdditiveAttention(query: state, memory: 2 * units, hidden: hidden, using: &random), looking: .before,
      dropout: dropout, table: nil, using: &random)
    self.dropout = dropout
  }

  /// How many places a line so many pixels wide has.
  public func steps(_ width: Int) -> Int { width / 4 }

  /// What the decoder looks at, `[batch, width / 4, features]`, and the state that it begins with.
  ///
  /// - Parameters:
  ///   - x: `[batch, 32, width, 1]`, ink 1 and paper 0.
  ///   - widths: how many columns each line has, multiples of 4; all of them where nil.
  public func encode(_ x: Tensor, widths: [Int]? = nil) -> (memory: Tensor, start: Tensor) {
    LineNetworks.check(x, widths, "AttentiveLineNetwork")
    let (steps, lengths) = LineConvolutions.sequence(blocks, x, widths: widths)
    let (memory, state) = reader.run(steps.dropped(probability: dropout), lengths: lengths)
    return (memory.dropped(probability: dropout), bridge(reader.summary(of: state), activation: .tanh))
  }

  /// The logits of the characters behind each of some, `[batch, time, classes]`.
  ///
  /// - Parameters:
  ///   - x: `[batch, 32, width, 1]`.
  ///   - text: int32 `[batch, time]`, 0 first.
  public func callAsFunction(_ x: Tensor, widths: [Int]? = nil, _ text: NDArray) -> Tensor {
    let (memory, start) = encode(x, widths: widths)
    let places = memory.shape[1]
    let mask = widths.map { widths in
      NDArray(
        widths.flatMap { width in (0..<places).map { Int32($0 < steps(width) ? 1 : 0) } },
        shape: [widths.count, places])
    }
    return decoder(text, looking: memory, mask: mask, from: start)
  }

  /// Writers of what lines say, one for each.
  public func reading(_ x: Tensor, widths: [Int]? = nil) -> [RecurrentWriter] {
    let (memory, start) = encode(x, widths: widths)
    return (0..<x.shape[0]).map { row in
      let line = memory.value[row..<row + 1].sliced(
        axis: 1, from: 0, to: widths.map { steps($0[row]) } ?? memory.shape[1])
      return decoder.writing(memory: line, from: start.value[row..<row + 1], members: members)
    }
  }
}

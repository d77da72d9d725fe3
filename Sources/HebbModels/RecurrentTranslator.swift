import HebbArrays
import HebbAutograd
import HebbLayers

/// A recurrent encoder and decoder that looks at the steps of the source that matter; see ``AttentiveDecoder``.
///
/// Where both texts are written with one vocabulary, one table can serve both embeddings and the output.
///
/// - Source: looking before each token: Bahdanau, Cho and Bengio 2015, arXiv:1409.0473; after it: Luong, Pham and Manning
///   2015, arXiv:1508.04025.
public struct RecurrentTranslator: Module {
  public let sourceEmbedding: Embedding  // [source vocabulary, features]
  /// Reads the source; what it gives at each step is the memory of the decoder.
  public let encoder: any RecurrentLayer
  public let bridge: Linear  // from the encoder's last state to the decoder's first
  /// Writes the target, and looks at the memory.
  public let decoder: AttentiveDecoder

  public var members: Members {
    Members(
      named: [("sourceEmbedding", sourceEmbedding)] + decoder.inputs
        + [("encoder", encoder), ("attention", decoder.attention), ("bridge", bridge)] + decoder.parts)
  }

  /// - Parameters:
  ///   - encoder: takes `features`; its outputs are what the decoder looks at.
  ///   - attention: of queries of `units` features to memories of the encoder's.
  ///   - dropout: what is dropped in training of embeddings and of what the output reads.
  ///   - sharesEmbeddings: whether one table serves both vocabularies, which must be one, and the output.
  public init(
    source: Int, target: Int, features: Int, units: Int, encoder: any RecurrentLayer, attention: any QueryAttention,
    looking: AttentiveDecoder.Looking = .before, dropout: Double = 0, sharesEmbeddings: Bool = false,
    using random: inout Philox
  ) {
    require(!sharesEmbeddings || source == target, "RecurrentTranslator: one table for \(source) and \(target) tokens")
    let initializer = sharesEmbeddings ? Initializer.normal(1 / Double(features).squareRoot()) : .normal(1)
    sourceEmbedding = Embedding(source, features, initializer: initializer, using: &random)
    self.encoder = encoder
    bridge = Linear(encoder.outputs, units, using: &random)
    decoder = AttentiveDecoder(
      target, features: features, units: units, memory: encoder.outputs, attention: attention, looking: looking,
      dropout: dropout, table: sharesEmbeddings ? sourceEmbedding : nil, using: &random)
  }

  /// What the decoder looks at, and the state that it begins with.
  ///
  /// - Parameters:
  ///   - source: int32 `[batch, source time]`.
  ///   - lengths: how many tokens each source has; all where nil.
  public func encode(_ source: NDArray, lengths: [Int]? = nil) -> (memory: Tensor, state: Tensor) {
    let (memory, state) = encoder.run(decoder.embedded(source, by: sourceEmbedding), lengths: lengths)
    return (memory, bridge(encoder.summary(of: state), activation: .tanh))
  }

  /// The logits of the tokens behind each token of the target: `[batch, time, target vocabulary]`.
  public func callAsFunction(_ source: NDArray, lengths: [Int]? = nil, _ target: NDArray) -> Tensor {
    let (memory, start) = encode(source, lengths: lengths)
    let mask = lengths.map { lengths in
      NDArray(
        lengths.flatMap { length in (0..<source.shape[1]).map { Int32($0 < length ? 1 : 0) } }, shape: source.shape)
    }
    return decoder(target, looking: memory, mask: mask, from: start)
  }

  /// A writer of what one source text becomes.
  ///
  /// - Parameter source: int32 `[1, source time]`.
  public func translating(_ source: NDArray) -> RecurrentWriter {
    require(
      source.rank == 2 && source.shape[0] == 1, "RecurrentTranslator: a writer has one source, not \(source.shape)")
    let (memory, state) = encode(source)
    return decoder.writing(memory: memory.value, from: state.value, members: members)
  }
}

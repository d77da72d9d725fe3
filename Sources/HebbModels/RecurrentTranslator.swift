import HebbArrays
import HebbAutograd
import HebbLayers

/// A recurrent encoder and decoder: before each token the decoder looks at the steps of the source that matter.
///
///     c = attention(h, memory)          h′ = GRU([E[token], c], h)          logits = [h′, c] W
///
/// - Source: Bahdanau, Cho and Bengio 2015, arXiv:1409.0473; with ``MultiplicativeAttention``: Luong, Pham and Manning 2015,
///   arXiv:1508.04025.
public struct RecurrentTranslator: Module {
  public let sourceEmbedding: Embedding
  public let targetEmbedding: Embedding
  public let encoder: any RecurrentLayer
  public let attention: any QueryAttention
  public let bridge: Linear  // from the encoder's last state to the decoder's first
  public let decoder: GRU
  public let output: Linear

  public var members: Members {
    [
      "sourceEmbedding": sourceEmbedding, "targetEmbedding": targetEmbedding, "encoder": encoder,
      "attention": attention, "bridge": bridge, "decoder": decoder, "output": output,
    ]
  }

  /// - Parameters:
  ///   - encoder: takes `features`; its outputs are what the decoder looks at.
  ///   - attention: of queries of `units` features to memories of the encoder's.
  public init(
    source: Int, target: Int, features: Int, units: Int, encoder: any RecurrentLayer, attention: any QueryAttention,
    using random: inout Philox
  ) {
    sourceEmbedding = Embedding(source, features, using: &random)
    targetEmbedding = Embedding(target, features, using: &random)
    (self.encoder, self.attention) = (encoder, attention)
    bridge = Linear(encoder.outputs, units, using: &random)
    decoder = GRU(features + encoder.outputs, units, using: &random)
    output = Linear(units + encoder.outputs, target, using: &random)
  }

  /// What the decoder looks at, and the state that it begins with.
  ///
  /// - Parameters:
  ///   - source: int32 `[batch, source time]`.
  ///   - lengths: how many tokens each source has; all where nil.
  public func encode(_ source: NDArray, lengths: [Int]? = nil) -> (memory: Tensor, state: Tensor) {
    let (memory, state) = encoder.run(sourceEmbedding(Tensor(source)), lengths: lengths)
    return (memory, bridge(encoder.summary(of: state), activation: .tanh))
  }

  /// The logits of the tokens behind each token of the target: `[batch, time, target vocabulary]`.
  public func callAsFunction(_ source: NDArray, lengths: [Int]? = nil, _ target: NDArray) -> Tensor {
    let (memory, start) = encode(source, lengths: lengths)
    let mask = lengths.map { lengths in
      NDArray(
        lengths.flatMap { length in (0..<source.shape[1]).map { Int32($0 < length ? 1 : 0) } }, shape: source.shape)
    }
    let words = targetEmbedding(Tensor(target))
    var state = start
    var logits: [Tensor] = []
    for t in 0..<target.shape[1] {
      let word = words.sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      let (y, after) = step(word, state, memory, mask)
      logits.append(y)
      state = after
    }
    return .stacked(logits, axis: 1)
  }

  fileprivate func step(
    _ word: Tensor, _ state: Tensor, _ memory: Tensor, _ mask: NDArray?
  ) -> (logits: Tensor, state: Tensor) {
    let context = attention(state, to: memory, mask: mask).context
    var after: RecurrentState? = RecurrentState([state])
    let h = decoder.step(.concatenated([word, context], axis: 1), &after)
    return (output(.concatenated([h, context], axis: 1)), h)
  }

  /// A writer of what one source text becomes.
  ///
  /// - Parameter source: int32 `[1, source time]`.
  public func translating(_ source: NDArray) -> RecurrentWriter {
    require(
      source.rank == 2 && source.shape[0] == 1, "RecurrentTranslator: a writer has one source, not \(source.shape)")
    let (memory, state) = encode(source)
    return RecurrentWriter(translator: self, memory: memory.value, start: state.value)
  }
}

/// A recurrent translator that has read its source: it writes what follows from it.
public struct RecurrentWriter: LanguageModel {
  public let translator: RecurrentTranslator
  /// The encoder's result `[1, source time, features]`, and the decoder's first state `[1, units]`.
  let memory: NDArray, start: NDArray

  public var members: Members { translator.members }
  public var reach: Int? { nil }

  public func read(_ tokens: NDArray, _ memory: inout NDArray?) -> NDArray {
    let rows = NDArray([Int32](repeating: 0, count: tokens.shape[0]))
    let source = Tensor(self.memory.gathered(rows: rows))
    let words = translator.targetEmbedding(Tensor(tokens))
    var state = Tensor(memory ?? start.gathered(rows: rows))
    var logits = Tensor(.zeros([]))
    for t in 0..<tokens.shape[1] {
      let word = words.sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      (logits, state) = translator.step(word, state, source, nil)
    }
    memory = state.value
    return logits.value
  }

  public func memory(_ memory: NDArray, of rows: [Int]) -> NDArray {
    memory.gathered(rows: NDArray(rows.map { Int32($0) }))
  }
}

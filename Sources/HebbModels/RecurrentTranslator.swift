import HebbArrays
import HebbAutograd
import HebbLayers

/// A recurrent encoder and decoder that looks at the steps of the source that matter.
///
///     before each token:    c = attention(h, memory)            h′ = GRU([E[token], c], h)
///     after each token:     h′ = GRU(E[token], h)               c = attention(h′, memory)
///     either way:           logits = tanh([h′, c, E[token]] R) W
///
/// Looking afterwards leaves the recurrence to itself, so that whole texts are learnt in a few large products. Where both
/// texts are written with one vocabulary, one table can serve both embeddings and Wᵀ.
///
/// - Source: before: Bahdanau, Cho and Bengio 2015, arXiv:1409.0473; after: Luong, Pham and Manning 2015, arXiv:1508.04025.
public struct RecurrentTranslator: Module {
  /// When the decoder looks at the source.
  public enum Looking: Sendable, Hashable { case before, after }

  public let sourceEmbedding: Embedding  // [source vocabulary, features]
  public let targetEmbedding: Embedding  // E [target vocabulary, features]
  public let encoder: any RecurrentLayer
  public let attention: any QueryAttention
  public let bridge: Linear  // from the encoder's last state to the decoder's first
  public let decoder: GRU
  public let readout: Linear  // R [units + memory + features, features]
  /// W [features, target vocabulary]; nil where Eᵀ stands for it.
  public let output: Linear?
  public let looking: Looking
  /// What is dropped in training of embeddings and of what the output reads.
  public let dropout: Double

  public var members: Members {
    [
      "sourceEmbedding": sourceEmbedding, "targetEmbedding": output == nil ? nil : targetEmbedding, "encoder": encoder,
      "attention": attention, "bridge": bridge, "decoder": decoder, "readout": readout, "output": output,
    ]
  }

  /// - Parameters:
  ///   - encoder: takes `features`; its outputs are what the decoder looks at.
  ///   - attention: of queries of `units` features to memories of the encoder's.
  ///   - sharesEmbeddings: whether one table serves both vocabularies, which must be one, and the output.
  public init(
    source: Int, target: Int, features: Int, units: Int, encoder: any RecurrentLayer, attention: any QueryAttention,
    looking: Looking = .before, dropout: Double = 0, sharesEmbeddings: Bool = false, using random: inout Philox
  ) {
    require(!sharesEmbeddings || source == target, "RecurrentTranslator: one table for \(source) and \(target) tokens")
    let initializer = sharesEmbeddings ? Initializer.normal(1 / Double(features).squareRoot()) : .normal(1)
    sourceEmbedding = Embedding(source, features, initializer: initializer, using: &random)
    targetEmbedding =
      sharesEmbeddings ? sourceEmbedding : Embedding(target, features, initializer: initializer, using: &random)
    (self.encoder, self.attention) = (encoder, attention)
    bridge = Linear(encoder.outputs, units, using: &random)
    decoder = GRU(looking == .before ? features + encoder.outputs : features, units, using: &random)
    readout = Linear(units + encoder.outputs + features, features, using: &random)
    output = sharesEmbeddings ? nil : Linear(features, target, using: &random)
    (self.looking, self.dropout) = (looking, dropout)
  }

  /// What the decoder looks at, and the state that it begins with.
  ///
  /// - Parameters:
  ///   - source: int32 `[batch, source time]`.
  ///   - lengths: how many tokens each source has; all where nil.
  public func encode(_ source: NDArray, lengths: [Int]? = nil) -> (memory: Tensor, state: Tensor) {
    let (memory, state) = encoder.run(embedded(source, by: sourceEmbedding), lengths: lengths)
    return (memory, bridge(encoder.summary(of: state), activation: .tanh))
  }

  /// The logits of the tokens behind each token of the target: `[batch, time, target vocabulary]`.
  public func callAsFunction(_ source: NDArray, lengths: [Int]? = nil, _ target: NDArray) -> Tensor {
    let (memory, start) = encode(source, lengths: lengths)
    let mask = lengths.map { lengths in
      NDArray(
        lengths.flatMap { length in (0..<source.shape[1]).map { Int32($0 < length ? 1 : 0) } }, shape: source.shape)
    }
    let seen = Seen(memory: memory, keys: attention.keys(of: memory), mask: mask)
    return logits(read(target, seen, from: start))
  }

  /// What a decoder sees of a source.
  struct Seen {
    let memory: Tensor, keys: Tensor
    let mask: NDArray?
  }

  /// What a decoder makes of tokens, step by step: words, states and contexts `[batch, time, …]`.
  struct Reading {
    let words: Tensor, states: Tensor, contexts: Tensor
    /// How much each step looks at each step of the source, `[batch, time, source time]`.
    let weights: [Tensor]
  }

  func read(_ tokens: NDArray, _ seen: Seen, from start: Tensor) -> Reading {
    let words = embedded(tokens, by: targetEmbedding)
    if looking == .after {
      let states = decoder.run(words, from: RecurrentState([start])).outputs
      let (contexts, weights) = attention(states, to: seen.memory, keys: seen.keys, mask: seen.mask)
      return Reading(words: words, states: states, contexts: contexts, weights: [weights])
    }
    var state: RecurrentState? = RecurrentState([start])
    var (h, states, contexts, weights) = (start, [Tensor](), [Tensor](), [Tensor]())
    for t in 0..<tokens.shape[1] {
      let (context, looks) = attention(h, to: seen.memory, keys: seen.keys, mask: seen.mask)
      let word = words.sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      h = decoder.step(.concatenated([word, context], axis: 1), &state)
      states.append(h)
      contexts.append(context)
      weights.append(looks.expanded(at: 1))
    }
    return Reading(
      words: words, states: .stacked(states, axis: 1), contexts: .stacked(contexts, axis: 1), weights: weights)
  }

  func logits(_ reading: Reading) -> Tensor {
    let seen = Tensor.concatenated([reading.states, reading.contexts, reading.words], axis: -1)
    let t = readout(seen, activation: .tanh).dropped(probability: dropout)
    return output?(t) ?? t.matmul(targetEmbedding.weight.tensor, transposingRight: true)
  }

  /// Rows of a table that serves as output too are short: they are brought to the length that others begin with.
  private func embedded(_ numbers: NDArray, by table: Embedding) -> Tensor {
    let rows = table(Tensor(numbers))
    let scale = Double(table.weight.shape[1]).squareRoot()
    return (output == nil ? rows * scale : rows).dropped(probability: dropout)
  }

  /// A writer of what one source text becomes.
  ///
  /// - Parameter source: int32 `[1, source time]`.
  public func translating(_ source: NDArray) -> RecurrentWriter {
    require(
      source.rank == 2 && source.shape[0] == 1, "RecurrentTranslator: a writer has one source, not \(source.shape)")
    let (memory, state) = encode(source)
    return RecurrentWriter(
      translator: self, memory: memory.value, keys: attention.keys(of: memory).value, start: state.value)
  }
}

/// A recurrent translator that has read its source: it writes what follows from it.
public struct RecurrentWriter: LanguageModel {
  public let translator: RecurrentTranslator
  /// The encoder's result `[1, source time, features]`, its keys, and the decoder's first state `[1, units]`.
  let memory: NDArray, keys: NDArray, start: NDArray

  public var members: Members { translator.members }
  public var reach: Int? { nil }

  public func read(_ tokens: NDArray, _ memory: inout NDArray?) -> NDArray {
    let rows = NDArray([Int32](repeating: 0, count: tokens.shape[0]))
    let reading = read(tokens, from: memory ?? start.gathered(rows: rows), rows)
    let last = tokens.shape[1] - 1
    memory = reading.states.value.sliced(axis: 1, from: last, to: last + 1).squeezed(1)
    return LanguageModels.last(translator.logits(reading))
  }

  public func memory(_ memory: NDArray, of rows: [Int]) -> NDArray {
    memory.gathered(rows: NDArray(rows.map { Int32($0) }))
  }

  /// How much the decoder looks at each token of the source as it writes what stands behind each of some tokens.
  ///
  /// - Parameter tokens: from the one that begins every text on.
  /// - Returns: `[tokens, source time]`, rows that sum to 1.
  public func attention(to tokens: [Int]) -> NDArray {
    let rows = NDArray([0 as Int32])
    return NDArray.concatenated(
      read(LanguageModels.rows([tokens]), from: start, rows).weights.map(\.value), axis: 1
    ).squeezed(0)
  }

  private func read(_ tokens: NDArray, from state: NDArray, _ rows: NDArray) -> RecurrentTranslator.Reading {
    let seen = RecurrentTranslator.Seen(
      memory: Tensor(memory.gathered(rows: rows)), keys: Tensor(keys.gathered(rows: rows)), mask: nil)
    return translator.read(tokens, seen, from: Tensor(state))
  }
}

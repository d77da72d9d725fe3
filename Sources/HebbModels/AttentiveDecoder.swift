import HebbArrays
import HebbAutograd
import HebbLayers

/// A recurrent network that writes a text, and looks at the steps of a memory as it does so: of another text, or of a picture.
///
///     before each token:    c = attention(h, memory)            h′ = GRU([E[token], c], h)
///     after each token:     h′ = GRU(E[token], h)               c = attention(h′, memory)
///     either way:           logits = tanh([h′, c, E[token]] R) W
///
/// Looking afterwards leaves the recurrence to itself, so that whole texts are learnt in a few large products. Eᵀ can stand
/// for W.
///
/// - Source: before: Bahdanau, Cho and Bengio 2015, arXiv:1409.0473; after: Luong, Pham and Manning 2015, arXiv:1508.04025.
public struct AttentiveDecoder: Sendable {
  /// When it looks: before each token, or after it.
  public enum Looking: Sendable, Hashable { case before, after }

  public let embedding: Embedding  // E [vocabulary, features]
  /// Weighs the steps of the memory by the state of the recurrence.
  public let attention: any QueryAttention
  /// The recurrence: it reads [E[token], c] where it looks before, E[token] where it looks after.
  public let cell: GRU
  public let readout: Linear  // R [units + memory + features, features]
  /// W [features, vocabulary]; nil where Eᵀ stands for it.
  public let output: Linear?
  /// Whether it looks before each token or after it.
  public let looking: Looking
  /// What is dropped in training of embeddings and of what the output reads.
  public let dropout: Double
  /// Whether the table belongs to another part of the network.
  private let isTableShared: Bool

  /// The table, where it is its own.
  var inputs: [(String, any Member)] { isTableShared ? [] : [("targetEmbedding", embedding)] }

  /// All other parts but the attention.
  var parts: [(String, any Member)] {
    [("decoder", cell), ("readout", readout)] + (output.map { [("output", $0)] } ?? [])
  }

  /// - Parameters:
  ///   - memory: how many features a step of the memory has.
  ///   - table: rows of another part of the network, which serve as E and Wᵀ here; a table and weights of its own where nil.
  init(
    _ vocabulary: Int, features: Int, units: Int, memory: Int, attention: any QueryAttention, looking: Looking,
    dropout: Double, table: Embedding?, using random: inout Philox
  ) {
    embedding = table ?? Embedding(vocabulary, features, using: &random)
    isTableShared = table != nil
    self.attention = attention
    cell = GRU(looking == .before ? features + memory : features, units, using: &random)
    readout = Linear(units + memory + features, features, using: &random)
    output = table == nil ? Linear(features, vocabulary, using: &random) : nil
    (self.looking, self.dropout) = (looking, dropout)
  }

  /// The logits of the tokens behind each token: `[batch, time, vocabulary]`.
  ///
  /// - Parameters:
  ///   - tokens: int32 `[batch, time]`.
  ///   - memory: what is looked at, `[batch, steps, features]`.
  ///   - mask: `[batch, steps]`, 0 for steps that are not to be seen.
  ///   - start: the first state, `[batch, units]`.
  func callAsFunction(_ tokens: NDArray, looking memory: Tensor, mask: NDArray? = nil, from start: Tensor) -> Tensor {
    logits(read(tokens, Seen(memory: memory, keys: attention.keys(of: memory), mask: mask), from: start))
  }

  /// What it sees.
  struct Seen {
    let memory: Tensor, keys: Tensor
    let mask: NDArray?
  }

  /// What it makes of tokens, step by step: words, states and contexts `[batch, time, …]`.
  struct Reading {
    let words: Tensor, states: Tensor, contexts: Tensor
    /// How much each step looks at each step of the memory, `[batch, time, steps]`, in one part or several.
    let weights: [Tensor]
  }

  func read(_ tokens: NDArray, _ seen: Seen, from start: Tensor) -> Reading {
    let words = embedded(tokens, by: embedding)
    if looking == .after {
      let states = cell.run(words, from: RecurrentState([start])).outputs
      let (contexts, weights) = attention(states, to: seen.memory, keys: seen.keys, mask: seen.mask)
      return Reading(words: words, states: states, contexts: contexts, weights: [weights])
    }
    var state: RecurrentState? = RecurrentState([start])
    var (h, states, contexts, weights) = (start, [Tensor](), [Tensor](), [Tensor]())
    for t in 0..<tokens.shape[1] {
      let (context, looks) = attention(h, to: seen.memory, keys: seen.keys, mask: seen.mask)
      let word = words.sliced(axis: 1, from: t, to: t + 1).squeezed(1)
      h = cell.step(.concatenated([word, context], axis: 1), &state)
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
    return output?(t) ?? t.matmul(embedding.weight.tensor, transposingRight: true)
  }

  /// Rows of a table that serves as output too are short: they are brought to the length that others begin with.
  func embedded(_ numbers: NDArray, by table: Embedding) -> Tensor {
    let rows = table(Tensor(numbers))
    let scale = Double(table.weight.shape[1]).squareRoot()
    return (output == nil ? rows * scale : rows).dropped(probability: dropout)
  }

  /// A writer of what belongs to one memory.
  ///
  /// - Parameters:
  ///   - memory: `[1, steps, features]`.
  ///   - members: those of the network that it is part of.
  func writing(memory: NDArray, from start: NDArray, members: Members) -> RecurrentWriter {
    RecurrentWriter(
      decoder: self, members: members, memory: memory, keys: attention.keys(of: Tensor(memory)).value, start: start)
  }
}

/// A recurrent network that has read a text or seen a picture: it writes what follows from it.
public struct RecurrentWriter: LanguageModel {
  /// The network that writes.
  public let decoder: AttentiveDecoder
  public let members: Members
  /// What is looked at, `[1, steps, features]`, its keys, and the first state `[1, units]`.
  let memory: NDArray, keys: NDArray, start: NDArray

  public var reach: Int? { nil }

  public func read(_ tokens: NDArray, _ memory: inout NDArray?) -> NDArray {
    let rows = NDArray([Int32](repeating: 0, count: tokens.shape[0]))
    let reading = read(tokens, from: memory ?? start.gathered(rows: rows), rows)
    let last = tokens.shape[1] - 1
    memory = reading.states.value.sliced(axis: 1, from: last, to: last + 1).squeezed(1)
    return LanguageModels.last(decoder.logits(reading))
  }

  public func memory(_ memory: NDArray, of rows: [Int]) -> NDArray {
    memory.gathered(rows: NDArray(rows.map { Int32($0) }))
  }

  /// How much it looks at each step of the memory as it writes what stands behind each of some tokens.
  ///
  /// - Parameter tokens: from the one that begins every text on.
  /// - Returns: `[tokens, steps]`, rows that sum to 1.
  public func attention(to tokens: [Int]) -> NDArray {
    let reading = read(LanguageModels.rows([tokens]), from: start, NDArray([0 as Int32]))
    return NDArray.concatenated(reading.weights.map(\.value), axis: 1).squeezed(0)
  }

  private func read(_ tokens: NDArray, from state: NDArray, _ rows: NDArray) -> AttentiveDecoder.Reading {
    let seen = AttentiveDecoder.Seen(
      memory: Tensor(memory.gathered(rows: rows)), keys: Tensor(keys.gathered(rows: rows)), mask: nil)
    return decoder.read(tokens, seen, from: Tensor(state))
  }
}

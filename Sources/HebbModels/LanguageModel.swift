import HebbArrays
import HebbAutograd
import HebbLayers

/// A network that says which token comes next, and remembers what it has read.
///
///     let text = model.write(after: prompt, count: 200, Sampling(temperature: 0.8), using: &random)
///     let best = model.search(after: prompt, count: 20, beams: 4, end: separator)[0]
public protocol LanguageModel: Module {
  /// What it remembers of some sequences.
  associatedtype Memory

  /// How many tokens it can look back on; any number where nil.
  var reach: Int? { get }

  /// Reads new tokens behind those that it remembers.
  ///
  /// - Parameters:
  ///   - tokens: int32 `[sequences, steps]`.
  ///   - memory: nil before the first tokens.
  /// - Returns: logits `[sequences, vocabulary]` of the tokens that come next.
  func read(_ tokens: NDArray, _ memory: inout Memory?) -> NDArray

  /// What is remembered of other sequences: of sequence `rows[i]` in the place of sequence i.
  func memory(_ memory: Memory, of rows: [Int]) -> Memory
}

extension LanguageModel {
  /// Writes on from some tokens, one by one.
  ///
  /// - Parameters:
  ///   - prompt: one token at least.
  ///   - count: how many tokens to write at most.
  ///   - end: the token that ends a text; it is not part of the result.
  ///   - body: is called with each token as it is written.
  /// - Returns: the new tokens.
  public func write(
    after prompt: [Int], count: Int, _ sampling: Sampling = Sampling(), end: Int? = nil, using random: inout Philox,
    _ body: (Int) -> Void = { _ in }
  ) -> [Int] {
    require(!prompt.isEmpty, "a text is written on from one token at least")
    var tokens = prompt
    var memory: Memory?
    var read = 0
    while tokens.count - prompt.count < count {
      var unread = Array(tokens.suffix(memory == nil ? tokens.count : 1))
      if let reach, read + unread.count > reach {
        // The memory is full: half of what it could hold is read anew.
        (memory, read) = (nil, 0)
        unread = Array(tokens.suffix(max(1, reach / 2)))
      }
      let logits = self.read(LanguageModels.rows([unread]), &memory)
      read += unread.count
      let token = sampling(logits.cast(to: .float64).elements(), after: tokens, using: &random)
      if token == end { break }
      tokens.append(token)
      body(token)
    }
    return Array(tokens.dropFirst(prompt.count))
  }
}

/// What language models have in common.
enum LanguageModels {
  /// Sequences of one length as int32 `[sequences, steps]`.
  static func rows(_ sequences: [[Int]]) -> NDArray {
    NDArray(sequences.flatMap { $0.map { Int32($0) } }, shape: [sequences.count, sequences.first?.count ?? 0])
  }

  /// The last step of `[sequences, steps, vocabulary]`.
  static func last(_ logits: Tensor) -> NDArray {
    let steps = logits.shape[1]
    return logits.value.sliced(axis: 1, from: steps - 1, to: steps).squeezed(1)
  }
}

extension GPT: LanguageModel {
  public var reach: Int? { context }

  public func read(_ tokens: NDArray, _ memory: inout [KeyValueCache?]?) -> NDArray {
    var caches = memory ?? []
    defer { memory = caches }
    return LanguageModels.last(step(Tensor(tokens), &caches))
  }

  public func memory(_ memory: [KeyValueCache?], of rows: [Int]) -> [KeyValueCache?] { memory.map { $0?.rows(rows) } }
}

/// Recurrent layers that write: from the tokens so far, the logits of the next one.
///
/// - Input: whole numbers `[batch, time]`
/// - Output: logits `[batch, time, vocabulary]`
/// - Source: Mikolov et al. 2010, "Recurrent neural network based language model".
public struct RecurrentLanguageModel: Layer, LanguageModel {
  /// Features of each token, `[vocabulary, features]`.
  public let embedding: Embedding
  /// Recurrent layers that see no later step.
  public let layers: any RecurrentLayer
  /// From what the layers give to logits, `[units, vocabulary]`.
  public let output: Linear
  /// What is dropped in training of embeddings and of what the layers give.
  public let dropout: Double

  public var members: Members { ["embedding": embedding, "layers": layers, "output": output] }

  /// An embedding and an output around recurrent layers.
  ///
  /// - Parameters:
  ///   - vocabulary: how many tokens there are.
  ///   - features: of a token; the layers take as many.
  ///   - layers: those that carry a state, from the first step on.
  ///   - dropout: the share that is dropped in training, 0 or more and below 1.
  public init(
    vocabulary: Int, features: Int, layers: any RecurrentLayer, dropout: Double = 0, using random: inout Philox
  ) {
    require(layers.isCausal, "RecurrentLanguageModel: \(layers) sees what it is to write")
    embedding = Embedding(vocabulary, features, using: &random)
    output = Linear(layers.outputs, vocabulary, using: &random)
    (self.layers, self.dropout) = (layers, dropout)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { run(x, from: nil).logits }

  /// - Parameter state: where the sequences begin.
  public func run(_ x: Tensor, from state: RecurrentState?) -> (logits: Tensor, state: RecurrentState) {
    let (h, after) = layers.run(embedding(x).dropped(probability: dropout), from: state)
    return (output(h.dropped(probability: dropout)), after)
  }

  public var reach: Int? { nil }

  public func read(_ tokens: NDArray, _ memory: inout RecurrentState?) -> NDArray {
    let (logits, after) = run(Tensor(tokens), from: memory)
    memory = after
    return LanguageModels.last(logits)
  }

  public func memory(_ memory: RecurrentState, of rows: [Int]) -> RecurrentState {
    let numbers = NDArray(rows.map { Int32($0) })
    return RecurrentState(memory.tensors.map { $0.gathered(rows: numbers) })
  }

  public var window: Window? { nil }
}

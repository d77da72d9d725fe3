import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// A network that gives each word of a text a tag: a recurrent layer that reads from both ends below a conditional random
/// field, which judges tags together.
///
///     h = encoder([E₁[x₁], E₂[x₂], …, spelling(characters)])          tags = CRF(h W + b)
///
/// A word is described by a row of numbers: one for each embedding (the word, its neighbours, its capitals), and behind
/// them those of its characters where there is a ``WordSpelling``. Number 0 is padding and number 1 stands for everything
/// unknown; in training some numbers are made unknown.
///
/// Only paths that the scheme allows are given: no entity is gone on with that has not begun.
///
/// - Input: `float32` whole numbers `[texts, words, columns]` and how many words each text has
/// - Output: tags by number for each text
/// - Source: Huang, Xu and Yu 2015, arXiv:1508.01991; Ma and Hovy 2016, arXiv:1603.01354.
public struct SequenceTagger: Module {
  /// A table for each column of numbers.
  public let embeddings: [Embedding]
  /// Describes words by their characters; nil where they are not looked at.
  public let spelling: WordSpelling?
  /// Reads the features of all words, from both ends as a rule.
  public let encoder: any RecurrentLayer
  /// W `[units, tags]` and b: a score for each tag at each word.
  public let output: Linear
  /// Scores which tags stand beside each other, and finds the best path.
  public let chain: LinearChainCRF
  /// The tags, and which of them may follow which.
  public let scheme: TagScheme
  /// What is dropped in training of what goes into the encoder and of what comes out, and the share of numbers that are made
  /// unknown.
  public let dropout: (words: Double, states: Double), forgetting: Double

  public var members: Members {
    [
      "embeddings": Stacks(embeddings), "spelling": spelling, "encoder": encoder, "output": output, "chain": chain,
    ]
  }

  /// - Parameters:
  ///   - tables: for each column how many numbers there are, and how many features each gets.
  ///   - encoder: takes the features of all tables and of the spelling.
  public init(
    tables: [(count: Int, features: Int)], spelling: WordSpelling? = nil, encoder: any RecurrentLayer,
    scheme: TagScheme, dropout: (words: Double, states: Double) = (0.5, 0.5), forgetting: Double = 0,
    using random: inout Philox
  ) {
    embeddings = tables.map { Embedding($0.count, $0.features, padding: 0, initializer: .normal(0.1), using: &random) }
    output = Linear(encoder.outputs, scheme.tags.count, using: &random)
    chain = LinearChainCRF(scheme.tags.count, using: &random)
    (self.spelling, self.encoder, self.scheme) = (spelling, encoder, scheme)
    (self.dropout, self.forgetting) = (dropout, forgetting)
  }

  /// A score for each tag at each word, `[texts, words, tags]`.
  public func emissions(_ words: NDArray, lengths: [Int]) -> Tensor {
    let columns = embeddings.count
    require(
      words.rank == 3 && (spelling == nil ? words.shape[2] == columns : words.shape[2] > columns),
      "SequenceTagger: words \(words.shape) with \(columns) tables\(spelling == nil ? "" : " and characters")")
    let numbers = TextInput.forgetting(words.sliced(axis: 2, from: 0, to: columns), forgetting)
    var parts = embeddings.enumerated().map { column, table in
      table(Tensor(numbers.sliced(axis: 2, from: column, to: column + 1).squeezed(2)))
    }
    if let spelling { parts.append(spelling(words.sliced(axis: 2, from: columns, to: words.shape[2]))) }
    let described = Tensor.concatenated(parts, axis: 2).dropped(probability: dropout.words)
    return output(encoder.run(described, lengths: lengths).outputs.dropped(probability: dropout.states))
  }

  /// −log of the probability of the true tags, the mean over the texts.
  ///
  /// - Parameter tags: int32 `[texts, words]`; what stands behind a text's end does not matter.
  public func loss(_ emissions: Tensor, tags: NDArray, lengths: [Int]) -> Tensor {
    chain.losses(emissions, tags: tags, lengths: lengths).mean()
  }

  /// The best allowed tags of each text.
  public func tags(_ emissions: NDArray, lengths: [Int]) -> [[Int]] {
    let all = scheme.tags.indices
    return chain.decode(
      emissions, lengths: lengths, first: all.map(scheme.mayBegin),
      next: all.map { before in all.map { scheme.mayFollow($0, behind: before) } }, last: all.map(scheme.mayEnd))
  }
}

/// What a word's characters say of it: the strongest answer of each of some patterns of three characters.
///
///     y = max over places of relu(convolution of E[x])
///
/// - Input: whole numbers `[texts, words, characters]`, 0 behind a word's end
/// - Output: `[texts, words, patterns]`
/// - Source: dos Santos and Zadrozny 2014, "Learning character-level representations for part-of-speech tagging".
public struct WordSpelling: Module {
  /// E `[characters, features]`.
  public let embedding: Embedding
  /// The patterns: three characters wide, from features to a channel for each.
  public let convolution: Conv1D

  public var members: Members { ["embedding": embedding, "convolution": convolution] }

  /// How many characters there are, the features of each, and how many patterns of three are looked for.
  public init(characters: Int, features: Int, patterns: Int, using random: inout Philox) {
    embedding = Embedding(characters, features, padding: 0, initializer: .uniform(0.25), using: &random)
    convolution = Conv1D(features, patterns, kernel: 3, padding: .same, using: &random)
  }

  /// The strongest answer of each pattern in each word, `[texts, words, patterns]`.
  public func callAsFunction(_ x: NDArray) -> Tensor {
    let letters = embedding(Tensor(x.reshaped([x.shape[0] * x.shape[1], x.shape[2]])))
    let patterns = convolution(letters, activation: .relu).max(axes: [1])
    return patterns.reshaped([x.shape[0], x.shape[1], patterns.shape[1]])
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers

/// A transformer that reads in both directions: for each token of a text features that depend on all of it.
///
///     h = norm(E[token] + P[place] + S[segment])          h = block(h), layer by layer
///     pooled = tanh(h₀ W + b)                              h₀ belongs to [CLS], the first token
///
/// - Source: Devlin, Chang, Lee and Toutanova 2018, "BERT: pre-training of deep bidirectional transformers for language
///   understanding", arXiv:1810.04805.
public struct BERT: Module {
  /// The sizes of a network.
  public struct Configuration: Sendable, Hashable {
    /// How many tokens, places, features of a token, blocks, heads of attention and hidden units of a block.
    public var vocabulary: Int, context: Int, features: Int, layers: Int, heads: Int, hidden: Int
    /// How many texts of one input are told apart.
    public var segments = 2
    /// The number of the token that stands behind shorter texts: it is not seen.
    public var padding = 0
    /// What is dropped in training: of features, and of the weights of attention.
    public var dropout = 0.1, attentionDropout = 0.1
    /// What normalisation adds to variances.
    public var epsilon = 1e-12
    /// The activation of hidden layers.
    public var activation = FeedForward.Activation.gelu

    /// The paper's base network where nothing else is said; the hidden layers are four times as wide as the others.
    public init(
      vocabulary: Int = 30_522, context: Int = 512, features: Int = 768, layers: Int = 12, heads: Int = 12,
      hidden: Int? = nil
    ) {
      (self.vocabulary, self.context, self.features) = (vocabulary, context, features)
      (self.layers, self.heads, self.hidden) = (layers, heads, hidden ?? 4 * features)
    }
  }

  /// The sizes that it was made with.
  public let configuration: Configuration
  public let embedding: Embedding  // E [vocabulary, features]
  public let positions: LearnedPositions  // P [context, features]
  public let segments: Embedding  // S [segments, features]
  /// Normalises the sum of the embeddings.
  public let norm: LayerNorm
  /// The blocks, each of which normalises after it adds.
  public let blocks: TransformerEncoder
  public let pooler: Linear  // W [features, features]

  public var members: Members {
    [
      "embedding": embedding, "positions": positions, "segments": segments, "norm": norm, "blocks": blocks,
      "pooler": pooler,
    ]
  }

  /// A network of these sizes, drawn by a truncated normal distribution.
  public init(_ configuration: Configuration, using random: inout Philox) {
    let c = configuration
    require(c.layers > 0, "BERT: there are no layers")
    let initializer = Initializer.truncatedNormal(0.02)
    embedding = Embedding(c.vocabulary, c.features, initializer: initializer, using: &random)
    positions = LearnedPositions(c.context, c.features, initializer: initializer, using: &random)
    segments = Embedding(c.segments, c.features, initializer: initializer, using: &random)
    norm = LayerNorm(c.features, epsilon: c.epsilon)
    var blocks: [TransformerBlock] = []
    for _ in 0..<c.layers {
      blocks.append(
        TransformerBlock(
          c.features, heads: c.heads, hidden: c.hidden, normalization: .after, activation: c.activation,
          dropout: c.dropout, attentionDropout: c.attentionDropout, epsilon: c.epsilon, initializer: initializer,
          using: &random))
    }
    self.blocks = TransformerEncoder(blocks)
    pooler = Linear(c.features, c.features, initializer: initializer, using: &random)
    pooler.bias?.value = .zeros([c.features])
    self.configuration = configuration
  }

  /// - Parameters:
  ///   - numbers: int32 `[batch, time]`, `[CLS]` first; the padding behind shorter texts is not seen.
  ///   - segments: int32 `[batch, time]`: 1 for tokens of a second text; zeros where nil.
  /// - Returns: the features of each token, `[batch, time, features]`.
  public func callAsFunction(_ numbers: NDArray, segments: NDArray? = nil) -> Tensor {
    require(
      numbers.rank == 2 && numbers.shape[1] <= configuration.context,
      "BERT: numbers \(numbers.shape), not [batch, at most \(configuration.context)]")
    let kinds = segments ?? .zeros(numbers.shape, dtype: .int32)
    let sum = positions(embedding(Tensor(numbers))) + self.segments(Tensor(kinds))
    return blocks(norm(sum).dropped(probability: configuration.dropout), mask: mask(of: numbers))
  }

  /// 1 where a token stands, 0 where padding does.
  public func mask(of numbers: NDArray) -> NDArray {
    1 - numbers.equal(to: Double(configuration.padding)).cast(to: .float32)
  }

  /// What is said of a text as a whole: `[batch, features]`, from the features of its tokens.
  public func pooled(_ features: Tensor) -> Tensor {
    pooler(features.sliced(axis: 1, from: 0, to: 1).squeezed(1), activation: .tanh)
  }

  /// The mean of a text's features, of length 1: texts of like meaning have products near 1.
  ///
  /// - Source: Reimers and Gurevych 2019, "Sentence-BERT", arXiv:1908.10084.
  public func sentenceEmbeddings(_ numbers: NDArray) -> Tensor {
    let weights = Tensor(mask(of: numbers).expanded(at: -1))
    let sum = (self(numbers) * weights).sum(axes: [1])
    return sum / (sum * sum).sum(axes: [1], keepingAxes: true).squareRoot()
  }
}

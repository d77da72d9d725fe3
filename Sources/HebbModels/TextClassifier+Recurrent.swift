import HebbArrays
import HebbAutograd
import HebbLayers

/// A classifier that reads a text from both ends and then looks at the words that matter.
///
///     h = encoder(E[x])          α = softmaxₜ(tanh(h A + a) v)          logits = (Σ αₜ hₜ) W + b
///
/// - Input: tokens `[texts, longest]` and their lengths
/// - Output: logits `[texts, classes]`
/// - Source: Yang et al. 2016, "Hierarchical attention networks for document classification"; Zhou et al. 2016,
///   "Attention-based bidirectional long short-term memory networks for relation classification".
public struct RecurrentTextClassifier: TextClassifier {
  /// E `[vocabulary, features]`, token 0 the padding.
  public let embedding: Embedding
  /// Reads the words, in two directions as a rule.
  public let encoder: any RecurrentLayer
  public let attention: Linear  // A, a
  public let query: Linear  // v
  /// W `[units, classes]` and b.
  public let output: Linear
  /// What is dropped in training of embeddings and of what the encoder gives, and the share of tokens that are made unknown.
  public let dropout: (words: Double, texts: Double), forgetting: Double

  public var members: Members {
    ["embedding": embedding, "encoder": encoder, "attention": attention, "query": query, "output": output]
  }

  /// - Parameter encoder: takes `features`; in two directions as a rule.
  public init(
    vocabulary: Int, features: Int, encoder: any RecurrentLayer, classes: Int,
    dropout: (words: Double, texts: Double) = (0, 0.5), forgetting: Double = 0, using random: inout Philox
  ) {
    embedding = Embedding(vocabulary, features, padding: 0, initializer: .normal(0.1), using: &random)
    attention = Linear(encoder.outputs, encoder.outputs, using: &random)
    query = Linear(encoder.outputs, 1, bias: false, using: &random)
    output = Linear(encoder.outputs, classes, using: &random)
    (self.encoder, self.dropout, self.forgetting) = (encoder, dropout, forgetting)
  }

  public func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor {
    TextInput.check(tokens, lengths, "RecurrentTextClassifier")
    let words = embedding(Tensor(TextInput.forgetting(tokens, forgetting))).dropped(probability: dropout.words)
    let h = encoder.run(words, lengths: lengths).outputs
    let scores = query(attention(h, activation: .tanh)).squeezed(2)
    let mask = TextInput.mask(lengths, tokens.shape[1], h.dtype)
    let shares = Tensor.select(mask, scores, Tensor(.full([], -1e9, dtype: h.dtype))).softmax()
    let text = (h * shares.expanded(at: -1)).sum(axes: [1])
    return output(text.dropped(probability: dropout.texts))
  }
}

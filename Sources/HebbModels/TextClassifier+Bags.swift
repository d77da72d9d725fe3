import HebbArrays
import HebbAutograd
import HebbLayers

/// A linear classifier of a bag of words: each token has a weight for each class.
///
///     logits = Σ W[xₜ] / √T + b
///
/// - Input: tokens `[texts, longest]` and their lengths T
/// - Output: logits `[texts, classes]`
/// - Source: logistic regression on n-grams; Wang and Manning 2012, "Baselines and bigrams".
public struct LinearTextClassifier: TextClassifier {
  public let weight: Embedding  // W [vocabulary, classes]
  public let bias: Parameter  // b [classes]

  public var members: Members { ["weight": weight, "bias": bias] }

  /// All weights begin as 0: the loss has one minimum.
  public init(vocabulary: Int, classes: Int) {
    require(vocabulary > 1 && classes > 1, "LinearTextClassifier: \(vocabulary) tokens and \(classes) classes")
    weight = Embedding(.zeros([vocabulary, classes]), padding: 0)
    bias = Parameter(.zeros([classes]), role: .bias)
  }

  public func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor {
    TextInput.check(tokens, lengths, "LinearTextClassifier")
    let sums = weight(Tensor(tokens)).sum(axes: [1])
    return sums / TextInput.column(lengths, sums.dtype) { $0.squareRoot() } + bias.tensor
  }
}

/// A classifier of averaged embeddings: of words and their runs it is fastText.
///
///     logits = (Σ E[xₜ] / T) W + b
///
/// - Input: tokens `[texts, longest]` and their lengths T
/// - Output: logits `[texts, classes]`
/// - Source: Joulin, Grave, Bojanowski and Mikolov 2016, "Bag of tricks for efficient text classification", arXiv:1607.01759.
public struct AveragingTextClassifier: TextClassifier {
  /// E `[vocabulary, features]`, token 0 the padding.
  public let embedding: Embedding
  /// W `[features, classes]` and b.
  public let output: Linear
  /// What is dropped in training of the mean, and the share of tokens that are made unknown.
  public let dropout: Double, forgetting: Double

  public var members: Members { ["embedding": embedding, "output": output] }

  /// A network that is drawn.
  ///
  /// - Parameters:
  ///   - vocabulary: how many tokens there are.
  ///   - features: of each.
  ///   - classes: how many answers.
  ///   - dropout: the share of the mean that is dropped in training.
  ///   - forgetting: the share of tokens that are made unknown in training.
  public init(
    vocabulary: Int, features: Int, classes: Int, dropout: Double = 0, forgetting: Double = 0,
    using random: inout Philox
  ) {
    embedding = Embedding(vocabulary, features, padding: 0, initializer: .normal(0.1), using: &random)
    output = Linear(features, classes, using: &random)
    (self.dropout, self.forgetting) = (dropout, forgetting)
  }

  public func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor {
    TextInput.check(tokens, lengths, "AveragingTextClassifier")
    let sums = embedding(Tensor(TextInput.forgetting(tokens, forgetting))).sum(axes: [1])
    return output((sums / TextInput.column(lengths, sums.dtype) { $0 }).dropped(probability: dropout))
  }
}

import HebbArrays
import HebbAutograd
import HebbLayers

/// What BERT is trained with before it has a task: to find hidden words, and to say whether a second text follows the first.
///
/// The words' logits are products with the embedding itself.
///
/// - Source: Devlin et al. 2018, arXiv:1810.04805, section 3.1.
public struct BERTPretraining: Module {
  /// The body that is trained.
  public let bert: BERT
  /// What the features of a token go through before they become logits, `[features, features]`.
  public let transform: Linear
  /// Normalises behind the transform and the activation, which is that of the body.
  public let norm: LayerNorm
  public let bias: Parameter  // [vocabulary]
  public let next: Linear  // [features, 2]

  public var members: Members {
    ["bert": bert, "transform": transform, "norm": norm, "bias": bias, "next": next]
  }

  /// Heads for both tasks of pretraining, drawn as the body was.
  public init(_ bert: BERT, using random: inout Philox) {
    let (features, initializer) = (bert.configuration.features, Initializer.truncatedNormal(0.02))
    self.bert = bert
    transform = Linear(features, features, initializer: initializer, using: &random)
    norm = LayerNorm(features, epsilon: bert.configuration.epsilon)
    bias = Parameter(.zeros([bert.configuration.vocabulary]), role: .bias)
    next = Linear(features, 2, initializer: initializer, using: &random)
  }

  /// - Parameter places: which tokens are asked for, counted through the whole batch; all where nil.
  /// - Returns: logits of words `[places, vocabulary]`, and of "follows" and "does not follow" `[batch, 2]`.
  public func callAsFunction(
    _ numbers: NDArray, segments: NDArray? = nil, places: [Int]? = nil
  ) -> (words: Tensor, next: Tensor) {
    let features = bert(numbers, segments: segments)
    var rows = features.reshaped([numbers.count, features.shape[2]])
    if let places { rows = rows.gathered(rows: NDArray(places.map { Int32($0) })) }
    let h = norm(bert.configuration.activation.applied(to: transform(rows)))
    let words = h.matmul(bert.embedding.weight.tensor, transposingRight: true) + bias.tensor
    return (words, next(bert.pooled(features)))
  }

  /// The mean cross-entropy of the hidden words plus, where it is known which texts follow, that of the second question.
  ///
  /// - Parameters:
  ///   - hidden: what ``MaskedTokens`` made of the batch.
  ///   - follows: int32 `[batch]`: 0 where the second text follows the first, else 1.
  public func loss(_ hidden: MaskedTokens, segments: NDArray? = nil, follows: NDArray? = nil) -> Tensor {
    let (words, next) = self(hidden.numbers, segments: segments, places: hidden.places)
    let crossEntropy = Loss.crossEntropy
    let loss = crossEntropy(words, hidden.labels)
    return follows.map { loss + crossEntropy(next, $0) } ?? loss
  }
}

extension FeedForward.Activation {
  func applied(to x: Tensor) -> Tensor {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .geluTanh: x.geluTanh()
    }
  }
}

/// A batch in which some tokens are hidden: 15 of 100, of which 80 % read `[MASK]`, 10 % another token, and 10 % what they
/// are.
///
/// - Source: Devlin et al. 2018, arXiv:1810.04805, appendix A.1.
public struct MaskedTokens: Sendable {
  /// int32 `[batch, time]`, as the network sees them.
  public let numbers: NDArray
  /// The tokens that are asked for, counted through the whole batch; one at least where any may be hidden.
  public let places: [Int]
  /// int32 `[places]`: what they are.
  public let labels: NDArray

  /// - Parameters:
  ///   - mask: the number of `[MASK]`.
  ///   - special: numbers that are never hidden: `[PAD]`, `[CLS]`, `[SEP]`.
  public init(
    hiding numbers: NDArray, mask: Int, special: Set<Int>, vocabulary: Int, share: Double = 0.15,
    using random: inout Philox
  ) {
    var tokens: [Int32] = numbers.elements()
    let candidates = tokens.indices.filter { !special.contains(Int(tokens[$0])) }
    var places = candidates.filter { _ in Double.random(in: 0..<1, using: &random) < share }
    if places.isEmpty, let place = candidates.randomElement(using: &random) { places = [place] }
    labels = NDArray(places.map { tokens[$0] })
    for place in places {
      let chance = Double.random(in: 0..<1, using: &random)
      if chance < 0.8 {
        tokens[place] = Int32(mask)
      } else if chance < 0.9 {
        tokens[place] = Int32.random(in: 0..<Int32(vocabulary), using: &random)
      }
    }
    self.numbers = NDArray(tokens, shape: numbers.shape)
    self.places = places
  }
}

extension BERT {
  /// A layer from features to classes, with BERT's initial spread.
  fileprivate func classifying(_ classes: Int, using random: inout Philox) -> Linear {
    Linear(configuration.features, classes, initializer: .truncatedNormal(0.02), using: &random)
  }
}

/// BERT with a layer for classes of whole texts.
///
/// - Input: numbers `[batch, time]`, `[CLS]` first
/// - Output: logits `[batch, classes]`
public struct BERTClassifier: Layer {
  /// The body, which is trained too.
  public let bert: BERT
  /// From the body's pooled features to logits, `[features, classes]`.
  public let output: Linear

  public var members: Members { ["bert": bert, "output": output] }

  /// A head for so many classes on a body that is trained with it.
  public init(_ bert: BERT, classes: Int, using random: inout Philox) {
    self.bert = bert
    output = bert.classifying(classes, using: &random)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x.wholeNumbers, segments: nil) }

  /// Logits `[batch, classes]` of texts or of pairs of them; `segments` is 1 for tokens of the second text.
  public func callAsFunction(_ numbers: NDArray, segments: NDArray?) -> Tensor {
    output(bert.pooled(bert(numbers, segments: segments)).dropped(probability: bert.configuration.dropout))
  }

  public var window: Window? { nil }
}

/// BERT with a layer for a class of each token: names, parts of speech.
///
/// - Input: numbers `[batch, time]`
/// - Output: logits `[batch, time, classes]`
public struct BERTTagger: Layer {
  /// The body, which is trained too.
  public let bert: BERT
  /// From the features of a token to logits, `[features, classes]`.
  public let output: Linear

  public var members: Members { ["bert": bert, "output": output] }

  /// A head for so many classes on a body that is trained with it.
  public init(_ bert: BERT, classes: Int, using random: inout Philox) {
    self.bert = bert
    output = bert.classifying(classes, using: &random)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    output(bert(x.wholeNumbers).dropped(probability: bert.configuration.dropout))
  }

  public var window: Window? { nil }
}

extension Tensor {
  fileprivate var wholeNumbers: NDArray { dtype == .int32 ? value : value.cast(to: .int32) }
}

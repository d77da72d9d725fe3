import HebbArrays
import HebbAutograd
import HebbLayers

/// A classifier that looks for patterns of a few words anywhere in a text.
///
///     y = max over t of relu(convolution of E[x] with kernels of several widths)          logits = y W + b
///
/// Texts may be shorter than the widest kernel: beyond both ends stand zeros.
///
/// - Input: tokens `[texts, longest]` and their lengths
/// - Output: logits `[texts, classes]`
/// - Source: Kim 2014, "Convolutional neural networks for sentence classification", arXiv:1408.5882.
public struct ConvolutionalTextClassifier: TextClassifier {
  /// E `[vocabulary, features]`, token 0 the padding.
  public let embedding: Embedding
  public let convolutions: [Conv1D]  // one of each width
  /// W `[widths · filters, classes]` and b.
  public let output: Linear
  /// What is dropped in training of embeddings and of patterns, and the share of tokens that are made unknown.
  public let dropout: (words: Double, patterns: Double), forgetting: Double

  public var members: Members {
    ["embedding": embedding, "convolutions": Stacks(convolutions), "output": output]
  }

  /// - Parameters:
  ///   - widths: how many words a pattern has.
  ///   - filters: how many patterns of each width.
  public init(
    vocabulary: Int, features: Int, widths: [Int] = [3, 4, 5], filters: Int = 100, classes: Int,
    dropout: (words: Double, patterns: Double) = (0, 0.5), forgetting: Double = 0, using random: inout Philox
  ) {
    require(!widths.isEmpty, "ConvolutionalTextClassifier: there are no widths")
    embedding = Embedding(vocabulary, features, padding: 0, initializer: .uniform(0.25), using: &random)
    convolutions = widths.map { Conv1D(features, filters, kernel: $0, padding: .same, using: &random) }
    output = Linear(widths.count * filters, classes, using: &random)
    (self.dropout, self.forgetting) = (dropout, forgetting)
  }

  public func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor {
    TextInput.check(tokens, lengths, "ConvolutionalTextClassifier")
    let words = embedding(Tensor(TextInput.forgetting(tokens, forgetting))).dropped(probability: dropout.words)
    // What lies behind a text's end is 0 and so never the largest.
    let mask = Tensor(TextInput.mask(lengths, tokens.shape[1], words.dtype).expanded(at: -1))
    let patterns = convolutions.map { ($0(words, activation: .relu) * mask).max(axes: [1]) }
    return output(.concatenated(patterns, axis: 1).dropped(probability: dropout.patterns))
  }
}

/// Modules that are numbered from 0.
struct Stacks: Module {
  let members: Members

  init(_ modules: [any Module]) { members = Members(modules) }
}

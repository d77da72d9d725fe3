import HebbArrays
import HebbAutograd
import HebbLayers

/// A transformer that writes: from the tokens so far, the logits of the next one.
///
///     h = E[tokens] + P          h = block(h), layer by layer          logits = norm(h) W
///
/// - Input: whole numbers `[batch, time]`, at most ``context`` steps
/// - Output: logits `[batch, time, vocabulary]`, at each step those of the token behind it
/// - Source: Radford et al. 2018, "Improving language understanding by generative pre-training"; normalisation before, and
///   once more at the end: Radford et al. 2019, "Language models are unsupervised multitask learners".
public struct GPT: Layer {
  public let embedding: Embedding  // E [vocabulary, features]
  /// P [context, features]; nil where positions are rotary.
  public let positions: LearnedPositions?
  /// The blocks, each of which normalises before it adds.
  public let blocks: TransformerEncoder
  /// Normalises what the last block gives.
  public let norm: LayerNorm
  public let output: Linear  // W [features, vocabulary]
  /// How many tokens it can look back on.
  public let context: Int
  /// What is dropped in training of the embeddings.
  public let dropout: Double

  public var members: Members {
    ["embedding": embedding, "positions": positions, "blocks": blocks, "norm": norm, "output": output]
  }

  /// - Parameter rotary: whether positions turn queries and keys instead of being added to the embeddings.
  public init(
    vocabulary: Int, context: Int, features: Int, heads: Int, layers: Int, hidden: Int? = nil, isCausal: Bool = true,
    rotary: Bool = false, dropout: Double = 0, using random: inout Philox
  ) {
    require(layers > 0 && context > 0, "GPT: \(layers) layers, a context of \(context)")
    let initializer = Initializer.normal(0.02)
    embedding = Embedding(vocabulary, features, initializer: initializer, using: &random)
    positions = rotary ? nil : LearnedPositions(context, features, using: &random)
    var blocks: [TransformerBlock] = []
    for _ in 0..<layers {
      blocks.append(
        TransformerBlock(
          features, heads: heads, hidden: hidden, isCausal: isCausal, rotaryBase: rotary ? 10_000 : nil,
          dropout: dropout, attentionDropout: dropout, initializer: initializer, using: &random))
    }
    self.blocks = TransformerEncoder(blocks)
    norm = LayerNorm(features)
    output = Linear(features, vocabulary, initializer: initializer, using: &random)
    (self.context, self.dropout) = (context, dropout)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(
      x.rank == 2 && x.shape[1] <= context, "\(self): the input \(x.shape) is not [batch, at most \(context) tokens]")
    let h = embedding(x)
    return output(norm(blocks((positions?(h) ?? h).dropped(probability: dropout))))
  }

  /// New tokens behind those that the caches hold.
  ///
  /// - Parameters:
  ///   - x: `[batch, steps]`.
  ///   - caches: what the steps before left; empty before the first.
  /// - Returns: logits `[batch, steps, vocabulary]`.
  public func step(_ x: Tensor, _ caches: inout [KeyValueCache?]) -> Tensor {
    let before = caches.first.flatMap { $0?.count } ?? 0
    require(
      x.rank == 2 && before + x.shape[1] <= context,
      "\(self): \(before) tokens and \(x.shape) more do not fit into \(context)")
    let h = embedding(x)
    return output(norm(blocks.step(positions?(h, from: before) ?? h, &caches)))
  }

  public var window: Window? { nil }

  public var description: String {
    "GPT(\(embedding.weight.shape[0]) tokens, context \(context), \(blocks.blocks.count) layers of \(norm.scale.shape[0]))"
  }
}

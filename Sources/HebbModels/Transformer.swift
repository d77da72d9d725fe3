import HebbArrays
import HebbAutograd
import HebbLayers

/// The transformer: an encoder reads a text, a decoder writes another one, and looks at the first as it does so.
///
///     memory = encoder(E[source] √features + waves)          logits = decoder(F[target] √features + waves, memory) W
///
/// Where both texts are written with one vocabulary, one table can serve as E, F and Wᵀ: fewer numbers, learnt from more.
///
/// - Source: Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762; one table: Press and Wolf 2017,
///   arXiv:1608.05859.
public struct Transformer: Module {
  public let sourceEmbedding: Embedding  // E [source vocabulary, features]
  public let targetEmbedding: Embedding  // F [target vocabulary, features]
  /// Reads the source.
  public let encoder: TransformerEncoder
  /// The blocks that write the target, one after another.
  public let decoder: [TransformerDecoderBlock]
  /// Behind either stack, where blocks normalise before.
  public let encoderNorm: LayerNorm?, decoderNorm: LayerNorm?
  /// W [features, target vocabulary]; nil where Eᵀ stands for it.
  public let output: Linear?
  /// What is dropped in training of the embeddings; the blocks have their own.
  public let dropout: Double
  /// The number that stands behind shorter texts; it is not seen.
  public let padding: Int

  public var members: Members {
    [
      "sourceEmbedding": sourceEmbedding, "targetEmbedding": output == nil ? nil : targetEmbedding, "encoder": encoder,
      "decoder": DecoderStack(blocks: decoder), "encoderNorm": encoderNorm, "decoderNorm": decoderNorm,
      "output": output,
    ]
  }

  private struct DecoderStack: Module {
    let blocks: [TransformerDecoderBlock]
    var members: Members { Members(blocks) }
  }

  /// - Parameters:
  ///   - dropout: what is dropped in training of embeddings and of what attention and networks add.
  ///   - attentionDropout: the share of the weights of attention that are zeroed in training; as `dropout` where nil.
  ///   - sharesEmbeddings: whether one table serves both vocabularies, which must be one, and the output.
  public init(
    source: Int, target: Int, features: Int = 512, heads: Int = 8, layers: Int = 6, hidden: Int? = nil,
    normalization: TransformerNormalization = .after, dropout: Double = 0.1, attentionDropout: Double? = nil,
    padding: Int = 0, sharesEmbeddings: Bool = false, using random: inout Philox
  ) {
    require(layers > 0, "Transformer: there are no layers")
    require(!sharesEmbeddings || source == target, "Transformer: one table for \(source) and \(target) tokens")
    let attentionDropout = attentionDropout ?? dropout
    let initializer = Initializer.normal(1 / Double(features).squareRoot())
    sourceEmbedding = Embedding(source, features, initializer: initializer, using: &random)
    targetEmbedding =
      sharesEmbeddings
      ? sourceEmbedding : Embedding(target, features, initializer: initializer, using: &random)
    var blocks: [TransformerBlock] = []
    var decoder: [TransformerDecoderBlock] = []
    for _ in 0..<layers {
      blocks.append(
        TransformerBlock(
          features, heads: heads, hidden: hidden, normalization: normalization, activation: .relu, dropout: dropout,
          attentionDropout: attentionDropout, using: &random))
      decoder.append(
        TransformerDecoderBlock(
          features, heads: heads, hidden: hidden, normalization: normalization, dropout: dropout,
          attentionDropout: attentionDropout, using: &random))
    }
    (encoder, self.decoder) = (TransformerEncoder(blocks), decoder)
    encoderNorm = normalization == .before ? LayerNorm(features) : nil
    decoderNorm = normalization == .before ? LayerNorm(features) : nil
    output = sharesEmbeddings ? nil : Linear(features, target, initializer: .xavierUniform, using: &random)
    (self.dropout, self.padding) = (dropout, padding)
  }

  /// - Parameter source: int32 `[batch, source time]`.
  /// - Returns: the encoder's result `[batch, source time, features]`.
  public func encode(_ source: NDArray) -> Tensor {
    let h = encoder(placed(sourceEmbedding, source, from: 0), mask: mask(of: source))
    return encoderNorm?(h) ?? h
  }

  /// The logits of the tokens behind each token of the target: `[batch, time, target vocabulary]`.
  ///
  /// - Parameters:
  ///   - source: int32 `[batch, source time]`.
  ///   - target: int32 `[batch, time]`, beginning with the token that begins every text.
  public func callAsFunction(_ source: NDArray, _ target: NDArray) -> Tensor {
    let (memory, hidden) = (encode(source), mask(of: source))
    let x = placed(targetEmbedding, target, from: 0)
    let h = decoder.reduce(x) { $1($0, memory: memory, memoryMask: hidden) }
    return logits(h)
  }

  private func logits(_ h: Tensor) -> Tensor {
    let h = decoderNorm?(h) ?? h
    return output?(h) ?? h.matmul(targetEmbedding.weight.tensor, transposingRight: true)
  }

  private func placed(_ embedding: Embedding, _ numbers: NDArray, from first: Int) -> Tensor {
    let scale = Double(embedding.weight.shape[1]).squareRoot()
    return SinusoidalPositions()(embedding(Tensor(numbers)) * scale, from: first).dropped(probability: dropout)
  }

  private func mask(of numbers: NDArray) -> NDArray { 1 - numbers.equal(to: Double(padding)).cast(to: .float32) }

  /// A writer of what one source text becomes.
  ///
  /// - Parameter source: int32 `[1, source time]`.
  public func translating(_ source: NDArray) -> TransformerWriter {
    require(source.rank == 2 && source.shape[0] == 1, "Transformer: a writer has one source, not \(source.shape)")
    return TransformerWriter(transformer: self, memory: encode(source).value, mask: mask(of: source))
  }

  /// How much the last decoder block but one looks at each step of the memory: that block tells best which words belong
  /// together.
  ///
  /// - Source: Garg, Peitz, Nallasamy and Paulik 2019, "Jointly learning to align and translate with transformer models",
  ///   arXiv:1909.02074.
  fileprivate func weights(_ target: NDArray, memory: Tensor) -> Tensor {
    let place = max(0, decoder.count - 2)
    let x = placed(targetEmbedding, target, from: 0)
    return decoder[place].weights(decoder[..<place].reduce(x) { $1($0, memory: memory) }, memory: memory)
  }

  fileprivate func step(
    _ tokens: NDArray, memory: Tensor, mask: NDArray, _ caches: inout [KeyValueCache?]
  ) -> Tensor {
    if caches.isEmpty { caches = Array(repeating: nil, count: decoder.count) }
    var h = placed(targetEmbedding, tokens, from: caches[0]?.count ?? 0)
    for (index, block) in decoder.enumerated() { h = block.step(h, memory: memory, memoryMask: mask, &caches[index]) }
    return logits(h)
  }
}

/// A transformer that has read its source: it writes what follows from it.
public struct TransformerWriter: LanguageModel {
  /// The network that writes.
  public let transformer: Transformer
  /// The encoder's result `[1, source time, features]`, and which of its steps may be seen.
  let memory: NDArray, mask: NDArray

  public var members: Members { transformer.members }
  public var reach: Int? { nil }

  public func read(_ tokens: NDArray, _ memory: inout [KeyValueCache?]?) -> NDArray {
    var caches = memory ?? []
    defer { memory = caches }
    let rows = NDArray([Int32](repeating: 0, count: tokens.shape[0]))
    let logits = transformer.step(
      tokens, memory: Tensor(self.memory.gathered(rows: rows)), mask: mask.gathered(rows: rows), &caches)
    return LanguageModels.last(logits)
  }

  public func memory(_ memory: [KeyValueCache?], of rows: [Int]) -> [KeyValueCache?] { memory.map { $0?.rows(rows) } }

  /// How much the decoder looks at each token of the source as it writes what stands behind each of some tokens.
  ///
  /// - Parameter tokens: from the one that begins every text on.
  /// - Returns: `[tokens, source time]`, rows that sum to 1.
  public func attention(to tokens: [Int]) -> NDArray {
    transformer.weights(LanguageModels.rows([tokens]), memory: Tensor(memory)).value.squeezed(0)
  }
}

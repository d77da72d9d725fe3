import HebbArrays
import HebbAutograd

/// A block of a transformer's decoder: causal self-attention, attention to the encoder's result, then a network of two layers,
/// with a way around each.
///
/// - Input: `[batch, time, features]`, and the encoder's result `[batch, memory time, features]`
/// - Output: the shape of the input
/// - Source: Vaswani et al. 2017, arXiv:1706.03762.
public struct TransformerDecoderBlock: Module, CustomStringConvertible {
  /// Causal attention of the sequence to itself.
  public let attention: MultiHeadAttention
  /// Before the self-attention, or after its sum.
  public let attentionNorm: LayerNorm
  /// Attention to the encoder's result.
  public let crossAttention: CrossAttention
  /// Before the attention to the encoder's result, or after its sum.
  public let crossNorm: LayerNorm
  /// The two layers for each step.
  public let network: FeedForward
  /// Before the network, or after its sum.
  public let networkNorm: LayerNorm
  /// Where the norms stand: before attentions and network, or after the sums.
  public let normalization: TransformerNormalization
  /// What is dropped in training of what attentions and network add.
  public let dropout: Double

  public var members: Members {
    [
      "attention": attention, "attentionNorm": attentionNorm, "crossAttention": crossAttention, "crossNorm": crossNorm,
      "network": network, "networkNorm": networkNorm,
    ]
  }

  /// - Parameter attentionDropout: the share of the weights of attention that are zeroed in training; as `dropout` where nil.
  public init(
    _ features: Int, heads: Int, hidden: Int? = nil, normalization: TransformerNormalization = .before,
    activation: FeedForward.Activation = .relu, dropout: Double = 0, attentionDropout: Double? = nil,
    epsilon: Double = 1e-5, initializer: Initializer = .xavierUniform, using random: inout Philox
  ) {
    let share = attentionDropout ?? dropout
    attention = MultiHeadAttention(
      features, heads: heads, isCausal: true, dropout: share, initializer: initializer, using: &random)
    crossAttention = CrossAttention(features, heads: heads, dropout: share, initializer: initializer, using: &random)
    network = FeedForward(
      features, hidden: hidden ?? 4 * features, activation: activation, initializer: initializer, using: &random)
    attentionNorm = LayerNorm(features, epsilon: epsilon)
    crossNorm = LayerNorm(features, epsilon: epsilon)
    networkNorm = LayerNorm(features, epsilon: epsilon)
    (self.normalization, self.dropout) = (normalization, dropout)
  }

  /// - Parameters:
  ///   - mask: `[batch, time]`, 0 for steps that are not to be seen.
  ///   - memoryMask: `[batch, memory time]`, the same for the memory.
  public func callAsFunction(
    _ x: Tensor, memory: Tensor, mask: NDArray? = nil, memoryMask: NDArray? = nil
  ) -> Tensor {
    run(x, memory: memory, memoryMask: memoryMask) { attention($0, mask: mask) }
  }

  /// New steps behind those that the cache holds.
  public func step(
    _ x: Tensor, memory: Tensor, memoryMask: NDArray? = nil, _ cache: inout KeyValueCache?
  ) -> Tensor {
    run(x, memory: memory, memoryMask: memoryMask) { attention.step($0, &cache) }
  }

  /// How much each step looks at each step of the memory; see ``CrossAttention/weights(_:to:)``.
  public func weights(_ x: Tensor, memory: Tensor) -> Tensor {
    switch normalization {
    case .before: crossAttention.weights(crossNorm(x + attention(attentionNorm(x))), to: memory)
    case .after: crossAttention.weights(attentionNorm(x + attention(x)), to: memory)
    }
  }

  private func run(
    _ x: Tensor, memory: Tensor, memoryMask: NDArray?, _ attend: (Tensor) -> Tensor
  ) -> Tensor {
    func around(_ x: Tensor, _ norm: LayerNorm, _ body: (Tensor) -> Tensor) -> Tensor {
      switch normalization {
      case .before: x + body(norm(x)).dropped(probability: dropout)
      case .after: norm(x + body(x).dropped(probability: dropout))
      }
    }
    let h = around(x, attentionNorm, attend)
    let g = around(h, crossNorm) { crossAttention($0, to: memory, mask: memoryMask) }
    return around(g, networkNorm) { network($0) }
  }

  public var description: String { "TransformerDecoderBlock(\(attention.features), \(attention.heads) heads)" }
}

import HebbArrays
import HebbAutograd

/// A block of a transformer: self-attention, then a network of two layers for each step, with a way around either.
///
///     normalised before (pre-norm):  h = x + attention(norm₁(x))     y = h + network(norm₂(h))
///     normalised after (post-norm):  h = norm₁(x + attention(x))     y = norm₂(h + network(h))
///
/// A causal block is one of a decoder alone (GPT), others are an encoder's (BERT).
///
/// - Input: `[batch, time, features]`
/// - Output: the same
/// - Source: Vaswani et al. 2017, arXiv:1706.03762; pre-norm: Xiong et al. 2020, arXiv:2002.04745.
public struct TransformerBlock: Layer {
  /// Attention of the sequence to itself.
  public let attention: MultiHeadAttention
  /// norm₁: before the attention, or after its sum.
  public let attentionNorm: LayerNorm
  /// The two layers for each step.
  public let network: FeedForward
  /// norm₂: before the network, or after its sum.
  public let networkNorm: LayerNorm
  /// Where the norms stand: before attention and network, or after the sums.
  public let normalization: TransformerNormalization
  /// What is dropped in training of what attention and network add.
  public let dropout: Double

  public var members: Members {
    ["attention": attention, "attentionNorm": attentionNorm, "network": network, "networkNorm": networkNorm]
  }

  /// - Parameter hidden: the width of the network's hidden layer; four times the features where nil.
  public init(
    _ features: Int, heads: Int, hidden: Int? = nil, isCausal: Bool = false,
    normalization: TransformerNormalization = .before, activation: FeedForward.Activation = .gelu,
    rotaryBase: Double? = nil, dropout: Double = 0, attentionDropout: Double = 0, epsilon: Double = 1e-5,
    initializer: Initializer = .xavierUniform, using random: inout Philox
  ) {
    attention = MultiHeadAttention(
      features, heads: heads, isCausal: isCausal, rotaryBase: rotaryBase, dropout: attentionDropout,
      initializer: initializer, using: &random)
    network = FeedForward(
      features, hidden: hidden ?? 4 * features, activation: activation, initializer: initializer, using: &random)
    attentionNorm = LayerNorm(features, epsilon: epsilon)
    networkNorm = LayerNorm(features, epsilon: epsilon)
    (self.normalization, self.dropout) = (normalization, dropout)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: nil) }

  /// - Parameter mask: `[batch, time]`, 0 for steps that are not to be seen (padding).
  public func callAsFunction(_ x: Tensor, mask: NDArray?) -> Tensor {
    switch normalization {
    case .before:
      let h = attention(attentionNorm(x), mask: mask, adding: x, dropping: dropout)
      return network(networkNorm(h), adding: h, dropping: dropout)
    case .after:
      let h = attentionNorm(attention(x, mask: mask, adding: x, dropping: dropout))
      return networkNorm(network(h, adding: h, dropping: dropout))
    }
  }

  /// New steps behind those that the cache holds; see ``MultiHeadAttention/step(_:_:)``.
  public func step(_ x: Tensor, _ cache: inout KeyValueCache?) -> Tensor {
    switch normalization {
    case .before:
      let h = x + attention.step(attentionNorm(x), &cache)
      return network(networkNorm(h), adding: h, dropping: 0)
    case .after:
      let h = attentionNorm(x + attention.step(x, &cache))
      return networkNorm(network(h, adding: h, dropping: 0))
    }
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    attention.multiplyAdds(from: input, to: output) + network.multiplyAdds(from: input, to: output)
  }

  public var window: Window? { nil }

  public var description: String {
    "TransformerBlock(\(attention.features), \(attention.heads) heads\(attention.isCausal ? ", causal" : ""))"
  }
}

/// Where a transformer's blocks normalise: before attention and network, or after the sums.
public enum TransformerNormalization: Sendable, Hashable {
  case before, after
}

/// Two layers with an activation between them, the same for each step.
///
///     y = φ(x U + a) V + b
///
/// - Input: `[…, features]`
/// - Output: the same
public struct FeedForward: Layer {
  /// What stands between the two layers.
  public enum Activation: Sendable, Hashable {
    case relu, gelu, geluTanh
  }

  public let up: Linear  // U [features, hidden]
  public let down: Linear  // V [hidden, features]
  /// φ.
  public let activation: Activation

  public var members: Members { ["up": up, "down": down] }

  /// Two layers that are drawn.
  ///
  /// - Parameters:
  ///   - features: of each step.
  ///   - hidden: between the layers; four times the features as a rule.
  ///   - activation: φ.
  ///   - initializer: how the matrices are drawn.
  public init(
    _ features: Int, hidden: Int, activation: Activation = .gelu, initializer: Initializer = .standard,
    using random: inout Philox
  ) {
    up = Linear(features, hidden, initializer: initializer, using: &random).withoutOffset()
    down = Linear(hidden, features, initializer: initializer, using: &random).withoutOffset()
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { down(inner(x)) }

  func callAsFunction(_ x: Tensor, adding residual: Tensor, dropping probability: Double) -> Tensor {
    down.sum(inner(x), residual, dropping: probability)
  }

  private func inner(_ x: Tensor) -> Tensor {
    switch activation {
    case .relu: up(x, activation: .relu)
    case .gelu: up(x).gelu()
    case .geluTanh: up(x).geluTanh()
    }
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    up.multiplyAdds(from: input, to: input.replacing(-1, with: up.weight.shape[1]))
      + down.multiplyAdds(from: input, to: output)
  }

  public var description: String { "FeedForward(\(up.weight.shape[0]), hidden \(up.weight.shape[1]))" }
}

import HebbArrays
import HebbAutograd

/// Attention of one sequence to another: a decoder's to what the encoder made of its input.
///
///     q = x Q          k, v = memory K          y = concat over heads of softmax(q kᵀ / √size) v · O
///
/// - Source: Vaswani et al. 2017, arXiv:1706.03762, section 3.2.3.
public struct CrossAttention: Module, CustomStringConvertible {
  public let query: Linear  // Q [features, features]
  public let keyValue: Linear  // K [features, 2 · features], keys, values
  public let output: Linear  // O [features, features]
  /// How many heads there are, of features / heads numbers each.
  public let heads: Int
  /// The share of the weights of the mean that are zeroed in training.
  public let dropout: Double

  public var members: Members { ["query": query, "keyValue": keyValue, "output": output] }

  /// Attention that is drawn.
  ///
  /// - Parameters:
  ///   - features: of queries and of what is looked at.
  ///   - heads: divides the features.
  ///   - dropout: the share of the weights that are zeroed in training, 0 or more and below 1.
  ///   - initializer: how the matrices are drawn.
  public init(
    _ features: Int, heads: Int, dropout: Double = 0, initializer: Initializer = .xavierUniform,
    using random: inout Philox
  ) {
    checkHeads("CrossAttention", features, heads, dropout)
    query = Linear(features, features, initializer: initializer, using: &random).withoutOffset()
    keyValue = Linear(features, 2 * features, initializer: initializer, using: &random).withoutOffset()
    output = Linear(features, features, initializer: initializer, using: &random).withoutOffset()
    (self.heads, self.dropout) = (heads, dropout)
  }

  /// - Parameters:
  ///   - x: `[batch, time, features]`.
  ///   - memory: `[batch, memory time, features]`.
  ///   - mask: `[batch, memory time]`, 0 for steps of the memory that are not to be seen.
  /// - Returns: the shape of `x`.
  public func callAsFunction(_ x: Tensor, to memory: Tensor, mask: NDArray? = nil) -> Tensor {
    let features = output.weight.shape[0]
    require(
      x.rank == 3 && memory.rank == 3 && x.shape[2] == features && memory.shape[2] == features,
      "\(self): an input \(x.shape) and a memory \(memory.shape) are not [batch, time, \(features)]")
    let parts = keyValue(memory).split([features, features], axis: -1)
    return output(query(x).attention(keys: parts[0], values: parts[1], heads: heads, mask: mask, dropout: dropout))
  }

  /// How much each step looks at each step of the memory, as the mean of all heads: rows that sum to 1.
  ///
  /// - Shapes: as above, without a mask → `[batch, time, memory time]`.
  public func weights(_ x: Tensor, to memory: Tensor) -> Tensor {
    let (batch, features) = (x.shape[0], output.weight.shape[0])
    func split(_ x: Tensor) -> Tensor {
      x.reshaped([batch, x.shape[1], heads, features / heads]).transposed([0, 2, 1, 3])
    }
    let keys = keyValue(memory).sliced(axis: -1, from: 0, to: features)
    let scale = 1 / Double(features / heads).squareRoot()
    return (split(query(x)).matmul(split(keys), transposingRight: true) * scale).softmax().mean(axes: [1])
  }

  public var description: String { "CrossAttention(\(output.weight.shape[0]), \(heads) heads)" }
}

import HebbArrays
import HebbAutograd

/// Attention of one state at a time to the steps of a memory: what a recurrent decoder looks at before it writes.
///
///     a = softmax(scores(query, memory))          context = Σₜ aₜ memoryₜ
public protocol QueryAttention: Module {
  /// How well each step of the memory matches the query.
  ///
  /// - Shapes: `[batch, query features]` and `[batch, time, memory features]` → `[batch, time]`.
  func scores(_ query: Tensor, _ memory: Tensor) -> Tensor
}

extension QueryAttention {
  /// - Parameter mask: `[batch, time]`, 0 for steps that are not to be seen (padding); one at least must be.
  /// - Returns: the context `[batch, memory features]` and the weights `[batch, time]`.
  public func callAsFunction(
    _ query: Tensor, to memory: Tensor, mask: NDArray? = nil
  ) -> (context: Tensor, weights: Tensor) {
    require(
      query.rank == 2 && memory.rank == 3 && query.shape[0] == memory.shape[0],
      "attention of a query \(query.shape) to a memory \(memory.shape)")
    var scores = scores(query, memory)
    if let mask {
      let visible = 1 - mask.equal(to: 0).cast(to: scores.dtype)
      scores = .select(visible, scores, Tensor(.full([], -1e30, dtype: scores.dtype)))
    }
    let weights = scores.softmax()
    return (weights.expanded(at: 1).matmul(memory).squeezed(1), weights)
  }
}

/// Attention whose scores come from a small network: Bahdanau's.
///
///     scoreₜ = v · tanh(query U + memoryₜ W)
///
/// - Source: Bahdanau, Cho and Bengio 2015, "Neural machine translation by jointly learning to align and translate",
///   arXiv:1409.0473.
public struct AdditiveAttention: QueryAttention {
  public let query: Linear  // U [query features, hidden]
  public let memory: Linear  // W [memory features, hidden]
  public let score: Linear  // v [hidden, 1]

  public var members: Members { ["query": query, "memory": memory, "score": score] }

  public init(query: Int, memory: Int, hidden: Int, using random: inout Philox) {
    self.query = Linear(query, hidden, bias: false, using: &random)
    self.memory = Linear(memory, hidden, bias: false, using: &random)
    score = Linear(hidden, 1, bias: false, using: &random)
  }

  public func scores(_ query: Tensor, _ memory: Tensor) -> Tensor {
    score((self.query(query).expanded(at: 1) + self.memory(memory)).tanh()).squeezed(2)
  }
}

/// Attention whose scores are products: Luong's.
///
///     scoreₜ = query · memoryₜ, or query W · memoryₜ with a learned W ("general")
///
/// - Source: Luong, Pham and Manning 2015, "Effective approaches to attention-based neural machine translation",
///   arXiv:1508.04025.
public struct MultiplicativeAttention: QueryAttention {
  public let weight: Linear?  // W [query features, memory features]

  public var members: Members { ["weight": weight] }

  /// Plain products of queries and memories with equally many features.
  public init() { weight = nil }

  public init(query: Int, memory: Int, using random: inout Philox) {
    weight = Linear(query, memory, bias: false, using: &random)
  }

  public func scores(_ query: Tensor, _ memory: Tensor) -> Tensor {
    let query = weight?(query) ?? query
    require(
      query.shape[1] == memory.shape[2],
      "attention by products: a query \(query.shape) and a memory \(memory.shape) differ in their features")
    return memory.matmul(query.expanded(at: 2)).squeezed(2)
  }
}

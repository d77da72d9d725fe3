import HebbArrays
import HebbAutograd

/// Attention of one state at a time to the steps of a memory: what a recurrent decoder looks at before it writes.
///
///     a = softmax(scores(query, memory))          context = Σₜ aₜ memoryₜ
public protocol QueryAttention: Module {
  /// What queries are matched with: worked out once for a memory that many queries look at.
  ///
  /// - Shapes: `[batch, time, memory features]` → `[batch, time, key features]`.
  func keys(of memory: Tensor) -> Tensor

  /// How well each step of the memory matches each query.
  ///
  /// - Shapes: `[batch, queries, query features]` and `[batch, time, key features]` → `[batch, queries, time]`.
  func scores(_ queries: Tensor, _ keys: Tensor) -> Tensor
}

extension QueryAttention {
  /// - Parameters:
  ///   - queries: `[batch, query features]`, or several of each sequence, `[batch, queries, query features]`.
  ///   - keys: ``keys(of:)`` of the memory; worked out where nil.
  ///   - mask: `[batch, time]`, 0 for steps that are not to be seen (padding); one at least must be.
  /// - Returns: the context and the weights: memory features, and one number for each step of the memory, in the place of the
  ///   query's features.
  public func callAsFunction(
    _ queries: Tensor, to memory: Tensor, keys: Tensor? = nil, mask: NDArray? = nil
  ) -> (context: Tensor, weights: Tensor) {
    require(
      (2...3).contains(queries.rank) && memory.rank == 3 && queries.shape[0] == memory.shape[0],
      "attention of a query \(queries.shape) to a memory \(memory.shape)")
    var scores = scores(queries.rank == 2 ? queries.expanded(at: 1) : queries, keys ?? self.keys(of: memory))
    if let mask {
      let visible = (1 - mask.equal(to: 0).cast(to: scores.dtype)).expanded(at: 1)
      scores = .select(visible, scores, Tensor(.full([], -1e30, dtype: scores.dtype)))
    }
    let weights = scores.softmax()
    let context = weights.matmul(memory)
    return queries.rank == 2 ? (context.squeezed(1), weights.squeezed(1)) : (context, weights)
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

  /// Features of the query, of a place of the memory, and of what they are compared in.
  public init(query: Int, memory: Int, hidden: Int, using random: inout Philox) {
    self.query = Linear(query, hidden, bias: false, using: &random)
    self.memory = Linear(memory, hidden, bias: false, using: &random)
    score = Linear(hidden, 1, bias: false, using: &random)
  }

  public func keys(of memory: Tensor) -> Tensor { self.memory(memory) }

  public func scores(_ queries: Tensor, _ keys: Tensor) -> Tensor {
    score((query(queries).expanded(at: 2) + keys.expanded(at: 1)).tanh()).squeezed(3)
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

  /// Features of the query, and of a place of the memory.
  public init(query: Int, memory: Int, using random: inout Philox) {
    weight = Linear(query, memory, bias: false, using: &random)
  }

  public func keys(of memory: Tensor) -> Tensor { memory }

  public func scores(_ queries: Tensor, _ keys: Tensor) -> Tensor {
    let queries = weight?(queries) ?? queries
    require(
      queries.shape[2] == keys.shape[2],
      "attention by products: a query \(queries.shape) and a memory \(keys.shape) differ in their features")
    return queries.matmul(keys, transposingRight: true)
  }
}

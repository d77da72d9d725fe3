import HebbArrays

extension Tensor {
  /// Scaled dot-product attention of several heads: for each query a mean of the values, weighted by how well their keys
  /// match it.
  ///
  ///     yᵢ = Σⱼ aᵢⱼ vⱼ          aᵢ = softmax(qᵢ · k / √size),  size = features / heads
  ///
  /// The matrix of all weights is never built, unless dropout in training asks for it. A query that may see no key gives
  /// zeros.
  ///
  /// - Parameters:
  ///   - heads: how many parts of the features attend on their own.
  ///   - isCausal: whether a query sees only the keys of its own step and of earlier ones; the last query stands at the last
  ///     key.
  ///   - mask: `[batch, keys]`, 0 where a key may not be seen (padding).
  ///   - dropout: the share of the weights that are zeroed in training.
  /// - Shapes: queries `[batch, queries, features]`, keys and values `[batch, keys, features]` → the queries' shape.
  /// - Source: Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762.
  public func attention(
    keys: Tensor, values: Tensor, heads: Int, isCausal: Bool = false, mask: NDArray? = nil, dropout: Double = 0
  ) -> Tensor {
    require(
      rank == 3 && keys.rank == 3 && keys.shape == values.shape && shape[0] == keys.shape[0]
        && shape[2] == keys.shape[2],
      "attention of queries \(shape) to keys \(keys.shape) and values \(values.shape)")
    check(heads: heads, features: shape[2], mask, keys: [shape[0], keys.shape[1]])
    if dtype != .float32 || dropout > 0 && Pass.phase == .training {
      return PlainAttention(heads: heads, isCausal: isCausal, mask: mask, dropout: dropout).run(self, keys, values)
    }
    let attention = Attention(heads: heads, isCausal: isCausal, mask: mask)
    let (q, k, v) = (Attention.Part(value), Attention.Part(keys.value), Attention.Part(values.value))
    let isFollowed = isTracked || keys.isTracked || values.isTracked
    let (y, logSums) = attention.forward(q, k, v, keeping: isFollowed)
    guard let logSums else { return Tensor(y) }
    return Tensor(y, from: self, keys, values) { dy in
      let gradients = [q, k, v].map { NDArray(shape: $0.array.shape, of: Float.self) { _ in } }
      let parts = gradients.map { Attention.Part($0) }
      attention.backward(q, k, v, y: y, logSums: logSums, dy: dy, into: parts[0], parts[1], parts[2])
      return gradients
    }
  }

  /// Attention of sequences to themselves, with queries, keys and values side by side.
  ///
  /// - Shapes: `[batch, time, 3 · features]` → `[batch, time, features]`.
  package func selfAttention(heads: Int, isCausal: Bool, mask: NDArray?, dropout: Double) -> Tensor {
    let features = shape.innermost / 3
    if dtype != .float32 || dropout > 0 && Pass.phase == .training {
      let parts = split([features, features, features], axis: -1)
      return parts[0].attention(
        keys: parts[1], values: parts[2], heads: heads, isCausal: isCausal, mask: mask, dropout: dropout)
    }
    check(heads: heads, features: features, mask, keys: [shape[0], shape[1]])
    let attention = Attention(heads: heads, isCausal: isCausal, mask: mask)
    func parts(_ array: NDArray) -> [Attention.Part] {
      (0..<3).map { Attention.Part(array, first: $0 * features, features: features) }
    }
    let packed = parts(value)
    let (y, logSums) = attention.forward(packed[0], packed[1], packed[2], keeping: isTracked)
    guard let logSums else { return Tensor(y) }
    return Tensor(y, from: self) { dy in
      let gradient = NDArray(shape: packed[0].array.shape, of: Float.self) { _ in }
      let targets = parts(gradient)
      attention.backward(
        packed[0], packed[1], packed[2], y: y, logSums: logSums, dy: dy, into: targets[0], targets[1], targets[2])
      return [gradient]
    }
  }

  private func check(heads: Int, features: Int, _ mask: NDArray?, keys: Shape) {
    require(heads > 0 && features % heads == 0, "attention: \(heads) heads do not divide \(features) features")
    require(
      mask.map { $0.shape == keys } ?? true,
      "attention: a mask \(mask?.shape ?? []) for keys \(keys), one number for each is needed")
  }
}

/// Attention written out in other ops: what it is, slowly. Float64 runs on it.
struct PlainAttention {
  let heads: Int
  let isCausal: Bool
  let mask: NDArray?
  let dropout: Double

  func run(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor {
    let (batch, queries, features) = (q.shape[0], q.shape[1], q.shape[2])
    let keys = k.shape[1]
    func split(_ x: Tensor) -> Tensor {
      x.reshaped([batch, x.shape[1], heads, features / heads]).transposed([0, 2, 1, 3])
    }
    let scale = 1 / Double(features / heads).squareRoot()
    var scores = split(q).matmul(split(k), transposingRight: true) * scale
    let visible = visibility(batch, queries, keys, q.dtype)
    let lowest = Tensor(.full([], -1e30, dtype: q.dtype))
    if let visible { scores = .select(visible, scores, lowest) }
    var weights = scores.softmax()
    // A query that sees nothing gives zeros.
    if let visible { weights = .select(visible, weights, Tensor(.zeros([], dtype: q.dtype))) }
    let y = weights.dropped(probability: dropout).matmul(split(v))
    return y.transposed([0, 2, 1, 3]).reshaped([batch, queries, features])
  }

  /// 1 where a query may see a key, broadcast to `[batch, heads, queries, keys]`; nil where all may see all.
  private func visibility(_ batch: Int, _ queries: Int, _ keys: Int, _ dtype: DType) -> NDArray? {
    var visible = mask.map { (1 - $0.equal(to: 0).cast(to: dtype)).reshaped([batch, 1, 1, keys]) }
    if isCausal {
      let rows = (NDArray.range(queries, dtype: dtype) + Double(keys - queries)).reshaped([queries, 1])
      let past = rows.greaterOrEqual(to: NDArray.range(keys, dtype: dtype).reshaped([1, keys])).cast(to: dtype)
      visible = visible.map { $0 * past } ?? past
    }
    return visible?.broadcast(to: [batch, heads, queries, keys])
  }
}

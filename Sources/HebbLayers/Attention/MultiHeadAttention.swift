import HebbArrays
import HebbAutograd

/// Self-attention of several heads: each step of a sequence becomes a weighted mean over all steps.
///
///     q, k, v = x W + b          y = concat over heads of softmax(q kᵀ / √size) v · O + c
///
/// - Input: `[batch, time, features]`
/// - Output: the same
/// - Source: Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762.
public struct MultiHeadAttention: Layer {
  public let projection: Linear  // W [features, 3 · features], queries, keys, values
  public let output: Linear  // O [features, features]
  /// How many heads there are, of features / heads numbers each.
  public let heads: Int
  /// Whether a step sees only itself and earlier steps.
  public let isCausal: Bool
  /// The base of rotary positions; nil where positions are told in other ways.
  public let rotaryBase: Double?
  /// The share of the weights of the mean that are zeroed in training.
  public let dropout: Double

  public var members: Members { ["projection": projection, "output": output] }

  /// Attention that is drawn.
  ///
  /// - Parameters:
  ///   - features: of each step.
  ///   - heads: divides the features.
  ///   - isCausal: whether a step sees only itself and earlier ones.
  ///   - rotaryBase: turns queries and keys by their positions, 10,000 as a rule; nil leaves them.
  ///   - dropout: the share of the weights that are zeroed in training, 0 or more and below 1.
  ///   - initializer: how the matrices are drawn.
  public init(
    _ features: Int, heads: Int, isCausal: Bool = false, rotaryBase: Double? = nil, dropout: Double = 0,
    initializer: Initializer = .xavierUniform, using random: inout Philox
  ) {
    checkHeads("MultiHeadAttention", features, heads, dropout)
    require(
      rotaryBase == nil || features / heads % 2 == 0,
      "MultiHeadAttention: rotary positions turn pairs, but a head has \(features / max(1, heads)) features")
    projection = Linear(features, 3 * features, initializer: initializer, using: &random).withoutOffset()
    output = Linear(features, features, initializer: initializer, using: &random).withoutOffset()
    (self.heads, self.isCausal, self.rotaryBase, self.dropout) = (heads, isCausal, rotaryBase, dropout)
  }

  /// How many features a step has.
  public var features: Int { output.weight.shape[0] }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: nil) }

  /// - Parameter mask: `[batch, time]`, 0 for steps that are not to be seen (padding).
  public func callAsFunction(_ x: Tensor, mask: NDArray?) -> Tensor { output(attended(x, mask)) }

  /// The result plus `residual`, in one pass where nothing is learnt.
  func callAsFunction(_ x: Tensor, mask: NDArray?, adding residual: Tensor, dropping probability: Double) -> Tensor {
    output.sum(attended(x, mask), residual, dropping: probability)
  }

  /// The means of all heads side by side.
  private func attended(_ x: Tensor, _ mask: NDArray?) -> Tensor {
    check(x.shape)
    return packed(x, from: 0).selfAttention(heads: heads, isCausal: isCausal, mask: mask, dropout: dropout)
  }

  /// New steps behind those that the cache holds: for generating.
  ///
  /// - Parameter cache: keys and values of the steps before (nil: there are none), then of these too.
  /// - Returns: `[batch, steps, features]`.
  public func step(_ x: Tensor, _ cache: inout KeyValueCache?) -> Tensor {
    check(x.shape)
    require(isCausal, "\(self) sees later steps too: it needs whole sequences, not single steps")
    let before = cache ?? KeyValueCache(batch: x.shape[0], features: features)
    let parts = packed(x, from: before.count).value.split([features, features, features], axis: -1)
    let after = before.adding(keys: parts[1], values: parts[2])
    cache = after
    let y = Tensor(parts[0]).attention(
      keys: Tensor(after.keys), values: Tensor(after.values), heads: heads, isCausal: true)
    return output(y)
  }

  private func packed(_ x: Tensor, from first: Int) -> Tensor {
    let packed = projection(x)
    guard let rotaryBase else { return packed }
    return packed.rotated(size: features / heads, features: 2 * features, from: first, base: rotaryBase)
  }

  private func check(_ shape: Shape) {
    require(
      shape.rank == 3 && shape[2] == features, "\(self): the input \(shape) is not [batch, time, \(features)]")
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    input.count * (4 * features + 2 * input[1])
  }

  public var window: Window? { nil }

  public var description: String {
    "MultiHeadAttention(\(features), \(heads) heads\(isCausal ? ", causal" : "")\(rotaryBase == nil ? "" : ", rotary"))"
  }
}

/// The keys and values of the steps that attention has seen, `[batch, steps, features]` each.
public struct KeyValueCache: Sendable {
  /// The heads side by side, the oldest step first; keys are turned already where positions are rotary.
  public let keys: NDArray, values: NDArray

  /// How many steps there are.
  public var count: Int { keys.shape[1] }

  init(batch: Int, features: Int) { self.init(.zeros([batch, 0, features]), .zeros([batch, 0, features])) }

  private init(_ keys: NDArray, _ values: NDArray) { (self.keys, self.values) = (keys, values) }

  func adding(keys newKeys: NDArray, values newValues: NDArray) -> KeyValueCache {
    require(
      newKeys.shape[0] == keys.shape[0], "a cache of \(keys.shape[0]) sequences meets \(newKeys.shape[0]) of them")
    guard count > 0 else { return KeyValueCache(newKeys, newValues) }
    return KeyValueCache(
      .concatenated([keys, newKeys], axis: 1), .concatenated([values, newValues], axis: 1))
  }

  /// The caches of other sequences: row i is that of sequence `rows[i]`, as a search with several beams needs it.
  public func rows(_ rows: [Int]) -> KeyValueCache {
    let numbers = NDArray(rows.map { Int32($0) })
    return KeyValueCache(keys.gathered(rows: numbers), values.gathered(rows: numbers))
  }
}

func checkHeads(_ name: String, _ features: Int, _ heads: Int, _ dropout: Double) {
  require(
    features > 0 && heads > 0 && features % heads == 0,
    "\(name)(\(features)): \(heads) heads do not divide the features")
  require(dropout >= 0 && dropout < 1, "\(name): the dropout \(dropout) is not in 0..<1")
}

extension Linear {
  /// The same layer with zeros for its bias, as attention begins.
  func withoutOffset() -> Linear {
    bias?.value = .zeros([weight.shape[1]])
    return self
  }

  /// The result, of which a share is dropped in training, plus `residual`.
  func sum(_ x: Tensor, _ residual: Tensor, dropping probability: Double) -> Tensor {
    guard Stage.mayFuse(x), !residual.isTracked, x.dtype == .float32 else {
      return residual + self(x).dropped(probability: probability)
    }
    let rows = residual.value.reshaped(-1, weight.shape[1])
    return Tensor(self(x.value, epilogue: Epilogue(bias: bias?.tensor.value, residual: rows)))
  }
}

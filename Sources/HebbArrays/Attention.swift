import CHebbKernels

/// Scaled dot-product attention of several heads in float32, without a matrix of all scores: queries go along the keys in
/// blocks, and the softmax is kept up as the blocks come in.
///
///     yᵢ = Σⱼ softmaxⱼ(qᵢ · kⱼ / √size) vⱼ        size = features / heads
///
/// Blocks have the same sizes everywhere, and threads share heads, so no bit depends on how many there are.
///
/// - Source: Vaswani et al. 2017, arXiv:1706.03762; the softmax in blocks: Milakov and Gimelshein 2018, arXiv:1805.02867,
///   and Dao et al. 2022, arXiv:2205.14135.
package struct Attention: Sendable {
  package let heads: Int
  /// Whether a query sees only the keys of its own step and of earlier ones. The last query stands at the last key.
  package let isCausal: Bool
  /// For each key 0, or −∞ where it may not be seen: float32 `[batch, keys]`.
  package let bias: NDArray?

  /// - Parameter mask: `[batch, keys]`, 0 where a key may not be seen.
  package init(heads: Int, isCausal: Bool, mask: NDArray?) {
    (self.heads, self.isCausal) = (heads, isCausal)
    bias = mask.map { mask in
      let isHidden: [Float] = mask.equal(to: 0).cast(to: .float32).elements()
      return NDArray(isHidden.map { $0 == 0 ? 0 : -Float.infinity }, shape: mask.shape)
    }
  }

  /// Some neighbouring features of an array `[batch, time, …]`: queries, keys and values may lie in one.
  package struct Part: Sendable {
    package let array: NDArray
    package let first: Int, features: Int

    package init(_ array: NDArray, first: Int = 0, features: Int? = nil) {
      (self.array, self.first, self.features) = (array, first, features ?? array.shape.innermost)
    }

    var time: Int { array.shape[1] }
    var row: Int { array.shape[2] }

    /// The first feature of a head at the first step.
    func start(_ sample: Int, offset: Int) -> UnsafePointer<Float> {
      array.pointer(to: Float.self) + sample * time * row + first + offset
    }
    func target(_ sample: Int, offset: Int) -> UnsafeMutablePointer<Float> {
      array.mutablePointer(to: Float.self) + sample * time * row + first + offset
    }
  }

  static let kernels = hebb_attention_table(hebb_isa()).pointee
  /// Queries and keys of a block: their scores stay in the first caches. Queries fill whole tiles of the products.
  static let queries = 48, keys = 128
  /// Rows of scores lie sixteen floats further apart than they are long.
  static let scoreRow = keys + 16

  /// What the work on one head needs to know.
  struct Head {
    let size: Int
    /// The size up to whole vectors.
    let width: Int
    let queryCount: Int, keyCount: Int
    let bias: UnsafePointer<Float>?
    let isCausal: Bool

    init(_ attention: Attention, features: Int, queries: Int, keys: Int, sample: Int) {
      size = features / attention.heads
      width = (size + 15) / 16 * 16
      (queryCount, keyCount, isCausal) = (queries, keys, attention.isCausal)
      bias = attention.bias.map { $0.pointer(to: Float.self) + sample * keys }
    }

    var scale: Float { 1 / Float(size).squareRoot() }

    /// How many keys at most a block of queries sees.
    func keysSeen(by queries: Range<Int>) -> Int {
      isCausal ? max(0, min(keyCount, queries.upperBound + keyCount - queryCount)) : keyCount
    }

    func block(
      _ queries: Range<Int>, _ keys: Range<Int>, _ scores: UnsafeMutablePointer<Float>
    ) -> hebb_attention_scores {
      let seen = isCausal ? queries.lowerBound + 1 + keyCount - queryCount - keys.lowerBound : keys.count
      return hebb_attention_scores(
        rows: queries.count, keys: keys.count, seen: seen, growth: isCausal ? 1 : 0,
        bias: bias.map { $0 + keys.lowerBound }, scores: scores, row: Attention.scoreRow)
    }

    /// Rows of a head side by side, with zeros up to whole vectors.
    func copy(
      _ x: UnsafePointer<Float>, row: Int, rows: Int, scale: Float = 1, into y: UnsafeMutablePointer<Float>
    ) {
      Attention.kernels.copy(x, row, rows, size, scale, y, width, width)
    }

    /// Keys or values as the right side of a product with queries: blocks of sixteen keys.
    func turn(_ x: UnsafePointer<Float>, row: Int, into y: UnsafeMutablePointer<Float>) {
      MatrixProblem.kernels.pack_columns(x, 1, row, size, keyCount, y)
    }

    var turnedCount: Int { size * ((keyCount + 15) / 16 * 16) }
  }

  static func ranges(_ count: Int, _ length: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: length).map { $0..<min(count, $0 + length) }
  }

  /// c = a b, or c += a b, of matrices that lie in the caches. Columns of b are in blocks of sixteen.
  static func multiply(
    _ a: UnsafePointer<Float>, row aRow: Int, step aStep: Int, _ b: UnsafePointer<Float>, block: Int, step bStep: Int,
    into c: UnsafeMutablePointer<Float>, row cRow: Int, rows: Int, length: Int, columns: Int, adding: Bool
  ) {
    var zero = 0
    withUnsafePointer(to: &zero) { zero in
      var product = hebb_product()
      (product.a, product.a_row, product.a_step) = (a, aRow, aStep)
      (product.b, product.b_block, product.b_step) = (b, block, bStep)
      (product.c, product.c_row) = (c, cRow)
      (product.rows, product.columns) = (rows, columns)
      (product.taps, product.length, product.accumulate) = (1, length, adding ? 1 : 0)
      (product.a_tap, product.b_tap) = (zero, zero)
      MatrixProblem.kernels.product(&product)
    }
  }

  func share(_ pieces: Int, multiplications: Int, _ body: (Int) -> Void) {
    if multiplications >= MatrixProblem.worthSharing {
      ThreadPool.shared.run(pieces, body)
    } else {
      for piece in 0..<pieces { body(piece) }
    }
  }
}

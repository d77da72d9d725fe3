import HebbArrays
import HebbAutograd
import HebbTesting
import Testing

/// Attention in blocks (float32) against the same written out with the whole matrix (float64), and against itself on other
/// numbers of threads.
@Suite struct AttentionTests {
  static func row(
    _ name: String, batch: Int = 2, queries: Int, keys: Int? = nil, features: Int, heads: Int, causal: Bool = false,
    lengths: [Int]? = nil
  ) -> OpCase {
    let count = keys ?? queries
    let mask = lengths.map { lengths in
      NDArray(lengths.flatMap { length in (0..<count).map { Int32($0 < length ? 1 : 0) } }, shape: [batch, count])
    }
    return OpCase(name, [[batch, queries, features], [batch, count, features], [batch, count, features]]) {
      $0[0].attention(keys: $0[1], values: $0[2], heads: heads, isCausal: causal, mask: mask)
    }
  }

  static let rows: [OpCase] = [
    row("one head", queries: 5, features: 3, heads: 1),
    row("two heads", queries: 5, keys: 9, features: 10, heads: 2),
    row("whole vectors", queries: 17, keys: 33, features: 32, heads: 2),
    row("causal", queries: 6, features: 4, heads: 2, causal: true),
    row("causal behind a past", queries: 3, keys: 8, features: 4, heads: 2, causal: true),
    row("causal without a past", queries: 8, keys: 3, features: 4, heads: 2, causal: true),
    row("one query", queries: 1, keys: 20, features: 16, heads: 1, causal: true),
    row("padding", queries: 6, features: 6, heads: 2, lengths: [4, 6]),
    row("causal and padding", queries: 6, features: 6, heads: 2, causal: true, lengths: [4, 2]),
    row("nothing to see", queries: 3, features: 6, heads: 2, lengths: [0, 2]),
    row("many blocks", batch: 1, queries: 150, keys: 300, features: 6, heads: 2, lengths: [290]),
    row("many causal blocks", batch: 1, queries: 290, features: 6, heads: 1, causal: true, lengths: [270]),
    row("no keys", queries: 3, keys: 0, features: 4, heads: 2),
    row("no queries", queries: 0, keys: 3, features: 4, heads: 2),
    row("no sequence", batch: 0, queries: 3, features: 4, heads: 2),
    OpCase("packed", [[2, 60, 72]]) { $0[0].selfAttention(heads: 3, isCausal: true, mask: nil, dropout: 0) },
    OpCase("rotary", [[2, 5, 12]]) { $0[0].rotated(size: 4, features: 8, from: 3) },
  ]

  @Test(arguments: rows) func isRight(_ row: OpCase) {
    for problem in checkOp(row) { Issue.record("\(problem)") }
  }

  /// One head of a long sequence is cut into spans: the same bits on any number of threads, and the truth of float64.
  @Test(arguments: [false, true]) func longSequencesAreShared(_ isCausal: Bool) {
    var random = Philox(seed: 5)
    let parts = (0..<3).map { _ in NDArray.normal([1, 2_000, 8], using: &random) }
    let dy = NDArray.normal([1, 2_000, 8], using: &random)
    func gradients(_ dtype: DType) -> [NDArray] {
      valueAndGradients(at: parts.map { $0.cast(to: dtype) }) { x in
        (x[0].attention(keys: x[1], values: x[2], heads: 1, isCausal: isCausal) * Tensor(dy.cast(to: dtype))).sum()
      }.inputGradients
    }
    let before = ThreadPool.shared.threads
    defer { ThreadPool.shared.threads = before }
    let found = [1, 2, 5].map { threads in
      ThreadPool.shared.threads = threads
      return gradients(.float32)
    }
    #expect(Set(found.map { $0.map(\.fingerprint) }).count == 1)
    for (a, b) in zip(found[0], gradients(.float64)) {
      #expect((a.cast(to: .float64) - b).abs().max().scalar < 2e-5 * b.abs().max().scalar)
    }
  }

  /// Scores far apart from each other and from zero.
  @Test func largeScoresDoNotOverflow() {
    var random = Philox(seed: 3)
    let parts = (0..<3).map { _ in NDArray.normal([1, 200, 16], using: &random) * 60 }
    func run(_ dtype: DType) -> NDArray {
      let x = parts.map { Tensor($0.cast(to: dtype)) }
      return x[0].attention(keys: x[1], values: x[2], heads: 1).value.cast(to: .float64)
    }
    let (found, expected) = (run(.float32), run(.float64))
    #expect((found - expected).abs().max().scalar < 0.05, "of values up to \(expected.abs().max().scalar)")
  }
}

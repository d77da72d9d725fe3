import CHebbKernels
import HebbArrays
import Testing

/// Every kernel gives the same bits on every instruction set that this processor has.
@Suite struct SameBitsTests {
  static let others = [HEBB_AVX2, HEBB_AVX512, HEBB_NEON].map { Int32($0.rawValue) }.filter {
    hebb_isa_available($0) != 0
  }
  static let lengths = [1, 3, 7, 15, 16, 17, 40, 64, 100, 1_003]

  /// Ordinary numbers of every size, and the odd ones.
  static func numbers(_ count: Int, _ stream: UInt64) -> [Float] {
    var random = Philox(seed: 21, stream: stream)
    let odd: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, 0x1p-140, -0x1p-140, 3e38, -3e38, 88.72, -103.5, 1e6, 8_388_609,
    ]
    return (0..<count).map { i in
      if i % 11 == 5 { return odd[Int.random(in: 0..<odd.count, using: &random)] }
      let size = Float(sign: .plus, exponent: Int.random(in: -30...8, using: &random), significand: 1)
      return Float.random(in: -2...2, using: &random) * size
    }
  }

  static func bits(_ x: [Float]) -> [UInt32] { x.map { $0.isNaN ? 0x7fc0_0000 : $0.bitPattern } }

  static func check(_ what: String, _ body: (Int32) -> [Float]) {
    let truth = bits(body(0))
    for isa in others { #expect(bits(body(isa)) == truth, "\(what) on set \(isa)") }
  }

  static func filled(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { body(start) }
      initialized = count
    }
  }

  @Test func unary() {
    for n in Self.lengths {
      let x = Self.numbers(n, 1)
      for op in 0..<Int(HEBB_UNARY_COUNT.rawValue) {
        Self.check("unary \(op) of \(n)") { isa in
          let table = hebb_elementwise_table(isa).pointee.unary
          let kernel = withUnsafeBytes(of: table) {
            $0.bindMemory(to: (@convention(c) (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void).self)[
              op]
          }
          return Self.filled(n) { kernel(x, $0, n) }
        }
      }
    }
  }

  @Test func binary() {
    for n in Self.lengths {
      let (x, z) = (Self.numbers(3 * n, 2), Self.numbers(3 * n, 3))
      for op in 0..<Int(HEBB_BINARY_COUNT.rawValue) {
        for (stepA, stepB) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
          Self.check("binary \(op) of \(n), steps \(stepA) and \(stepB)") { isa in
            let table = hebb_elementwise_table(isa).pointee.binary
            let kernel = withUnsafeBytes(of: table) {
              $0.bindMemory(to: (@convention(c) (UnsafePointer<hebb_rows>?) -> Void).self)[op]
            }
            return x.withUnsafeBufferPointer { x in
              z.withUnsafeBufferPointer { z in
                Self.filled(3 * n) { y in
                  var rows = hebb_rows(
                    a: x.baseAddress, b: z.baseAddress, y: y, rows: 3, n: n, a_row: n, b_row: n, a_step: stepA,
                    b_step: stepB)
                  kernel(&rows)
                }
              }
            }
          }
        }
      }
      Self.check("add_product of \(n)") { isa in
        Self.filled(n) { hebb_elementwise_table(isa).pointee.add_product(x, z, 0.3, $0, n) }
      }
      Self.check("select of \(n)") { isa in
        Self.filled(n) { hebb_elementwise_table(isa).pointee.select(x, z, x, $0, n) }
      }
    }
  }

  @Test func reductions() {
    for n in Self.lengths + [4_096, 4_097, 9_000] {
      var random = Philox(seed: 22)
      let x = NDArray.normal([3 * n], using: &random).elements(as: Float.self)
      let dy = NDArray.normal([3 * n], using: &random).elements(as: Float.self)
      for op in 0..<Int(HEBB_REDUCTION_COUNT.rawValue) {
        Self.check("row \(op) of \(n)") { isa in
          let kernel = withUnsafeBytes(of: hebb_reduce_table(isa).pointee.row) {
            $0.bindMemory(to: (@convention(c) (UnsafePointer<Float>?, Int) -> Float).self)[op]
          }
          return [kernel(x, n), kernel(x, 3 * n)]
        }
        Self.check("columns \(op) of \(n)") { isa in
          let kernel = withUnsafeBytes(of: hebb_reduce_table(isa).pointee.columns) {
            $0.bindMemory(
              to: (@convention(c) (UnsafePointer<Float>?, Int, Int, UnsafeMutablePointer<Float>?, Int) -> Void).self)[
                op]
          }
          return Self.filled(n) { kernel(x, 3, n, $0, n) }
        }
      }
      Self.check("softmax of \(n)") { isa in
        let table = hebb_reduce_table(isa).pointee
        let y = Self.filled(3 * n) { table.softmax(x, $0, 3, n) }
        let z = Self.filled(3 * n) { table.log_softmax(x, $0, 3, n) }
        let dx = Self.filled(3 * n) { table.softmax_gradient(y, dy, $0, 3, n) }
        return y + z + dx + Self.filled(3 * n) { table.log_softmax_gradient(z, dy, $0, 3, n) }
      }
    }
  }

  @Test func random() {
    for n in Self.lengths {
      Self.check("random numbers, \(n)") { isa in
        let table = hebb_random_table(isa).pointee
        return Self.filled(n) { table.uniform(7, 8, 9, -1, 2.5, $0, n) }
          + Self.filled(n) { table.normal(7, 8, 9, 0.1, 2.5, $0, n) }
          + Self.filled(n) { table.truncated_normal(7, 8, 9, 0.1, 2.5, $0, n) }
          + Self.filled(n) { table.bernoulli(7, 8, 9, 5_000_000, $0, n) }
      }
    }
  }

  @Test func anyNumberOfThreads() {
    func all() -> [NDArray] {
      var random = Philox(seed: 23)
      let x = NDArray.normal([37, 6_007], using: &random)
      let y = NDArray.normal([6_007], using: &random)
      return [
        x.exp(), x + y, x * NDArray.normal([37, 1], using: &random), x.sum(), x.sum(axis: 0), x.sum(axis: 1), x.max(),
        x.softmax(), x.logSoftmax(), x.variance(axes: [0, 1]), NDArray.truncatedNormal([70_000], using: &random),
        NDArray.bernoulli([70_000], probability: 0.4, using: &random), x.greater(than: y).select(x, y),
        NDArray.normal([3, 90_000], using: &random).sum(axis: -1), x.argMax(axis: 0), x.pow(1.7),
        NDArray.normal([90_000, 3], using: &random).sumOfSquares(),
        NDArray.normal([90_000, 3], using: &random).sum(axis: 0),
      ]
    }
    let before = ThreadPool.shared.threads
    defer { ThreadPool.shared.threads = before }
    ThreadPool.shared.threads = 1
    let truth = all()
    for threads in [2, 5] {
      ThreadPool.shared.threads = threads
      for (i, (a, b)) in zip(all(), truth).enumerated() {
        #expect(a.dtype == b.dtype && a.shape == b.shape)
        let same =
          a.dtype == .int32
          ? a.equal(to: b).allFinite && (a - b).max().scalar == 0
          : Self.bits(a.elements(as: Float.self)) == Self.bits(b.elements(as: Float.self))
        #expect(same, "result \(i) with \(threads) threads")
      }
    }
  }
}

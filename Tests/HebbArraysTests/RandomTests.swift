import HebbArrays
import Testing

@Suite struct RandomTests {
  /// The known answers of the Random123 library for philox4x32-10.
  @Test func philoxMatchesThePublishedVectors() {
    let pi: (seed: UInt64, stream: UInt64, index: UInt64) = (
      0x299f_31d0_a409_3822, 0x0370_7344_1319_8a2e, 0x85a3_08d3_243f_6a88
    )
    #expect(
      Philox.block(seed: 0, stream: 0, index: 0) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox.block(seed: .max, stream: .max, index: .max)
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox.block(seed: pi.seed, stream: pi.stream, index: pi.index)
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func arraysHoldTheGeneratorsWords() {
    var random = Philox(seed: 0x1234_5678_9abc_def0, stream: 77, position: 0xffff_fffa)
    let start = random
    let x = NDArray.uniform([150], using: &random)
    for i in 0..<150 {
      let (group, word, lane) = (i / 64, i % 64 / 16, i % 16)
      let block = Philox.block(
        seed: start.seed, stream: start.stream, index: start.position + UInt64(group * 16 + lane))
      #expect(x.element(i) == Double(block[word] >> 8) * 0x1p-24)
    }
    #expect(random.position == start.position + 48)
  }

  @Test func anElementDependsOnItsPlaceAlone() {
    var (a, b) = (Philox(seed: 3), Philox(seed: 3))
    let long = NDArray.normal([100_000], using: &a).elements(as: Float.self)
    let short = NDArray.normal([77], using: &b).elements(as: Float.self)
    #expect(Array(long.prefix(77)) == short)
  }

  @Test func momentsAreThoseOfTheDistribution() {
    var random = Philox(seed: 11)
    let n = 400_000
    let uniform = NDArray.uniform([n], in: -1...3, using: &random)
    check(uniform, mean: 1, variance: 16.0 / 12)
    #expect(uniform.min().scalar >= -1 && uniform.max().scalar <= 3)
    let normal = NDArray.normal([n], mean: 2, standardDeviation: 3, using: &random)
    check(normal, mean: 2, variance: 9)
    let fourth = ((normal - 2) / 3).pow(4).mean().scalar
    #expect(abs(fourth - 3) < 0.08)
    let cut = NDArray.truncatedNormal([n], standardDeviation: 0.5, using: &random)
    check(cut, mean: 0, variance: 0.25 * 0.773741)
    #expect(cut.abs().max().scalar <= 1)
    let coins = NDArray.bernoulli([n], probability: 0.3, using: &random)
    check(coins, mean: 0.3, variance: 0.21)
    #expect(NDArray.bernoulli([99], probability: 1, using: &random).sum().scalar == 99)
    #expect(NDArray.bernoulli([99], probability: 0, using: &random).sum().scalar == 0)
  }

  /// Kolmogorov and Smirnov's largest distance to the distribution function, at 1 in 10,000.
  @Test func theNormalDistributionIsNormal() {
    var random = Philox(seed: 12)
    let x = NDArray.normal([50_000], dtype: .float64, using: &random).elements(as: Double.self).sorted()
    var worst = 0.0
    for (i, x) in x.enumerated() {
      let expected = 0.5 + 0.5 * Mathematics.erf(x / 2.0.squareRoot())
      worst = max(worst, abs(expected - (Double(i) + 0.5) / 50_000))
    }
    #expect(worst < 2.23 / 50_000.0.squareRoot())
  }

  @Test func permutationsHoldEveryNumberOnce() {
    var random = Philox(seed: 13)
    let order = NDArray.permutation(1_000, using: &random).elements(as: Int32.self)
    #expect(order.sorted() == (0..<1_000).map(Int32.init) && order != order.sorted())
    #expect(NDArray.permutation(0, using: &random).count == 0)
    var first = [Int](repeating: 0, count: 4)
    for _ in 0..<8_000 { first[Int(NDArray.permutation(4, using: &random).element(0))] += 1 }
    #expect(first.allSatisfy { abs($0 - 2_000) < 200 })
  }

  private func check(_ x: NDArray, mean: Double, variance: Double) {
    let n = Double(x.count)
    #expect(abs(x.mean().scalar - mean) < 5 * (variance / n).squareRoot())
    #expect(abs(x.variance().scalar / variance - 1) < 0.01)
  }
}

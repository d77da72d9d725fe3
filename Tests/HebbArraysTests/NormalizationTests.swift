import CHebbKernels
import HebbArrays
import Testing

@Suite struct NormalizationTests {
  private func expect(_ name: String, _ dtype: DType, _ results: NDArray...) throws {
    for (i, result) in results.enumerated() {
      let wanted = try #require(reference["\(name).\(i)"])
      #expect(result.isClose(to: wanted, dtype == .float64 ? 1e-12 : 2e-5), "\(name).\(i)")
    }
  }

  @Test(arguments: [DType.float32, .float64]) func agreesWithPyTorch(_ dtype: DType) throws {
    func weights(_ n: Int) -> (NDArray, NDArray) {
      (wave([n], phase: 1, dtype: dtype), wave([n], phase: 2, dtype: dtype))
    }
    var (gain, shift) = weights(6)
    var x = wave([20, 6], dtype: dtype)
    let (y, mean, variance) = x.batchNormalized(gain: gain, shift: shift, epsilon: 1e-5, rectified: true)
    let batch = x.batchNormalizationGradient(
      wave([20, 6], phase: 3, dtype: dtype), mean: mean, variance: variance, gain: gain, shift: shift, epsilon: 1e-5,
      rectified: true)
    try expect("batch", dtype, y, batch.dx, batch.gain, batch.shift)

    x = wave([2, 5, 6], dtype: dtype)
    let group = x.groupNormalized(groups: 3, gain: gain, shift: shift, epsilon: 1e-5)
    let back = x.groupNormalizationGradient(
      wave([2, 5, 6], phase: 3, dtype: dtype), groups: 3, mean: group.mean, inverse: group.inverse, gain: gain)
    try expect("group", dtype, group.y, back.dx, back.gain, back.shift)

    (gain, shift) = weights(19)
    x = wave([7, 19], dtype: dtype)
    let layer = x.layerNormalized(gain: gain, shift: shift, epsilon: 1e-5)
    let rows = x.layerNormalizationGradient(
      wave([7, 19], phase: 3, dtype: dtype), mean: layer.mean, inverse: layer.inverse, gain: gain)
    try expect("layer", dtype, layer.y, rows.dx, rows.gain, rows.shift)
  }

  @Test(arguments: [(5000, 6), (2100, 16), (300, 33), (9, 64), (700, 100), (3, 7), (1, 5)])
  func batchFloat32FollowsFloat64(_ rows: Int, _ channels: Int) {
    // A mean far from zero: one pass over squares would lose the variance.
    let x = NDArray(wave([rows, channels]).doubles.map { $0 * 0.1 + 7 }, shape: [rows, channels]).cast(to: .float32)
    let (gain, shift) = (wave([channels], phase: 1, dtype: .float32), wave([channels], phase: 2, dtype: .float32))
    let dy = wave([rows, channels], phase: 3, dtype: .float32)
    let (wideX, wideGain, wideShift) = (x.cast(to: .float64), gain.cast(to: .float64), shift.cast(to: .float64))
    let fast = x.batchNormalized(gain: gain, shift: shift, epsilon: 1e-5)
    let exact = wideX.batchNormalized(gain: wideGain, shift: wideShift, epsilon: 1e-5)
    #expect(fast.mean.isClose(to: exact.mean, 1e-6))
    #expect(fast.variance.isClose(to: exact.variance, 3e-8))
    #expect(fast.y.isClose(to: exact.y, 1e-4))
    let back = x.batchNormalizationGradient(
      dy, mean: fast.mean, variance: fast.variance, gain: gain, shift: shift, epsilon: 1e-5)
    let wanted = wideX.batchNormalizationGradient(
      dy.cast(to: .float64), mean: exact.mean, variance: exact.variance, gain: wideGain, shift: wideShift,
      epsilon: 1e-5)
    #expect(back.dx.isClose(to: wanted.dx, 2e-4))
    #expect(back.gain.isClose(to: wanted.gain, 1e-3))
    #expect(back.shift.isClose(to: wanted.shift, 1e-4))
  }

  @Test(arguments: [(3, 16), (5, 40), (2, 5000), (1, 1)]) func layerFloat32FollowsFloat64(_ rows: Int, _ width: Int) {
    let x = wave([rows, width], dtype: .float32)
    let gain = wave([width], phase: 1, dtype: .float32)
    let dy = wave([rows, width], phase: 3, dtype: .float32)
    let fast = x.layerNormalized(gain: gain, shift: nil, epsilon: 1e-3)
    let exact = x.cast(to: .float64).layerNormalized(gain: gain.cast(to: .float64), shift: nil, epsilon: 1e-3)
    #expect(fast.y.isClose(to: exact.y, 1e-5))
    let back = x.layerNormalizationGradient(dy, mean: fast.mean, inverse: fast.inverse, gain: gain)
    let wanted = x.cast(to: .float64).layerNormalizationGradient(
      dy.cast(to: .float64), mean: exact.mean, inverse: exact.inverse, gain: gain.cast(to: .float64))
    #expect(back.dx.isClose(to: wanted.dx, 1e-5))
    #expect(back.gain.isClose(to: wanted.gain, 1e-5) && back.shift.isClose(to: wanted.shift, 1e-5))
  }

  @Test func inferenceUsesTheGivenStatistics() {
    for dtype in [DType.float32, .float64] {
      let one = NDArray([2.0, 4.0]).cast(to: dtype)
      let y = NDArray([1.0, 2, 3, 4], shape: [2, 2]).cast(to: dtype).normalized(
        mean: one, variance: one, gain: one, shift: NDArray.zeros([2], dtype: dtype), epsilon: 0, rectified: true)
      #expect(y.isClose(to: [0, 0, 2.0.squareRoot(), 0], 1e-6))
    }
  }

  @Test func everyThreadCountGivesTheSameBits() {
    let x = wave([3, 60, 70, 6], dtype: .float32)
    let dy = wave([3, 60, 70, 6], phase: 1, dtype: .float32)
    let (gain, shift) = (wave([6], phase: 1, dtype: .float32), wave([6], phase: 2, dtype: .float32))
    expectSameBitsForThreads {
      let batch = x.batchNormalized(gain: gain, shift: shift, epsilon: 1e-5, rectified: true)
      let back = x.batchNormalizationGradient(
        dy, mean: batch.mean, variance: batch.variance, gain: gain, shift: shift, epsilon: 1e-5, rectified: true)
      let layer = x.layerNormalized(gain: gain, shift: shift, epsilon: 1e-5)
      let rows = x.layerNormalizationGradient(dy, mean: layer.mean, inverse: layer.inverse, gain: gain)
      let group = x.groupNormalized(groups: 2, gain: gain, shift: shift, epsilon: 1e-5)
      let groups = x.groupNormalizationGradient(dy, groups: 2, mean: group.mean, inverse: group.inverse, gain: gain)
      return [
        batch.y, batch.mean, batch.variance, back.dx, back.gain, back.shift, layer.y, rows.dx, rows.gain, rows.shift,
        group.y, groups.dx, groups.gain, groups.shift,
      ]
    }
  }

  @Test func everyInstructionSetGivesTheSameBits() {
    let (rows, width) = (600, 80)
    let x = wave([rows, width], dtype: .float32).elements(as: Float.self)
    let dy = wave([rows, width], phase: 1, dtype: .float32).elements(as: Float.self)
    let affine = wave([3, width], phase: 2, dtype: .float32)
    affine.read { (p: UnsafeBufferPointer<Float>) in
      let start = p.baseAddress!
      var numbers = hebb_affine(mean: start, scale: start + width, shift: start + 2 * width, rectified: 1)
      expectSameBits("moments", count: 2 * width) {
        hebb_normalization_table($0).pointee.moments(rows, width, width, x, $1, $1 + width)
      }
      expectSameBits("sums", count: 2 * width) {
        hebb_normalization_table($0).pointee.gradient_sums(rows, width, width, x, dy, &numbers, $1, $1 + width)
      }
      expectSameBits("apply", count: rows * width) {
        hebb_normalization_table($0).pointee.apply(rows * width - 5, width, x, &numbers, $1)
      }
      expectSameBits("gradient", count: rows * width) {
        hebb_normalization_table($0).pointee.gradient(
          rows * width - 5, width, x, dy, &numbers, start, start + width, $1)
      }
      var norm = hebb_row_norm(rows: 40, width: 75, epsilon: 1e-5, gain: start, shift: nil)
      expectSameBits("rows", count: 44 * 75) {
        let out = $1
        hebb_normalization_table($0).pointee.rows(&norm, x, out, out + 40 * 75, out + 41 * 75)
        hebb_normalization_table($0).pointee.rows_gradient(
          &norm, x, dy, out + 40 * 75, out + 41 * 75, out, out + 42 * 75, out + 43 * 75)
      }
    }
  }
}

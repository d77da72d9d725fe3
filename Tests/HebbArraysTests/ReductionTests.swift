import HebbArrays
import Testing

@Suite struct ReductionTests {
  @Test(arguments: [DType.float32, .float64, .int32]) func agreesWithBruteForce(_ dtype: DType) {
    var random = Philox(seed: 7)
    for _ in 0..<120 {
      let shape = Shape((0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: 1...5, using: &random) })
      let axes = (0..<shape.rank).filter { _ in Bool.random(using: &random) }
      let x = NDArray.uniform(shape, in: -9...9, using: &random).cast(to: dtype)
      let (sum, top, low) = (x.sum(axes: axes, keepingAxes: true), x.max(axes: axes), x.min(axes: axes))
      var sums = [Double](repeating: 0, count: sum.count)
      var tops = [Double](repeating: -.infinity, count: sum.count)
      var lows = [Double](repeating: .infinity, count: sum.count)
      for (i, index) in indices(shape).enumerated() {
        var position = 0
        for (axis, extent) in shape.enumerated() where !axes.contains(axis) {
          position = position * extent + index[axis]
        }
        sums[position] += x.element(i)
        tops[position] = max(tops[position], x.element(i))
        lows[position] = min(lows[position], x.element(i))
      }
      #expect(sum.shape == Shape((0..<shape.rank).map { axes.contains($0) ? 1 : shape[$0] }))
      #expect(top.shape == Shape((0..<shape.rank).filter { !axes.contains($0) }.map { shape[$0] }))
      for i in sums.indices {
        #expect(abs(sum.element(i) - sums[i]) <= (dtype == .int32 ? 0 : dtype == .float64 ? 1e-12 : 1e-4))
        #expect(top.element(i) == tops[i] && low.element(i) == lows[i])
      }
      #expect(abs(x.sum().scalar - sums.reduce(0, +)) < 2e-3)
      #expect(x.sum(to: sum.shape).elementsEqualBits(sum))
    }
  }

  @Test(arguments: [[70_001], [3, 50_000], [300, 301], [20_000, 7], [2, 9_000, 70], [5_000, 1, 33]]) func longSums(
    _ extents: [Int]
  ) {
    var random = Philox(seed: 8)
    let x = NDArray.normal(Shape(extents), using: &random)
    let wide = x.cast(to: .float64)
    for axes in [[0], [extents.count - 1], Array(extents.indices)] {
      let (ours, truth) = (x.sum(axes: axes), wide.sum(axes: axes))
      let terms = Double(x.count / max(ours.count, 1))
      for i in 0..<ours.count { #expect(abs(ours.element(i) - truth.element(i)) < 1e-5 * terms.squareRoot()) }
      let (spread, true2) = (x.variance(axes: axes), wide.variance(axes: axes))
      for i in 0..<ours.count { #expect(abs(spread.element(i) - true2.element(i)) < 1e-5) }
      #expect(x.max(axes: axes).cast(to: .float64).elementsEqualBits(wide.max(axes: axes)))
    }
    #expect(abs(x.sumOfSquares().scalar / wide.sumOfSquares().scalar - 1) < 1e-6)
    #expect(abs(x.mean().scalar - wide.mean().scalar) < 1e-6)
  }

  @Test func undoingABroadcast() {
    let x = NDArray((0..<24).map(Float.init), shape: [2, 3, 4])
    #expect(x.sum(to: [4]).elements(as: Float.self) == [60, 66, 72, 78])
    #expect(x.sum(to: [3, 1]).elements(as: Float.self) == [60, 92, 124])
    #expect(x.sum(to: [2, 1, 4]).shape == [2, 1, 4])
    #expect(x.sum(to: []).scalar == 276)
    #expect(NDArray.ones([0, 3]).sum(to: [3]).elements(as: Float.self) == [0, 0, 0])
  }

  @Test func extremesKeepNaN() {
    var x = [Float](repeating: 1, count: 200)
    x[77] = .nan
    let y = NDArray(x, shape: [10, 20])
    #expect(y.max().scalar.isNaN && y.min().scalar.isNaN)
    #expect(y.max(axes: [0]).elements(as: Float.self).filter(\.isNaN).count == 1)
    #expect(y.argMax(axis: 1).elements(as: Int32.self) == [0, 0, 0, 17, 0, 0, 0, 0, 0, 0])
  }

  @Test func theFirstOfEqualsWins() {
    let x = NDArray([1, 5, 5, 2, 0, 5] as [Float], shape: [2, 3])
    #expect(x.argMax(axis: -1).elements(as: Int32.self) == [1, 2])
    #expect(x.argMax(axis: 0).elements(as: Int32.self) == [1, 0, 0])
  }
}

extension NDArray {
  /// Whether shape, element type and every bit agree.
  func elementsEqualBits(_ other: NDArray) -> Bool {
    guard shape == other.shape, dtype == other.dtype else { return false }
    return (0..<count).allSatisfy { element($0).bitPattern == other.element($0).bitPattern }
  }
}

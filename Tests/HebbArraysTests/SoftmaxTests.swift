import HebbArrays
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: [[3], [4, 1], [5, 10], [2, 3, 37], [2, 9_000]]) func agreesWithFloat64(_ extents: [Int]) {
    var random = Philox(seed: 9)
    let x = NDArray.normal(Shape(extents), standardDeviation: 4, using: &random)
    let dy = NDArray.normal(Shape(extents), using: &random)
    let (wide, wideDy) = (x.cast(to: .float64), dy.cast(to: .float64))
    close(x.softmax(), wide.softmax(), 2e-6)
    close(x.logSoftmax(), wide.logSoftmax(), 2e-6)
    let (y, z) = (wide.softmax(), wide.logSoftmax())
    close(
      .softmaxGradient(y: x.softmax(), dy: dy), .softmaxGradient(y: y, dy: wideDy), 3e-6)
    close(
      .logSoftmaxGradient(y: x.logSoftmax(), dy: dy), .logSoftmaxGradient(y: z, dy: wideDy), 2e-4)
  }

  @Test func gradientsAgreeWithFiniteDifferences() {
    var random = Philox(seed: 10)
    let x = NDArray.normal([2, 5], dtype: .float64, using: &random)
    let dy = NDArray.normal([2, 5], dtype: .float64, using: &random)
    let step = 1e-6
    for i in 0..<10 {
      let nudge = NDArray((0..<10).map { $0 == i ? step : 0 }, shape: [2, 5])
      let slope = (((x + nudge).softmax() - (x - nudge).softmax()) * dy).sum().scalar / (2 * step)
      #expect(abs(slope - NDArray.softmaxGradient(y: x.softmax(), dy: dy).element(i)) < 1e-8)
      let logSlope = (((x + nudge).logSoftmax() - (x - nudge).logSoftmax()) * dy).sum().scalar / (2 * step)
      #expect(abs(logSlope - NDArray.logSoftmaxGradient(y: x.logSoftmax(), dy: dy).element(i)) < 1e-8)
    }
  }

  @Test func largeNumbersDoNotOverflow() {
    let x = NDArray([1e30, 1e30, -1e30] as [Float])
    #expect(x.softmax().elements(as: Float.self) == [0.5, 0.5, 0])
  }

  private func close(_ a: NDArray, _ b: NDArray, _ tolerance: Double) {
    let worst = (a.cast(to: .float64) - b).abs().max().scalar
    #expect(worst <= tolerance * Swift.max(1, b.abs().max().scalar), "\(worst)")
  }
}

import HebbArrays
import HebbAutograd
import Testing

/// Gradients where a function has none or several: conventions, written down.
@Suite struct EdgeTests {
  private func gradients(_ x: [[Double]], _ op: ([Tensor]) -> Tensor) -> [[Double]] {
    valueAndGradients(at: x.map { NDArray($0) }) { op($0).sum() }.inputGradients.map { $0.elements() }
  }

  @Test func atTheKinks() {
    #expect(gradients([[-1, 0, 1]]) { $0[0].relu() } == [[0, 0, 1]])
    #expect(gradients([[-1, 0, 1]]) { $0[0].leakyReLU(slope: 0.5) } == [[0.5, 0.5, 1]])
    #expect(gradients([[-1, 0, 1]]) { $0[0].abs() } == [[-1, 0, 1]])
    #expect(gradients([[-2, -1, 0, 1, 2]]) { $0[0].clamped(to: -1...1) } == [[0, 1, 1, 1, 0]])
    #expect(gradients([[1, 2, 3], [2, 2, 2]]) { .maximum($0[0], $0[1]) } == [[0, 0.5, 1], [1, 0.5, 0]])
    #expect(gradients([[0, 2]]) { $0[0].pow(0) } == [[0, 0]])
    #expect(gradients([[-2, 0, 3], [0.5, 0.5, 0.5]]) { $0[0].prelu($0[1]) } == [[0.5, 0.5, 1], [-2, 0, 0]])
  }

  @Test func theFirstOfEqualsTakesTheGradient() {
    #expect(gradients([[3, 7, 7, 1]]) { $0[0].max(axes: [0]) } == [[0, 1, 0, 0]])
    #expect(gradients([[3, 1, 7, 1]]) { $0[0].min(axes: [0]) } == [[0, 1, 0, 0]])
    #expect(gradients([[5, 5, 5, 2, 9, 9]]) { $0[0].maxout(pieces: 3) } == [[1, 0, 0, 0, 1, 0]])
    let stacked = gradients([[4, 1, 4, 4, 0, 4]]) { $0[0].reshaped(3, 2).max(axes: [0]) }
    #expect(stacked == [[1, 0, 0, 1, 0, 0]])
  }

  @Test func oneTensorUsedTwiceGetsTheSum() {
    #expect(gradients([[3, -2]]) { $0[0] * $0[0] + $0[0] } == [[7, -3]])
    #expect(gradients([[3, -2]]) { .concatenated([$0[0], $0[0]], axis: 0) } == [[2, 2]])
    #expect(gradients([[3, -2]]) { $0[0] - $0[0] } == [[0, 0]])
  }

  @Test func constantsGetNothing() {
    let x = NDArray([1, 2] as [Double])
    let (value, gradients, _) = valueAndGradients(at: [x]) { ($0[0].detached() * 3).sum() }
    #expect(value.scalar == 9 && gradients[0].elements(as: Double.self) == [0, 0])
  }
}

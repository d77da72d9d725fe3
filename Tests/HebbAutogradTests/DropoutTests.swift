import HebbArrays
import HebbAutograd
import Testing

@Suite struct DropoutTests {
  @Test(arguments: [DType.float32, .float64], [0.25, 0.9])
  func keepsTheMeanAndPassesTheSameMaskBack(_ dtype: DType, _ probability: Double) {
    let x = NDArray.full([100, 300], 2, dtype: dtype)
    var y = x
    let (_, gradients, _) = Pass.training(seed: 3) {
      valueAndGradients(at: [x]) {
        let dropped = $0[0].dropped(probability: probability)
        y = dropped.value
        return dropped.sum()
      }
    }
    let kept = y.greater(than: 0).mean().scalar
    #expect(abs(kept - (1 - probability)) < 0.01)
    let wrong = (y / 2 - gradients[0]).abs().max().scalar
    #expect(wrong == 0 && abs(y.max().scalar - 2 / (1 - probability)) < 1e-5)
  }

  @Test func everyDrawIsAnotherAndEveryStepRepeats() {
    let x = Tensor(NDArray.ones([1000]))
    func masks(_ step: Int) -> [UInt64] {
      Pass.training(seed: 1, step: step) {
        [x.dropped(probability: 0.5), x.dropped(probability: 0.5)].map(\.value.fingerprint)
      }
    }
    let first = masks(0)
    #expect(first[0] != first[1] && first == masks(0) && first != masks(1))
  }

  @Test func inferenceDropsNothing() {
    let x = NDArray.ones([1000])
    let outside = Tensor(x).dropped(probability: 0.5).value
    let none = Pass.training(seed: 1) { Tensor(x).dropped(probability: 0).value }
    #expect(outside.fingerprint == x.fingerprint && none.fingerprint == x.fingerprint)
  }
}

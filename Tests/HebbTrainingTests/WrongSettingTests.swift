import HebbArrays
import HebbData
import HebbTraining
import Testing

/// Settings and labels that nothing can be learnt with stop at once, with the name of who was given them.
@Suite struct WrongSettingTests {
  @Test func learningRatesThatCannotBe() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD(learningRate: -0.1)
    }
    expectMessage(negative, "SGD", "-0.1")
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam(learningRate: .nan)
    }
    expectMessage(unknown, "Adam", "nan")
    let infinite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Lion(learningRate: .infinity)
    }
    expectMessage(infinite, "Lion", "inf")
  }

  @Test func optimizersThatCannotStep() async {
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD(learningRate: 0.1, momentum: 1)
    }
    expectMessage(momentum, "SGD", "momentum 1.0")
    let beta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW(beta2: 1)
    }
    expectMessage(beta, "AdamW", "beta2 1.0")
    let smoothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RMSProp(smoothing: -0.5)
    }
    expectMessage(smoothing, "RMSProp", "smoothing -0.5")
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Nadam(epsilon: -1)
    }
    expectMessage(epsilon, "Nadam", "epsilon -1.0")
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = WeightDecay(l2: .nan)
    }
    expectMessage(decay, "weight decay", "nan")
  }

  @Test func labelsThatAreNoClass() async {
    let accuracy = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Accuracy()(NDArray.zeros([2, 3]), NDArray([0, 3] as [Int32]))
    }
    expectMessage(accuracy, "accuracy", "label 3 of sample 1", "3 classes")
    let top = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TopAccuracy(2)(NDArray.zeros([2, 3]), NDArray([0, 9] as [Int32]))
    }
    expectMessage(top, "top-2 accuracy", "label 9 of sample 1", "3 classes")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TopAccuracy(9)(NDArray.zeros([2, 3]), NDArray([0, 1] as [Int32]))
    }
    expectMessage(few, "top-9 accuracy", "3 classes")
    let unnamed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ArrayDataset(
        name: "pairs", inputs: .zeros([2, 1]), targets: NDArray([0, 2] as [Int32]), classNames: ["a", "b"])
    }
    expectMessage(unnamed, "pairs", "label 2 of sample 1", "2 class names")
  }
}

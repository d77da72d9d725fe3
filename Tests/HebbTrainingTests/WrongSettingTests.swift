import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
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

  @Test func callsThatWouldDoNothing() async {
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = smallNet(2, 3, 1, seed: 1)
      _ = valueAndGradients { Pass.training(seed: 9) { network(Tensor(NDArray.ones([1, 2]))).sum() } }
    }
    expectMessage(order, "put valueAndGradients into Pass.training")
    let flatten = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try smallNet(2, 3, 1, seed: 1).load(pyTorch: [:], flatten: ["1": HebbArrays.Pair(1, 2)])
    }
    expectMessage(flatten, "flatten names “1”")
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

  @Test func groupsAndPlateausThatCannotBe() async {
    let group = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Updater(SGD(learningRate: 0.1), for: smallNet(4, 8, 3, seed: 1), groups: [ParameterGroup("backbone")])
    }
    expectMessage(group, "ParameterGroup(“backbone”)", "0.weight")
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ReduceOnPlateau(factor: 0)
    }
    expectMessage(factor, "ReduceOnPlateau", "between 0 and 1, not by 0.0")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam())
      _ = trainer.findLearningRate(Iris.load().rows(at: []))
    }
    expectMessage(empty, "iris has no samples to find a learning rate with")
  }

  /// What makes a `fit` useless is said, and nothing else.
  @Test func uselessTrainingIsSaid() async throws {
    let said = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam())
      try trainer.fit(Iris.load(), epochs: 2)
      try trainer.fit(Iris.load(), epochs: 3)
      trainer.model.freeze()
      try trainer.fit(Iris.load(), epochs: 3)
    }
    let lines = String(decoding: try #require(said).standardErrorContent, as: UTF8.self).split(separator: "\n")
    #expect(
      lines == [
        "warning: 3 epochs are done already; fit to a later one to train further",
        "warning: all parameters are frozen: training changes nothing; unfreeze() some",
      ])
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

import Foundation
import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

@Suite struct TrainerTests {
  private let iris = Iris.load()

  private func trainer(_ optimizer: any Optimizer = SGD(learningRate: 0.1)) -> Trainer {
    Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: optimizer, metrics: [Accuracy()], seed: 5)
  }

  @Test func theSameSeedGivesTheSameBits() throws {
    let (a, b, c) = (trainer(Adam()), trainer(Adam()), trainer(Adam()))
    try a.fit(iris, epochs: 3)
    try b.fit(iris, epochs: 2)
    try b.fit(iris, epochs: 3)
    try c.fit(Loader(iris, batchSize: 32, sampler: .shuffled(seed: 6)), epochs: 3)
    #expect(bits(a) == bits(b))
    #expect(bits(a) != bits(c))
  }

  /// Three batches of ten are one batch of thirty, but for rounding.
  @Test func gradientsAccumulate() throws {
    let (few, many) = (trainer(), trainer())
    few.batchesPerStep = 3
    try few.fit(Loader(iris, batchSize: 10), epochs: 2)
    try many.fit(Loader(iris, batchSize: 30), epochs: 2)
    #expect(few.progress?.step == 10 && many.progress?.step == 10)
    #expect(distance(few, many) < 1e-5)
  }

  /// An epoch's last step takes the batches that are left.
  @Test func leftOverBatchesMakeAStep() throws {
    let trainer = trainer()
    trainer.batchesPerStep = 4
    try trainer.fit(iris, epochs: 3, batchSize: 16)
    #expect(trainer.progress?.step == 9)
  }

  @Test func clippingLimitsTheStep() throws {
    for (clipping, limit) in [(Clipping.norm(0.01), 0.01), (.value(0.001), 0.001 * Double(67).squareRoot())] {
      let (before, after) = (trainer(), trainer())
      after.clipping = clipping
      try after.fit(Loader(iris, batchSize: 150), epochs: 1)
      #expect(distance(before, after) <= 0.1 * limit * 1.0001)
      #expect(distance(before, after) > 0.05 * limit)
    }
  }

  @Test func averagesFollowTheWeights() throws {
    let trainer = trainer()
    trainer.average = WeightAverage(decay: 0.75)
    let recorder = WeightRecorder()
    trainer.callbacks = [recorder]
    try trainer.fit(iris, validation: iris, epochs: 1, batchSize: 15)
    var expected = recorder.weights[0]
    for weights in recorder.weights.dropFirst() { expected = zip(expected, weights).map { 0.75 * $0 + 0.25 * $1 } }
    let averaged = trainer.withAveragedWeights { WeightRecorder.numbers(trainer) }
    #expect(zip(averaged, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(WeightRecorder.numbers(trainer) == recorder.weights.last)
    // The validation saw the averaged weights.
    let record = try #require(trainer.history.last)
    let measured = trainer.withAveragedWeights {
      let prediction = smallNetOutput(trainer, iris.all.inputs)
      return Loss.crossEntropy(prediction, iris.targets)
    }
    #expect(abs(try #require(record.validationLoss) - measured) < 1e-5)
  }

  @Test func evaluationKeepsPredictions() throws {
    let trainer = trainer()
    let evaluation = trainer.evaluate(iris, batchSize: 64, keepingPredictions: true)
    let whole = trainer.predict(iris.all.inputs)
    #expect(evaluation.predictions?.elements(as: Float.self) == whole.elements(as: Float.self))
    #expect(abs(evaluation.loss - Loss.crossEntropy(whole, iris.targets)) < 1e-6)
    #expect(evaluation.metrics.first?.value == Accuracy()(whole, iris.targets))
    let sums = trainer.probabilities(iris.all.inputs).sum(axis: -1)
    #expect((0..<150).allSatisfy { abs(sums.element($0) - 1) < 1e-6 })
  }

  @Test func aNetworkMayHaveItsOwnOutcome() throws {
    let model = smallNet(4, 8, 3, seed: 1)
    let own = Trainer(model, optimizer: SGD(learningRate: 0.1), metrics: [Accuracy()], seed: 5) { batch in
      let prediction = model(Tensor(batch.inputs))
      return Outcome(loss: Loss.crossEntropy(prediction, batch.targets), prediction: prediction)
    }
    let plain = trainer()
    try own.fit(iris, epochs: 2)
    try plain.fit(iris, epochs: 2)
    #expect(bits(own) == bits(plain))
  }

  @Test func earlyStoppingWaits() throws {
    let trainer = trainer()
    let stopping = EarlyStopping(.trainingLoss, patience: 2)
    trainer.callbacks = [stopping]
    for (index, loss) in [3, 2, 2.5, 1.9, 2, 1.95].enumerated() {
      #expect(trainer.stopReason == nil)
      try stopping.epochEnded(EpochRecord(epoch: index + 1, trainingLoss: loss, learningRate: 1), trainer)
    }
    #expect(trainer.stopReason == "no improvement for 2 epochs: the best was epoch 4")
    #expect(stopping.best?.value == 1.9)
  }

  @Test func theBestWeightsComeBack() throws {
    try withTemporaryFolder { folder in
      let trainer = trainer(Adam(learningRate: 0.05))
      trainer.checkpoints = CheckpointPlan(folder: folder + "/run", keptEpochs: 2, best: .validationLoss)
      try trainer.fit(iris, validation: iris, epochs: 15)
      let best = try #require(trainer.history.best(by: .validationLoss))
      #expect(try trainer.restoreBest())
      #expect(trainer.evaluate(iris).loss == trainer.evaluate(iris).loss)
      #expect(abs(trainer.evaluate(iris, batchSize: 32).loss - (best.validationLoss ?? 0)) < 1e-12)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/run").sorted()
      #expect(
        files == [
          "best.safetensors", "checkpoint-epoch-14.safetensors", "checkpoint-epoch-15.safetensors",
          "checkpoint.safetensors",
        ])
    }
  }

  /// A run that early stopping ended stays ended.
  @Test func aStoppedRunStaysStopped() throws {
    try withTemporaryFolder { folder in
      func make() -> Trainer {
        let trainer = trainer(SGD(learningRate: 0))
        trainer.checkpoints = CheckpointPlan(folder: folder)
        trainer.callbacks = [EarlyStopping(.trainingLoss, patience: 2, minimumChange: 1)]
        return trainer
      }
      let first = make()
      #expect(try first.fit(iris, epochs: 10).epochs.count == 3)
      let second = make()
      try second.resume(from: try #require(first.lastCheckpoint))
      #expect(try second.fit(iris, epochs: 10).epochs.count == 3)
      #expect(second.stopReason != nil)
    }
  }

  private func smallNetOutput(_ trainer: Trainer, _ inputs: NDArray) -> NDArray {
    (trainer.model as? Sequential).map { $0(inputs) } ?? inputs
  }

  private func distance(_ a: Trainer, _ b: Trainer) -> Double {
    zip(WeightRecorder.numbers(a), WeightRecorder.numbers(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      .squareRoot()
  }
}

/// Keeps all weights after each batch.
final class WeightRecorder: Callback {
  var weights: [[Double]] = []

  func batchEnded(_ trainer: Trainer) throws(TrainingError) { weights.append(WeightRecorder.numbers(trainer)) }

  static func numbers(_ trainer: Trainer) -> [Double] {
    trainer.model.parameters.flatMap { $0.value.elements(as: Float.self).map(Double.init) }
  }
}

import Foundation
import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

/// Runs that go wrong: numbers that are not finite, and signals.
@Suite struct TroubleTests {
  @Test func theLayerThatIsNotFiniteIsNamed() throws {
    try withTemporaryFolder { folder in
      var random = Philox(seed: 1)
      let poison = Poison()
      let model = Sequential {
        Linear(4, 8, using: &random)
        Sequential {
          ReLU()
          poison
        }
        Linear(8, 3, using: &random)
      }
      let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
      trainer.checkpoints = CheckpointPlan(folder: folder)
      try trainer.fit(Iris.load(), epochs: 1)
      poison.factor.value = NDArray(Float.infinity)
      poison.factor.isFrozen = true
      let before = bits(trainer)
      do {
        try trainer.fit(Iris.load(), epochs: 2)
        Issue.record("infinite numbers were not noticed")
      } catch TrainingError.notFinite(let place) {
        #expect(place.quantity == "loss" && place.epoch == 2 && place.step == 6)
        #expect(place.path == "1.1.factor")
        #expect(place.checkpoint == folder + "/checkpoint.safetensors")
      }
      #expect(bits(trainer) == before)
      let saved = try Checkpoint(reading: folder + "/checkpoint.safetensors")
      #expect(saved.history.epochs.count == 1)
    }
  }

  @Test func overflowIsFoundInItsLayer() throws {
    let model = Sequential {
      Blowup()
      Blowup()
      Blowup()
    }
    let inputs = NDArray.full([4, 3], 1e10)
    let data = ArrayDataset(name: "large", inputs: inputs, targets: NDArray([0, 1, 2, 0] as [Int32]))
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
    let text = try message { try trainer.fit(data, epochs: 1) }
    #expect(text.contains("the loss is not finite in epoch 1 at step 1; it began in 1 (Blowup)"))
  }

  @Test func samplesThatAreNotFiniteAreNumbered() throws {
    var values = [Float](repeating: 1, count: 12)
    (values[4], values[9]) = (.nan, .infinity)
    let data = ArrayDataset(
      name: "holes", inputs: NDArray(values, shape: [4, 3]), targets: NDArray([0, 1, 2, 0] as [Int32]))
    let trainer = Trainer(smallNet(3, 4, 3, seed: 1), loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
    let loader = Loader(data, batchSize: 4, sampler: .sequential)
    let text = try message { try trainer.fit(loader, epochs: 1) }
    #expect(text.contains("it began in the inputs of samples 1, 3; "), "\(text)")
    let wrong = ArrayDataset(
      name: "holes", inputs: .ones([3, 3]), targets: NDArray([0, .nan, 1] as [Float], shape: [3, 1]))
    let line = Trainer(smallNet(3, 4, 1, seed: 1), loss: .meanSquaredError, optimizer: SGD(learningRate: 0.1))
    let other = try message { try line.fit(wrong, epochs: 1) }
    #expect(other.contains("it began in the targets of sample 1; "), "\(other)")
  }

  @Test func theLossOfAFinitePredictionIsNamed() throws {
    let loss = Loss("root of a negative number") { prediction, _ in (prediction.squared().sum() * -1 - 1).log() }
    let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: loss, optimizer: SGD(learningRate: 0.1))
    let text = try message { try trainer.fit(Iris.load(), epochs: 1) }
    #expect(text.contains("it began in the loss, of a finite prediction; "), "\(text)")
  }

  @Test func aModelThatIsNoLayerNamesTheParameter() throws {
    var random = Philox(seed: 1)
    let model = Branches(first: Linear(4, 3, using: &random), second: Linear(4, 3, using: &random))
    let trainer = Trainer(model, optimizer: SGD(learningRate: 0.1)) { batch in
      let x = Tensor(batch.inputs)
      let prediction = model.first(x) + (model.second(x) * 1e30 * 1e30).tanh() * .infinity
      return Outcome(loss: Loss.crossEntropy(prediction, batch.targets), prediction: prediction)
    }
    let text = try message { try trainer.fit(Iris.load(), epochs: 1) }
    #expect(text.contains("it began in the ops behind second.bias; "), "\(text)")
  }

  @Test func aGradientThatIsNotFiniteIsNamed() throws {
    // √0 is finite, its slope is not.
    let model = smallNet(4, 8, 3, seed: 1)
    let loss = Loss("root at 0") { prediction, _ in (prediction * 0).squareRoot().sum() }
    let trainer = Trainer(model, loss: loss, optimizer: SGD(learningRate: 0.1))
    trainer.clipping = .norm(1)
    let text = try message { try trainer.fit(Iris.load(), epochs: 1) }
    #expect(
      text.contains("the gradient is not finite in epoch 1 at step 1; it began in the gradient of 2.bias"), "\(text)")
  }

  /// The last step of a run is followed by no loss that would tell.
  @Test func theLastStepIsLookedAtToo() throws {
    let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: SGD(learningRate: 1e300))
    let text = try message { try trainer.fit(Iris.load(), epochs: 1, batchSize: 150) }
    #expect(text.hasPrefix("the weight is not finite in epoch 1 at step 1; it began in "), "\(text)")
    #expect(trainer.history.epochs.isEmpty)
  }

  @Test func aValidationLossThatIsNotFiniteStopsTheRun() throws {
    let iris = Iris.load()
    let wrong = ArrayDataset(
      name: "wrong", inputs: .full([3, 4], .nan), targets: NDArray([0, 1, 2] as [Int32]),
      classNames: iris.classNames)
    let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
    let text = try message { try trainer.fit(iris, validation: wrong, epochs: 2) }
    #expect(text.hasPrefix("the validation loss is not finite in epoch 1"), "\(text)")
  }

  /// A batch normalisation cannot learn from the one sample that is left over.
  @Test func aSampleLeftOverAloneIsLeftOut() throws {
    var random = Philox(seed: 1)
    let model = Sequential {
      Linear(4, 8, using: &random)
      BatchNorm(8)
      Linear(8, 3, using: &random)
    }
    let trainer = Trainer(model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
    let history = try trainer.fit(Iris.load().rows(at: Array(0..<17)), epochs: 2, batchSize: 8)
    #expect(history.epochs.count == 2 && trainer.progress?.batchCount == 2)
  }

  @Test func signalsEndARunWithACheckpoint() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .exitCode(130)) { [folder = folder as String] in
      let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(), seed: 5)
      trainer.checkpoints = CheckpointPlan(folder: folder)
      trainer.callbacks = [Send(SIGINT, atStep: 7)]
      Interrupt.listen()
      do {
        try trainer.fit(Iris.load(), epochs: 3)
      } catch TrainingError.interrupted(let epoch, let step, let checkpoint) {
        guard epoch == 2, step == 7, checkpoint == folder + "/checkpoint.safetensors" else { exit(1) }
        exit(130)
      }
    }
    let resumed = Trainer(smallNet(4, 8, 3, seed: 2), loss: .crossEntropy, optimizer: Adam(), seed: 5)
    resumed.callbacks = [Send(SIGINT, atStep: .max)]
    try resumed.resume(from: folder + "/checkpoint.safetensors")
    try resumed.fit(Iris.load(), epochs: 3)
    let whole = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: Adam(), seed: 5)
    try whole.fit(Iris.load(), epochs: 3)
    #expect(bits(resumed) == bits(whole))
  }

  @Test func aSecondSignalEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      Interrupt.listen()
      send(SIGTERM)
      kill(getpid(), SIGTERM)
      sleep(10)
    }
  }
}

/// A model with two parts that a closure joins.
private struct Branches: Module {
  let first: Linear, second: Linear
  var members: Members { ["first": first, "second": second] }
}

/// Multiplies by a number.
private struct Poison: Layer {
  let factor = Parameter(NDArray(Float(1)))
  var members: Members { ["factor": factor] }
  func callAsFunction(_ x: Tensor) -> Tensor { x * factor.tensor }
}

/// Too large a number, soon.
private struct Blowup: Layer {
  func callAsFunction(_ x: Tensor) -> Tensor { x * Tensor(NDArray.full([], 1e20)) }
}

private final class Send: Callback {
  private let signal: Int32
  private let step: Int

  init(_ signal: Int32, atStep step: Int) { (self.signal, self.step) = (signal, step) }

  func batchEnded(_ trainer: Trainer) throws(TrainingError) {
    if trainer.progress?.step == step { send(signal) }
  }
}

/// Sends a signal to the process, not to this thread, which may not take signals, and waits until it has arrived.
private func send(_ signal: Int32) {
  kill(getpid(), signal)
  for _ in 0..<10_000 where !Interrupt.isRequested { usleep(1000) }
}

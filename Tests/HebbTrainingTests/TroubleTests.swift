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
    #expect(text.contains("the loss is not finite in epoch 1 at step 1; it began at 1 (Blowup)"))
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

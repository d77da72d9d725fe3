import Foundation
import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

/// A run that is stopped at every seventh step, and each time goes on in a new process from its checkpoint file alone.
@Suite struct RestartTests {
  /// Three epochs of fourteen steps: it stops within epochs, at their ends and at the very end.
  private static let (epochs, batchSize, samples) = (3, 32, 14 * 32)

  @Test func aNewProcessAfterEverySeventhStep() async throws {
    try await withTemporaryFolder { try await stopsAndGoesOn(in: $0) }
  }

  private func stopsAndGoesOn(in folder: String) async throws {
    for name in ["whole", "parts"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    await #expect(processExitsWith: .success) { [folder = "\(folder)/whole" as String] in
      try RestartTests.run(in: folder, process: 0, stoppingEvery: nil)
    }
    var processes = 0
    while !FileManager.default.fileExists(atPath: "\(folder)/parts/weights"), processes < 10 {
      processes += 1
      await #expect(processExitsWith: .success) {
        [folder = "\(folder)/parts" as String, process = processes as Int] in
        try RestartTests.run(in: folder, process: process, stoppingEvery: 7)
      }
    }
    #expect(processes == 7)  // it was stopped after the steps 7, 14, 21, 28, 35 and 42
    let texts = try ["whole", "parts"].map { try String(contentsOfFile: "\(folder)/\($0)/weights", encoding: .utf8) }
    #expect(texts[0] == texts[1])
    #expect(texts[0].split(separator: "\n").count == 12)
  }

  /// Goes on from the folder's checkpoint where there is one, and writes the hash of all weights once the run is done.
  /// Each process begins with weights and threads of its own.
  private static func run(in folder: String, process: Int, stoppingEvery steps: Int?) throws {
    setenv("HEBB_THREADS", "\(1 + process % 3)", 1)
    // Weights that a resumed run would be given away by, were they not replaced.
    let model = digitsNetwork(seed: process < 2 ? 1 : UInt64(process))
    let trainer = Trainer(
      model, loss: .crossEntropy, optimizer: AdamW(learningRate: 4e-3), metrics: [Accuracy()],
      schedule: .warmUp(.steps(5), then: .cosine()), seed: 3)
    trainer.clipping = .norm(1)
    trainer.average = WeightAverage(decay: 0.9)
    trainer.checkpoints = CheckpointPlan(folder: folder)
    trainer.callbacks = [ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.5), StopEvery(steps)]
    let checkpoint = folder + "/checkpoint.safetensors"
    if FileManager.default.fileExists(atPath: checkpoint) { try trainer.resume(from: checkpoint) }
    guard try finishes(trainer) else { return }
    let weights = model.namedParameters.map { "\($0.name) \(String($0.parameter.value.fingerprint, radix: 16))" }
    let averages = trainer.withAveragedWeights { model.parameters.map { String($0.value.fingerprint, radix: 16) } }
    let history = trainer.history.epochs.map { "\($0.withoutSeconds)" }
    let lines = weights + [averages.joined(separator: " ")] + history
    try lines.joined(separator: "\n").write(toFile: folder + "/weights", atomically: true, encoding: .utf8)
  }

  /// Whether the run came to its end.
  private static func finishes(_ trainer: Trainer) throws -> Bool {
    let digits = Digits.load().subset(Array(0..<samples))
    do {
      let history = try trainer.fit(
        digits, validation: digits, epochs: epochs, batchSize: batchSize,
        augmentations: [RandomCrop(padding: 1), Rotation(degrees: 10)])
      return history.epochs.count == epochs
    } catch TrainingError.interrupted {
      return false
    }
  }
}

/// Asks the process to stop after so many steps, as SIGINT does.
private final class StopEvery: Callback {
  private let steps: Int?

  init(_ steps: Int?) { self.steps = steps }

  func batchEnded(_ trainer: Trainer) throws(TrainingError) {
    if let steps, let step = trainer.progress?.step, step % steps == 0 { Interrupt.request() }
  }
}

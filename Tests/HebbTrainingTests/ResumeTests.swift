import Foundation
import HebbArrays
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

/// A run that is stopped anywhere and resumed gives the same bits as one that was not.
@Suite struct ResumeTests {
  private static let data = Iris.load().stratifiedSplit(testFraction: 0.2, seed: 3)
  private static let epochs = 3  // of eight batches, which make three steps each

  /// Everything that has a state: dropout, batch statistics, an average, accumulation, schedules, callbacks, metrics.
  private func trainer(
    _ folder: String, optimizer: any Optimizer = Nadam(learningRate: 0.01), stopAfter batches: Int, seed: UInt64 = 1
  ) -> Trainer {
    var random = Philox(seed: seed)
    let model = Sequential {
      Linear(4, 12, using: &random)
      BatchNorm(12)
      ReLU()
      Dropout(0.3)
      Linear(12, 3, using: &random)
    }
    let trainer = Trainer(
      model, loss: .crossEntropy, optimizer: optimizer, metrics: [Accuracy(), ClassScore(.f1, classes: 3)],
      schedule: .warmUp(.steps(2), from: 0.5, then: .cosine()), seed: 9)
    trainer.batchesPerStep = 3
    trainer.clipping = .norm(0.5)
    trainer.average = WeightAverage(decay: 0.8)
    trainer.callbacks = [
      EarlyStopping(patience: 2), ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.5),
      CSVLog(folder + "/log.csv"),
      Stop(afterBatches: batches, savingTo: folder + "/checkpoint"),
    ]
    return trainer
  }

  private func fit(_ trainer: Trainer) throws -> Outcome {
    do {
      let history = try trainer.fit(
        ResumeTests.data.train, validation: ResumeTests.data.test, epochs: ResumeTests.epochs, batchSize: 16)
      return .finished(history)
    } catch TrainingError.interrupted {
      return .stopped
    }
  }
  private enum Outcome {
    case finished(History)
    case stopped
  }

  @Test func everyBatchIsAGoodPlaceToStop() throws {
    try withTemporaryFolder { folder in
      let whole = trainer(folder, stopAfter: .max)
      guard case .finished(let history) = try fit(whole) else {
        Issue.record("the whole run was stopped")
        return
      }
      let log = try csv(folder)
      #expect(history.epochs.count == 3 && log.count == 4)
      for batches in 1..<24 {
        guard case .stopped = try fit(trainer(folder, stopAfter: batches)) else {
          Issue.record("the run did not stop after \(batches) batches")
          continue
        }
        let resumed = trainer(folder, stopAfter: .max, seed: 77)
        try resumed.resume(from: folder + "/checkpoint")
        guard case .finished(let resumedHistory) = try fit(resumed) else { continue }
        #expect(bits(resumed) == bits(whole), "stopped after \(batches) batches")
        #expect(averages(resumed) == averages(whole))
        #expect(resumedHistory.epochs.map(\.withoutSeconds) == history.epochs.map(\.withoutSeconds))
        #expect(try csv(folder) == log)
      }
    }
  }

  @Test(arguments: OptimizerTests.optimizers.indices)
  func everyOptimizerResumes(_ index: Int) throws {
    let optimizer = OptimizerTests.optimizers[index].optimizer
    try withTemporaryFolder { folder in
      let whole = trainer(folder, optimizer: optimizer, stopAfter: .max)
      _ = try fit(whole)
      _ = try fit(trainer(folder, optimizer: optimizer, stopAfter: 13))
      let resumed = trainer(folder, optimizer: optimizer, stopAfter: .max, seed: 77)
      try resumed.resume(from: folder + "/checkpoint")
      _ = try fit(resumed)
      #expect(bits(resumed) == bits(whole))
    }
  }

  @Test func anotherSettingIsRefused() throws {
    try withTemporaryFolder { folder in
      _ = try fit(trainer(folder, stopAfter: 5))
      let path = folder + "/checkpoint"
      let otherOptimizer = complaint(resuming: trainer(folder, optimizer: Lion(), stopAfter: .max), from: path)
      #expect(otherOptimizer.contains("the run was begun with optimizer Nadam, not Lion"))
      let otherBatches = complaint(resuming: trainer(folder, stopAfter: .max), from: path, batchSize: 8)
      #expect(otherBatches.contains("begun with batch size 16, not 8"))
      let noFile = complaint(resuming: trainer(folder, stopAfter: .max), from: folder + "/none")
      #expect(noFile.contains("cannot be opened"))
    }
  }

  /// What the error says that a resumed run ends with.
  private func complaint(resuming trainer: Trainer, from path: String, batchSize: Int = 16) -> String {
    do {
      try trainer.resume(from: path)
      try trainer.fit(ResumeTests.data.train, epochs: 3, batchSize: batchSize)
      return "nothing is wrong"
    } catch { return error.description }
  }

  @Test func damagedCheckpointsAreRefused() throws {
    try withTemporaryFolder { folder in
      _ = try fit(trainer(folder, stopAfter: 5))
      let path = folder + "/checkpoint"
      let bytes = try Data(contentsOf: URL(filePath: path))
      for kept in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
        try bytes.prefix(kept).write(to: URL(filePath: path))
        let fresh = trainer(folder, stopAfter: .max)
        let before = bits(fresh)
        #expect(throws: TrainingError.self) { try fresh.resume(from: path) }
        #expect(bits(fresh) == before)
      }
    }
  }

  /// Headers that say of arrays and sums what is not so.
  @Test(arguments: [
    ("optimizer.mean.0.weight", "F32", "I32", "optimizer.mean.0.weight are int32, not float32"),
    ("average.0.weight", "F32", "I32", "average.0.weight are int32, not float32"),
    ("waiting.0.weight", "F32", "I32", "waiting.0.weight are int32, not float32"),
    ("model.0.weight", "F32", "I32", "0.weight is of whole numbers (int32)"),
    ("run", #"\"metrics\":[["#, #"\"metrics\":[[1.0,"#, "the 3 sums of the metric accuracy cannot be"),
    ("run", "],[", "],[0.5,", "the 10 sums of the metric F1 cannot be"),
  ])
  func checkpointsThatLieAreRefused(_ member: String, _ old: String, _ new: String, _ words: String) throws {
    try withTemporaryFolder { folder in
      // The sixth of eight batches: gradients wait, sums are gathered.
      _ = try fit(trainer(folder, stopAfter: 5))
      let path = folder + "/checkpoint"
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
      let start = try #require(header.range(of: "\"\(member)\":")).upperBound
      let place = try #require(header.range(of: old, range: start..<header.endIndex))
      let lying = Array(header.replacingCharacters(in: place, with: new).utf8)
      bytes = (0..<8).map { UInt8(lying.count >> (8 * $0) & 255) } + lying + bytes[(8 + length)...]
      try Data(bytes).write(to: URL(filePath: path))
      let fresh = trainer(folder, stopAfter: .max)
      let before = bits(fresh)
      let text = try message { try fresh.resume(from: path) }
      #expect(text.contains(words) && !text.contains("\n"), "\(text)")
      #expect(bits(fresh) == before)
    }
  }

  private func averages(_ trainer: Trainer) -> [[UInt32]] { trainer.withAveragedWeights { bits(trainer) } }

  /// The log without its last column, the seconds.
  private func csv(_ folder: String) throws -> [Substring] {
    try String(contentsOfFile: folder + "/log.csv", encoding: .utf8).split(separator: "\n").map { line in
      line.prefix(upTo: line.lastIndex(of: ",") ?? line.endIndex)
    }
  }
}

func bits(_ trainer: Trainer) -> [[UInt32]] {
  trainer.model.parameters.map { $0.value.elements(as: Float.self).map(\.bitPattern) }
}

/// The description of the error that `body` throws.
func message(_ body: () throws -> Void) throws -> String {
  do {
    try body()
    Issue.record("no error was thrown")
    return ""
  } catch { return String(describing: error) }
}

extension EpochRecord {
  /// The epoch without the one thing that differs from run to run.
  var withoutSeconds: EpochRecord {
    EpochRecord(
      epoch: epoch, trainingLoss: trainingLoss, trainingMetrics: trainingMetrics, validationLoss: validationLoss,
      validationMetrics: validationMetrics, learningRate: learningRate)
  }
}

/// Saves and ends a run, as an interrupt does.
private final class Stop: Callback {
  private var left: Int
  private let path: String

  init(afterBatches batches: Int, savingTo path: String) { (left, self.path) = (batches, path) }

  func batchEnded(_ trainer: Trainer) throws(TrainingError) {
    left -= 1
    guard left == 0 else { return }
    try trainer.saveCheckpoint(to: path)
    throw .interrupted(epoch: 0, step: 0, checkpoint: path)
  }
}

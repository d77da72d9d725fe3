import Foundation
import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

/// Whatever happens while a file is saved, what is there afterwards can be read whole.
@Suite struct SavingTests {
  /// Forty processes save over and over, and are killed at moments that chance chooses.
  @Test func aKilledProcessLeavesAWholeFile() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var random = Philox(seed: 11)
    var (unfinished, numbers) = (0, Set<Float>())
    for _ in 0..<40 {
      let delay = Int(random.next() % 15_000)
      await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, delay = delay as Int] in
        try SavingTests.saveOverAndOver(in: folder, killedAfter: delay)
      }
      numbers.insert(try SavingTests.check(folder))
      let parts = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(".part-") }
      // Each process removes what the one before has left behind.
      #expect(parts.count <= 1)
      unfinished += parts.count
    }
    // Otherwise none was killed while it wrote, and nothing has been tried.
    #expect(unfinished >= 3 && numbers.count >= 3, "\(unfinished) unfinished files, \(numbers.count) states")
  }

  /// Files are replaced behind links, and what is no file stays what it is.
  @Test func onlyFilesAreReplaced() throws {
    try withTemporaryFolder { folder in
      let (model, file, link) = (SavingTests.model(), folder + "/model", folder + "/link")
      try model.save(to: file)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
      for parameter in model.parameters { parameter.value = .full(parameter.shape, 3) }
      try model.save(to: link)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
      #expect(FileManager.default.contents(atPath: file) == FileManager.default.contents(atPath: link))
      try model.save(to: "/dev/null")
      let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
      #expect(kind == .typeCharacterSpecial)
    }
  }

  @Test func soManyEpochsAreKept() throws {
    try withTemporaryFolder { folder in
      let trainer = Trainer(smallNet(4, 8, 3, seed: 1), loss: .crossEntropy, optimizer: SGD(learningRate: 0.1))
      trainer.checkpoints = CheckpointPlan(folder: folder, epochs: 5, keptEpochs: 2)
      let iris = Iris.load()
      try trainer.fit(iris, validation: iris, epochs: 14)
      let kept = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("-epoch-") }.sorted()
      #expect(kept == ["checkpoint-epoch-10.safetensors", "checkpoint-epoch-14.safetensors"])
    }
  }

  /// Half a megabyte of zeros.
  private static func model() -> Sequential {
    var random = Philox(seed: 0)
    return Sequential([Linear(256, 512, bias: false, initializer: .zeros, using: &random)])
  }

  /// Saves a model and a checkpoint whose weights are all the same number, and counts that up. `delay` microseconds after
  /// the first of them this process is killed.
  private static func saveOverAndOver(in folder: String, killedAfter delay: Int) throws {
    let model = model()
    let trainer = Trainer(model, loss: .meanSquaredError, optimizer: SGD(learningRate: 0.1))
    var number: Float = FileManager.default.fileExists(atPath: folder + "/checkpoint") ? try check(folder) : 0
    var isDoomed = false
    while true {
      number += 1
      for parameter in model.parameters { parameter.value = .full(parameter.shape, Double(number)) }
      try trainer.saveCheckpoint(to: folder + "/checkpoint")
      try trainer.saveModel(to: folder + "/model")
      if isDoomed { continue }
      isDoomed = true
      Thread.detachNewThread {
        usleep(UInt32(delay))
        kill(getpid(), SIGKILL)
      }
    }
  }

  /// Reads both files, and gives the number that the checkpoint's weights are.
  private static func check(_ folder: String) throws -> Float {
    let model = model()
    var found: [Float] = []
    for name in ["model", "checkpoint"] {
      if name == "model" {
        try ModelFile(reading: "\(folder)/model").load(into: model)
      } else {
        try Checkpoint(reading: "\(folder)/checkpoint").loadWeights(into: model)
      }
      let weights = try #require(model.parameters.first).value.elements(as: Float.self)
      #expect(Set(weights).count == 1)
      found.append(try #require(weights.first))
    }
    // The checkpoint is written first.
    #expect(found[1] == found[0] || found[1] == found[0] + 1)
    return found[1]
  }

  @Test(.enabled(if: SmallDisk.isAllowed, "only root may mount a disk"))
  func aFullDiskLeavesThePreviousFile() throws {
    try SmallDisk.with(kilobytes: 2048) { folder in
      let model = SavingTests.model()
      let trainer = Trainer(model, loss: .meanSquaredError, optimizer: SGD(learningRate: 0.1))
      let path = folder + "/checkpoint"
      try trainer.saveCheckpoint(to: path)
      try SmallDisk.fill(folder)
      let before = try Data(contentsOf: URL(filePath: path))
      model.parameters[0].value = .ones(model.parameters[0].shape)
      let text = try message { try trainer.saveCheckpoint(to: path) }
      #expect(text.hasPrefix("\(path): it cannot be written: No space left on device; check"))
      #expect(!text.contains("\n"))
      let other = try message { try trainer.saveModel(to: folder + "/model") }
      #expect(other.contains("No space left on device"))
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["checkpoint", "filler"])
      // Emptied, not removed: a process that another test starts just then may hold it open.
      try Data().write(to: URL(filePath: folder + "/filler"))
      try trainer.saveCheckpoint(to: path)
      #expect(try Data(contentsOf: URL(filePath: path)) != before)
    }
  }

  /// The same where nobody may mount a disk: the system refuses to write more than so many bytes.
  @Test func aLimitOfTheSystemLeavesThePreviousFile() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .exitCode(3)) { [folder = folder as String] in
      let model = SavingTests.model()
      let trainer = Trainer(model, loss: .meanSquaredError, optimizer: SGD(learningRate: 0.1))
      try trainer.saveCheckpoint(to: folder + "/checkpoint")
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      model.parameters[0].value = .ones(model.parameters[0].shape)
      do { try trainer.saveCheckpoint(to: folder + "/checkpoint") } catch {
        exit("\(error)".contains("File too large") ? 3 : 2)
      }
    }
    let model = SavingTests.model()
    try Checkpoint(reading: folder + "/checkpoint").loadWeights(into: model)
    #expect(model.parameters[0].value.elements(as: Float.self).allSatisfy { $0 == 0 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint"])
  }
}

/// A disk of a few kilobytes, in memory.
enum SmallDisk {
  /// Whether this process may mount one: tried, since root in a container often may not.
  static let isAllowed: Bool = (try? with(kilobytes: 64) { _ in }) != nil

  static func with(kilobytes: Int, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try call("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "hebb", folder)
    defer { try? call("umount", folder) }
    try body(folder)
  }

  /// Writes a file `filler` until no byte fits any more.
  static func fill(_ folder: String) throws {
    let file = open(folder + "/filler", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) == block.count {}
  }

  private struct Refused: Error {}

  private static func call(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused() }
  }
}

import Foundation
import HebbArrays
import HebbData
import HebbLayers
import HebbTesting
import HebbTraining
import Testing

/// The same seed gives the same weights with any number of threads and for every instruction set.
@Suite struct SameBitsTests {
  /// Each run has a process of its own: threads and instruction set are chosen when it starts.
  @Test func threadsAndInstructionSetsDoNotMatter() async throws {
    try await withTemporaryFolder { try await compareProcesses(in: $0) }
  }

  private func compareProcesses(in folder: String) async throws {
    var texts: [String] = []
    for (threads, isa) in [("1", ""), ("2", ""), ("7", ""), ("2", "avx2"), ("3", "scalar")] {
      let path = "\(folder)/\(threads)\(isa)"
      await #expect(processExitsWith: .success) {
        [threads = threads as String, isa = isa as String, path = path as String] in
        setenv("HEBB_THREADS", threads, 1)
        if !isa.isEmpty { setenv("HEBB_ISA", isa, 1) }
        try SameBitsTests.train().write(toFile: path, atomically: true, encoding: .utf8)
      }
      texts.append(try String(contentsOfFile: path, encoding: .utf8))
    }
    #expect(Set(texts).count == 1)
    #expect(texts[0].contains("."))
  }

  /// Trains on a few digits, with work that is worth several threads, and gives the weights' bits and the history.
  private static func train() throws -> String {
    let model = digitsNetwork(seed: 1)
    let trainer = Trainer(
      model, loss: .crossEntropy, optimizer: Adam(), metrics: [Accuracy()], schedule: .oneCycle(), seed: 3)
    trainer.clipping = .norm(1)
    trainer.average = WeightAverage(decay: 0.9)
    let digits = Digits.load().subset(Array(0..<256))
    let history = try trainer.fit(digits, validation: digits, epochs: 1, batchSize: 128)
    return "\(history.epochs.map(\.withoutSeconds)) \(bits(trainer)) \(trainer.withAveragedWeights { bits(trainer) })"
  }
}

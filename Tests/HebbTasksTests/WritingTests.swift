import Foundation
import Hebb
import HebbRuns
import HebbTasks
import Testing

/// A folder for the files of a test.
func withTaskFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = NSTemporaryDirectory() + "hebb-tasks-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

extension TaskRun {
  /// Trains a recipe on a text, and gives the run's folder.
  static func quick(
    _ name: String, kind: String? = nil, on text: String, in folder: String, epochs: Int, file: String = "data.txt"
  ) throws -> (run: RunFolder, outcome: RunOutcome) {
    let source = "\(folder)/\(file)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: source))
    let recipe = try #require(TaskRecipe.named(name))
    let plan = try TaskPlan(recipe, kind: kind, source: source, epochs: epochs, seed: 1)
    let run = RunFolder("\(folder)/run-\(name)-\(kind ?? "")")
    let task = try TaskRun(plan)
    let outcome = try task.run(in: run, resumes: false, bar: ProgressBar(.lines) { _ in })
    return (run, outcome)
  }
}

/// What a task's training says of its data when they will not do.
func problem(_ name: String, with text: String, file: String = "data.txt") throws -> String? {
  try withTaskFolder { folder in
    do { _ = try TaskRun.quick(name, on: text, in: folder, epochs: 1, file: file) } catch let error as DataError {
      return error.description
    }
    return nil
  }
}

@Suite struct WritingTests {
  private static let text = String(repeating: "the cat sat on the mat.\n", count: 60)

  @Test(arguments: ["lstm", "gpt"]) func aTextIsLearntAndWritten(_ kind: String) throws {
    try withTaskFolder { folder in
      let (run, outcome) = try TaskRun.quick("write", kind: kind, on: WritingTests.text, in: folder, epochs: 12)
      let nats = try #require(outcome.numbers.first { $0.name == "nats" }?.value)
      #expect(nats > 0 && nats < 2.5, "\(nats)")
      let writer = try TextWriter(reading: run.model)
      var random = Philox(seed: 3)
      var pieces = ""
      let request = TextRequest(prompt: "the c€t", count: 200)
      let text = request.text(by: writer, using: &random) { pieces += $0 }
      #expect(text == pieces && text.count == 200 && request.unknown(to: writer) == ["€"])
      // The same seed, the same text; another one, another text.
      var again = Philox(seed: 3)
      var other = Philox(seed: 4)
      #expect(request.text(by: writer, using: &again) == text)
      #expect(request.text(by: writer, using: &other) != text)
    }
  }

  /// Beams, the likeliest character, and fresh starts: any of them gives as many characters as were asked for.
  @Test func textsHaveTheLengthAskedFor() throws {
    try withTaskFolder { folder in
      let (run, _) = try TaskRun.quick("write", kind: "gpt", on: WritingTests.text, in: folder, epochs: 1)
      let writer = try TextWriter(reading: run.model)
      var random = Philox(seed: 1)
      let long = String(repeating: "the mat. ", count: 100)
      for request in [
        TextRequest(count: 30, sampling: .greedy), TextRequest(prompt: "the", count: 150, beams: 3),
        TextRequest(prompt: long, count: 20), TextRequest(prompt: "€", count: 1),
        TextRequest(count: 40, sampling: Sampling(topK: 3, nucleus: 0.5, repetitionPenalty: 1.3)),
      ] {
        #expect(request.text(by: writer, using: &random).count == request.count)
      }
    }
  }

  @Test func aTextTooShortIsRefused() throws {
    #expect(try problem("write", with: "too short")?.contains("9 characters are too few") == true)
    #expect(try problem("write", with: "")?.contains("0 characters") == true)
  }
}

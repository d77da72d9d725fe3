import Foundation
import HebbArrays
import HebbData
import HebbRecipes
import Testing

/// Data of a user's own, and training by declaration.
@Suite struct SessionTests {
  private static func withTable(_ text: String, _ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "hebb-session-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/table.csv"))
    try body(folder)
  }

  @Test func aTableOfClasses() throws {
    let lines = (0..<60).map { "\($0 % 2 == 0 ? 1.0 : -1.0),\(Double($0) / 60),\($0 % 2 == 0 ? "even" : "odd")" }
    try SessionTests.withTable("a,b,kind\n" + lines.joined(separator: "\n")) { folder in
      let spec = try NetworkSpec(
        yaml: """
          name: parity
          data: {table: table.csv, target: kind, validation: 0.25}
          network: [linear: 8, relu, linear: classes]
          training: {epochs: 30, batch: 8, optimizer: {adam: {rate: 0.05}}, early-stopping: 20}
          """, file: "x.yaml")
      let session = try TrainingSession(TrainingPlan(spec, base: folder))
      #expect(session.data.train.count == 36 && session.data.validation.count == 12 && session.data.test.count == 12)
      #expect(session.data.classNames == ["even", "odd"])
      try session.fit()
      #expect(session.test().accuracy == 1)
    }
  }

  @Test func aTableOfNumbers() throws {
    let lines = (0..<50).map { "\($0),\(2 * $0 + 1)" }
    try SessionTests.withTable(lines.joined(separator: "\n")) { folder in
      let spec = try NetworkSpec(
        yaml: """
          data: {table: table.csv, classes: false}
          network: [linear: classes]
          training: {epochs: 200, batch: 8, optimizer: {adam: {rate: 1}}, schedule: cosine}
          """, file: "line.yaml")
      let session = try TrainingSession(TrainingPlan(spec, base: folder))
      try session.fit()
      let result = session.test()
      #expect(result.confusion == nil && result.loss < 1)
    }
  }

  @Test func foldsCoverEverySampleOnce() throws {
    let spec = try #require(Recipe.named("iris")).spec()
    let parts = try DataSets.load(spec.data, folder: nil, base: "")
    let folds = try PreparedData.folds(5, of: parts, spec.data, seed: 1)
    #expect(folds.map(\.test.count) == [30, 30, 30, 30, 30])
    #expect(folds.allSatisfy { $0.train.count == 120 })
    for fold in folds { #expect((0..<3).allSatisfy { label in fold.test.labels.count { $0 == label } == 10 }) }
  }

  @Test func earlyStoppingNeedsValidation() throws {
    let spec = try NetworkSpec(
      yaml: "data: iris\nnetwork: [linear: classes]\ntraining:\n  early-stopping: 3", file: "x.yaml")
    #expect(throws: DataError.self) { try TrainingSession(TrainingPlan(spec, base: "")) }
  }
}

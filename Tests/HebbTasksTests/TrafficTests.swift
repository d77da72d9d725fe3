import Foundation
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks
import HebbTesting
import Testing

@Suite struct TrafficTests {
  /// Five days of 24 steps at three sensors: a wave of the day that comes a step later at each, and a fourth sensor by
  /// itself, some of whose values are missing.
  private func writeRoads(_ folder: String) throws {
    var lines = ["a,b,c,alone"]
    for step in 0..<120 {
      let speeds = (0..<4).map { 50 + 20 * sin(2 * Double.pi * Double(step - $0) / 24) }
      let shown = speeds.map { String(Float($0)) }
      lines.append((shown[..<3] + [step % 7 == 0 ? (step % 2 == 0 ? "" : "nan") : shown[3]]).joined(separator: ","))
    }
    let files = [
      "speeds.csv": lines.joined(separator: "\n"), "adjacency.csv": "1,1,0,0\n0,1,1,0\n0,0,1,0\n0,0,0,0\n",
      "positions.csv": "sensor,latitude,longitude\nalone,1,1\nc,0,2\nb,0,1\na,0,0\n",
    ]
    for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
  }

  private func run(
    _ data: String, in folder: String, kind: String = "dcrnn", epochs: Int = 10, resumes: Bool = false,
    _ options: [String: String] = ["day": "24", "units": "8", "window": "4"]
  ) throws -> RunOutcome {
    let recipe = try #require(TaskRecipe.named("traffic"))
    let plan = try TaskPlan(recipe, kind: kind, source: data, epochs: epochs, seed: 3, options: options)
    return try TaskRun(plan).run(in: RunFolder(folder), resumes: resumes, bar: ProgressBar(.lines) { _ in })
  }

  /// What comes next is known better than from the last value, and the file holds all that a forecast needs.
  @Test(arguments: ["dcrnn", "tgcn"]) func waysOfTheDayAreForecast(_ kind: String) throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      let outcome = try run(folder, in: "\(folder)/run", kind: kind)
      let numbers = Dictionary(uniqueKeysWithValues: outcome.numbers.map { ($0.name, $0.value) })
      #expect(try #require(numbers["rmse"]) < #require(numbers["rmseOfRepeating"]) / 2)
      #expect(outcome.figures.map(\.name).starts(with: ["map", "sensor"]))
      let model = try TrafficModel(reading: "\(folder)/run/model.safetensors")
      #expect(model.nodeNames == ["a", "b", "c", "alone"] && model.window == 4 && model.horizon == 3)
      let next = try model.forecast(behind: model.learnedValues, steps: 5)
      #expect(next.count == 5 && next.allSatisfy { $0.count == 4 })
      // The next step is midnight again.
      #expect(abs(next[0][0] - 50) < 8, "\(next[0])")
    }
  }

  /// The same values in the same order of time give the same forecast, whatever was learned from them.
  @Test func aForecastFollowsTheValuesAndTheClock() throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      let outcome = try run(folder, in: "\(folder)/run", epochs: 1)
      #expect(!outcome.numbers.isEmpty)
      let model = try TrafficModel(reading: "\(folder)/run/model.safetensors")
      let values = try GraphFolder.readValues("\(folder)/speeds.csv").values.elements(as: Float.self)
      let whole = try model.forecast(behind: values, clock: 0, steps: 3)
      let end = try model.forecast(behind: model.learnedValues, steps: 3)
      #expect(whole == end)
      let later = try model.forecast(behind: values, clock: 7, steps: 3)
      #expect(whole != later)
      let error = #expect(throws: DataError.self) { _ = try model.forecast(behind: [1, 2, 3, 4], steps: 1) }
      #expect(error?.description.contains("1 steps are fewer than the 4") == true)
    }
  }

  /// A network that feeds on ever larger forecasts of its own says how far it can be followed.
  @Test func aForecastThatRunsAwayIsRefused() throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      let outcome = try run(folder, in: "\(folder)/run", epochs: 1)
      #expect(!outcome.numbers.isEmpty)
      let model = try TrafficModel(reading: "\(folder)/run/model.safetensors")
      let named = model.network.namedParameters.first { $0.name == "traffic.linear.weight" }
      let weight = try #require(named?.parameter)
      weight.value = weight.value * 5
      let error = #expect(throws: DataError.self) {
        _ = try model.forecast(behind: model.learnedValues, steps: 200, name: "new.csv")
      }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("new.csv, step ") && text.contains("far beyond the"), "\(text)")
      #expect(text.hasSuffix("steps or fewer"), "\(text)")
      let few = #expect(throws: DataError.self) {
        _ = try model.forecast(behind: [1, 2, 3, 4], steps: 1, name: "new.csv")
      }
      #expect(few?.description.hasPrefix("new.csv: 1 steps are fewer than the 4") == true)
    }
  }

  /// The file says whether values below 0 are mistakes; files that do not say so take any.
  @Test func aModelKnowsWhetherItLearnedSpeeds() throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      let outcome = try run(folder, in: "\(folder)/run", epochs: 1)
      #expect(!outcome.numbers.isEmpty)
      let path = "\(folder)/run/model.safetensors"
      #expect(try TrafficModel(reading: path).areSpeeds)
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let old = replaced("speeds\\\":true", "sp____\\\":true", in: bytes)
      #expect(old != bytes)
      try Data(old).write(to: URL(fileURLWithPath: path))
      #expect(try !TrafficModel(reading: path).areSpeeds)

      try FileManager.default.moveItem(atPath: "\(folder)/speeds.csv", toPath: "\(folder)/values.csv")
      let other = try run(folder, in: "\(folder)/other", epochs: 1)
      #expect(!other.numbers.isEmpty)
      #expect(try !TrafficModel(reading: "\(folder)/other/model.safetensors").areSpeeds)
    }
  }

  @Test(arguments: [
    ("speeds.csv", "a,b\n1,2\n3\n", "line 3: it has 1 columns"),
    ("speeds.csv", "a,b,c,alone\n1,2,3,4\n", "1 steps are too few"),
    ("adjacency.csv", "1,0\n0,1\n", "a matrix of 2 × 2 for 4 nodes"),
    ("positions.csv", "sensor,latitude,longitude\na,0,0\n", "the sensor b is not in it"),
  ])
  func unfitFoldersAreToldInOneLine(_ name: String, _ text: String, _ problem: String) throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      let error = #expect(throws: DataError.self) { _ = try run(folder, in: "\(folder)/run") }
      #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test func damagedModelsAreToldInOneLine() throws {
    try withTemporaryFolder { folder in
      try writeRoads(folder)
      let outcome = try run(folder, in: "\(folder)/run", epochs: 1)
      #expect(!outcome.numbers.isEmpty)
      let path = "\(folder)/run/model.safetensors"
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let damages: [(String, String)] = [
        ("kind\\\":\\\"dcrnn", "kind\\\":\\\"dcrnm"), ("traffic.linear.weight", "traffic.linear.wright"),
        ("encoder.0.candidateBias", "encoder.0.candidateBios"), ("a\\nb\\nc\\nalone", "a\\nb\\nc,nalone"),
        ("0 1 1.0", "0 9 1.0"), ("speeds\\\":true", "speeds\\\":1234"),
        ("0 1 1.0", "0 1 nan"), ("\"usual\"", "\"usuas\""), ("\"means\"", "\"beans\""),
        ("[8,1]", "[4,2]"), ("[24,4]", "[12,8]"),
      ]
      for (old, new) in damages {
        let damaged = replaced(old, new, in: bytes)
        #expect(damaged != bytes, "\(old)")
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self, "\(old)") { _ = try TrafficModel(reading: path) }
      }
      try Data(bytes.prefix(bytes.count / 2)).write(to: URL(fileURLWithPath: path))
      #expect(throws: (any Error).self) { _ = try TrafficModel(reading: path) }
    }
  }

  /// The bytes with one text in place of another of the same length.
  private func replaced(_ old: String, _ new: String, in bytes: [UInt8]) -> [UInt8] {
    precondition(old.utf8.count == new.utf8.count)
    var bytes = bytes
    if let place = bytes.firstRange(of: Array(old.utf8)) { bytes.replaceSubrange(place, with: Array(new.utf8)) }
    return bytes
  }
}

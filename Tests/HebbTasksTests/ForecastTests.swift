import Foundation
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks
import HebbTesting
import Testing

@Suite struct ForecastTests {
  /// A wave of 12 steps on a slope, with a little noise.
  private static let wave = (0..<160).map { step -> Float in
    let phase = 2 * Double.pi * Double(step) / 12
    return Float(10 + 0.05 * Double(step) + 3 * sin(phase) + 0.1 * sin(37.7 * Double(step)))
  }

  private func write(_ values: [Float], to path: String) throws {
    let lines = values.enumerated().map { "day \($0),\($1)" }
    try (["date,value"] + lines).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func run(
    _ path: String, in folder: String, kind: String = "linear", epochs: Int = 40, resumes: Bool = false
  ) throws -> RunOutcome {
    let recipe = try #require(TaskRecipe.named("forecast"))
    let plan = try TaskPlan(recipe, kind: kind, source: path, epochs: epochs, seed: 3)
    return try TaskRun(plan).run(in: RunFolder(folder), resumes: resumes, bar: ProgressBar(.lines) { _ in })
  }

  /// The season is found, and what comes next is known better than from the last season.
  @Test(arguments: ["linear", "gru"]) func aWaveIsForecast(_ kind: String) throws {
    try withTemporaryFolder { folder in
      try write(Self.wave, to: "\(folder)/wave.csv")
      let outcome = try run("\(folder)/wave.csv", in: "\(folder)/run", kind: kind)
      let numbers = Dictionary(uniqueKeysWithValues: outcome.numbers.map { ($0.name, $0.value) })
      let (mse, naive) = (try #require(numbers["mse"]), try #require(numbers["seasonalNaiveMse"]))
      #expect(mse < naive)
      let model = try ForecastModel(reading: "\(folder)/run/model.safetensors")
      #expect(model.horizon == 12 && model.window == 24 && model.last == "day 159")
      let next = try model.forecast(behind: model.learnedSeries, steps: 20)
      #expect(next.values.count == 20)
      for step in next.values.indices {
        #expect(next.low[step] <= next.values[step] && next.values[step] <= next.high[step])
      }
      // A crest of the wave comes three steps behind a season's begin.
      #expect(next.values[11] > next.values[5] + 2)
    }
  }

  @Test func aRunIsRememberedAsItWasPlanned() throws {
    try withTemporaryFolder { folder in
      try write(Self.wave, to: "\(folder)/wave.csv")
      _ = try run("\(folder)/wave.csv", in: "\(folder)/run", epochs: 2)
      let plan = try #require(try TaskPlan(resuming: RunFolder("\(folder)/run")))
      #expect(plan.source == "\(folder)/wave.csv" && plan.epochs == 2 && plan.seed == 3 && plan.kind == "linear")
    }
  }

  @Test func aConstantSeriesStaysConstant() throws {
    try withTemporaryFolder { folder in
      try write([Float](repeating: 5, count: 60), to: "\(folder)/flat.csv")
      _ = try run("\(folder)/flat.csv", in: "\(folder)/run", epochs: 2)
      let model = try ForecastModel(reading: "\(folder)/run/model.safetensors")
      let next = try model.forecast(behind: model.learnedSeries, steps: 3)
      #expect(next.values == [5, 5, 5] && next.low == next.values)
    }
  }

  @Test(arguments: [
    ("date,x\na,1\nb,2\n", "2 values are too few"),
    ("date,x\na,1\nb\n", "line 3: it has 1 columns"),
    ("date,x\na,1\nb,two\n", "line 3, column x: “two” is not a number"),
    ("date,x\na,NA\nb,\n", "x holds no values"),
    ("date,x\na,1\nb,\nc,\nd,\ne,2\n", "3 of 5 values of x are missing"),
    ("", "no lines"),
  ])
  func unfitTablesAreToldInOneLine(_ text: String, _ problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/table.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: DataError.self) { _ = try run(path, in: "\(folder)/run") }
      #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test func gapsAreFilledByStraightLines() throws {
    let text = "t,x\n1,NA\n2,1\n3,\n4,?\n5,4\n6,5\n7,nan\n"
    let file = try SeriesFile.decode(Array(text.utf8), name: "gaps")
    #expect(file.values == [1, 2, 3, 4, 5] && file.missing == 2 && file.labels == ["2", "3", "4", "5", "6"])
  }

  @Test func damagedModelsAreToldInOneLine() throws {
    try withTemporaryFolder { folder in
      try write(Self.wave, to: "\(folder)/wave.csv")
      _ = try run("\(folder)/wave.csv", in: "\(folder)/run", epochs: 1)
      let path = "\(folder)/run/model.safetensors"
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      for damage in [
        Array(bytes.prefix(bytes.count / 2)), replaced("kind\\\":\\\"linear", "kind\\\":\\\"lineal", in: bytes),
        replaced("forecaster.linear.weight", "forecaster.linear.wright", in: bytes),
      ] {
        try Data(damage).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { _ = try ForecastModel(reading: path) }
      }
    }
  }

  /// The bytes with one text, written as it is escaped in the header, in place of another of the same length.
  private func replaced(_ old: String, _ new: String, in bytes: [UInt8]) -> [UInt8] {
    precondition(old.utf8.count == new.utf8.count)
    var bytes = bytes
    if let place = bytes.firstRange(of: Array(old.utf8)) { bytes.replaceSubrange(place, with: Array(new.utf8)) }
    return bytes
  }
}

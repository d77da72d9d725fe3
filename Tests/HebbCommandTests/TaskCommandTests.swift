import Foundation
import Testing

/// Recipes of tasks by the built command.
@Suite struct TaskCommandTests {
  /// 200 steps of a wave as a table.
  private func writeWave(_ tool: Tool) throws {
    let lines = (0..<200).map { "\($0),\(10 + 3 * sin(2 * Double.pi * Double($0) / 12))" }
    try (["step,height"] + lines).joined(separator: "\n").write(
      toFile: "\(tool.folder)/wave.csv", atomically: true, encoding: .utf8)
  }

  @Test func aSeriesIsLearnedAndForecast() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try writeWave(tool)
    let train = try tool.run(
      "train", "forecast", "--data", "wave.csv", "--set", "horizon=6", "--epochs", "20", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb forecast run"), "\(train)")
    for name in ["model.safetensors", "run.json", "test.png", "forecast.svg", "curves.svg"] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    let plain = try tool.run("forecast", "run", "--out", "next.svg")
    #expect(plain.code == 0 && plain.output.contains("behind 199") && tool.exists("next.svg"), "\(plain)")
    #expect(plain.output.contains(" height "), "\(plain)")
    let json = try tool.run("forecast", "run", "wave.csv", "--steps", "9", "--json")
    #expect(json.code == 0 && json.output.hasPrefix("{\"column\":\"height\",\"forecast\":["), "\(json)")
    let other = try tool.run("colorize", "run", "photo.png")
    #expect(other.code == 2 && other.errors.contains("no network that guesses colours"), "\(other)")
    let unknown = try tool.run("train", "forecast", "--set", "colour=red", "--out", "other")
    #expect(unknown.code == 2 && unknown.errors.contains("these can be set: column"), "\(unknown)")
  }

  /// The score of a run's own series is that of its training; other series have one of their own.
  @Test func forecastersAreMeasured() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try writeWave(tool)
    let train = try tool.run("train", "forecast", "--data", "wave.csv", "--epochs", "20", "--out", "run", "--json")
    let own = try tool.run("evaluate", "run", "--json")
    let numbers = try #require(own.output.split(separator: "csv\",").last?.dropLast(2))
    #expect(train.code == 0 && train.output.contains("\"results\":{\(numbers)}"), "\(own) \(train)")
    // The column has another name here, and is the only one.
    try tool.write(Data("depth\n\((0..<60).map { "\($0 % 12)\n" }.joined())".utf8), to: "other.csv")
    let other = try tool.run("evaluate", "run", "--data", "other.csv")
    #expect(other.code == 0 && other.output.contains("there is no column height; depth is read"), "\(other)")
    #expect(other.output.contains("the last season again 0"), "\(other)")
    try tool.write(Data("height\n\((0..<30).map { "\($0)\n" }.joined())".utf8), to: "short.csv")
    let short = try tool.run("evaluate", "run", "--data", "short.csv")
    #expect(short.code == 2 && short.errors.contains("30 values are too few"), "\(short)")
    let summary = try tool.run("summary", "run")
    #expect(summary.output.contains("Linear(24 → 12)") && summary.output.contains("widths [12] kept"), "\(summary)")
  }

  /// A file of ETTh1 that broke off has not the parts that published scores are of.
  @Test func aShortFileOfASetIsTold() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/data/etth1", withIntermediateDirectories: true)
    let lines = (0..<200).map { "\($0),\($0 % 24)\n" }.joined()
    try tool.write(Data("step,OT\n\(lines)".utf8), to: "data/etth1/ETTh1.csv")
    let result = try tool.run(
      all: ["train", "forecast", "--data", "etth1", "--out", "run"],
      environment: ["HEBB_DATA": "\(tool.folder)/data"])
    #expect(
      result.code == 2 && result.errors.contains("ETTh1.csv: it has 200 values, and etth1 14400 at least"), "\(result)")
    #expect(result.errors.split(separator: "\n").count == 1 && !tool.exists("run"))
  }

  /// A run that was stopped goes on as if nothing had been, from another folder too.
  @Test func aRunIsResumed() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try writeWave(tool)
    let options = ["train", "forecast", "--data", "wave.csv", "--kind", "gru", "--epochs", "60", "--out"]
    #expect(try tool.run(all: options + ["whole"]).code == 0)
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "1/60")
    #expect(stopped.code == 130 && stopped.errors.contains("hebb train --resume parts"), "\(stopped)")
    let more = try tool.run("train", "--resume", "parts", "--quiet")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }

  /// Three days of 20 steps at three sensors in a row.
  private func writeRoads(_ tool: Tool) throws {
    let lines = (0..<60).map { step in
      (0..<3).map { "\(Float(50 + 20 * sin(2 * Double.pi * Double(step - $0) / 20)))" }.joined(separator: ",")
    }
    let files = [
      "speeds.csv": (["a,b,c"] + lines).joined(separator: "\n"), "adjacency.csv": "1,1,0\n0,1,1\n0,0,1\n",
      "turned.csv": "c,a,b\n" + lines.suffix(20).joined(separator: "\n"), "short.csv": "a,b,c\n1,2,3\n",
      "other.csv": "a,b,d\n1,2,3\n",
    ]
    for (name, text) in files {
      try text.write(toFile: "\(tool.folder)/\(name)", atomically: true, encoding: .utf8)
    }
  }

  @Test func aGraphIsLearnedResumedAndForecast() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try writeRoads(tool)
    let options = [
      "train", "traffic", "--data", ".", "--set", "day=20", "--set", "window=4", "--set", "units=8", "--epochs", "30",
      "--out",
    ]
    let train = try tool.run(all: options + ["whole"])
    #expect(train.code == 0 && train.output.contains("hebb forecast whole"), "\(train)")
    for name in ["model.safetensors", "run.json", "errors.png", "sensor.svg", "curves.svg"] {
      #expect(tool.exists("whole/\(name)"), "\(name)")
    }
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "1/30")
    #expect(stopped.code == 130, "\(stopped)")
    #expect(try tool.run("train", "--resume", "parts", "--quiet").code == 0)
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))

    let plain = try tool.run("forecast", "whole")
    #expect(plain.code == 0 && plain.output.contains("step 3"), "\(plain)")
    let table = try tool.run("forecast", "whole", "turned.csv", "--steps", "5", "--out", "next.csv", "--json")
    #expect(table.code == 0 && table.output.hasPrefix("{\"nodes\":[\"a\",\"b\",\"c\"],"), "\(table)")
    let written = String(decoding: try tool.bytes("next.csv"), as: UTF8.self).split(separator: "\n")
    #expect(written.count == 6 && written[0] == "a,b,c", "\(written)")
    for (arguments, problem) in [
      (["short.csv"], "short.csv: 1 steps are fewer than the 4"), (["other.csv"], "line 1: the node c is not in it"),
      (["speeds.csv", "--column", "a"], "leave --column out"), (["--out", "next.png"], "name a table"),
    ] {
      let wrong = try tool.run(all: ["forecast", "whole"] + arguments)
      #expect(wrong.code == 2 && wrong.errors.contains(problem), "\(wrong)")
    }
  }
}

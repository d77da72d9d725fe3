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
    let json = try tool.run("forecast", "run", "wave.csv", "--steps", "9", "--json")
    #expect(json.code == 0 && json.output.hasPrefix("{\"column\":\"height\",\"forecast\":["), "\(json)")
    let other = try tool.run("colorize", "run", "photo.png")
    #expect(other.code == 2 && other.errors.contains("no network that guesses colours"), "\(other)")
    let unknown = try tool.run("train", "forecast", "--set", "colour=red", "--out", "other")
    #expect(unknown.code == 2 && unknown.errors.contains("these can be set: column"), "\(unknown)")
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
}

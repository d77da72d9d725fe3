import Foundation
import Testing

/// Networks of local rules by the built command.
@Suite struct RuleTests {
  @Test func mapsAreTrainedAndDrawn() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let train = try tool.run("train", "som", "--epochs", "10", "--out", "run")
    #expect(train.code == 0 && train.output.contains("quantisation error") && train.output.contains("hebb map run"))
    for name in ["model.safetensors", "run.json", "u-matrix.png", "planes.svg", "hits.png", "labels.png"] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    let again = try tool.run("train", "som", "--epochs", "10", "--out", "other", "--threads", "1", "--json")
    #expect(again.code == 0 && again.output.contains(#""rule":"som","data":"iris","epochs":10"#))
    #expect(try tool.bytes("run/model.safetensors") == tool.bytes("other/model.safetensors"))
    let map = try tool.run("map", "run", "--data", "iris", "--out", "pictures")
    #expect(map.code == 0 && tool.exists("pictures/u-matrix.png") && tool.exists("pictures/labels.svg"))
  }

  @Test func tablesAreLearned() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let rows = (0..<60).map { "\($0 % 2 == 0 ? 1 : 5).\($0),\(Double($0 % 7) / 3),\($0 % 2 == 0 ? "a" : "b")" }
    try tool.write(Data(rows.joined(separator: "\n").utf8), to: "mine.csv")
    for rule in ["art", "lvq"] {
      let train = try tool.run("train", rule, "--data", "mine.csv", "--quiet")
      #expect(train.code == 0 && train.output.contains("test accuracy 100.00 %"), "\(train)")
    }
  }

  @Test(
    arguments: [
      (["train", "som", "--data", "nothing"], "no such data set"), (["train", "som", "--folds", "3"], "has no folds"),
      (["map", "nowhere"], "nowhere/model.safetensors"), (["recall", "nowhere", "x.png"], "nowhere/model.safetensors"),
      (["sample", "nowhere", "--count", "0"], "--count"),
    ])
  func mistakesAreOneLine(_ arguments: [String], _ part: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: arguments)
    #expect(result.code == 2 && result.output.split(separator: "\n").count <= 1)
    #expect(result.errors.hasPrefix("error: ") && result.errors.contains(part), "\(result.errors)")
  }

  /// A memory of the built-in digits repairs one whose lower half is lost, a machine dreams of them.
  @Test func digitsAreRecalledAndSampled() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let memory = try tool.run("train", "hopfield", "--data", "digits", "--out", "memory")
    #expect(memory.code == 0 && memory.output.contains("recalled"), "\(memory)")
    let recall = try tool.run("recall", "memory", "memory/recall.png", "--known", "upper", "--out", "whole.png")
    #expect(recall.code == 0 && tool.exists("whole.png"))
    let machine = try tool.run("train", "rbm", "--data", "digits", "--epochs", "1", "--out", "machine")
    #expect(machine.code == 0 && machine.output.contains("log-likelihood"), "\(machine)")
    let sample = try tool.run("sample", "machine", "--count", "3", "--steps", "5")
    #expect(sample.code == 0 && tool.exists("samples.png"))
    let wrong = try tool.run("map", "machine")
    #expect(wrong.code == 2 && wrong.errors.contains("of kind rbm, not som"))
  }
}

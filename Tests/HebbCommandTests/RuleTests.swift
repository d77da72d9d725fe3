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
    #expect(again.code == 0 && again.output.contains(#""rule":"som""#) && again.output.contains(#""epochs":10"#))
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
      (["train", "som", "--data", "nothing"], "no such data set"),
      (["train", "rbm", "--folds", "3"], "no classes apart"),
      (["train", "lvq", "--kind", "x"], "there is no kind x"), (["train", "art", "--folds", "1"], "--folds"),
      (["map", "nowhere"], "nowhere/model.safetensors"), (["recall", "nowhere", "x.png"], "nowhere/model.safetensors"),
      (["sample", "nowhere", "--count", "0"], "--count"),
      (["recall", "nowhere", "x.png", "--frames", "way.gif"], "--frames is a PNG"),
    ])
  func mistakesAreOneLine(_ arguments: [String], _ part: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: arguments)
    #expect(result.code == 2 && result.output.split(separator: "\n").count <= 1)
    #expect(result.errors.hasPrefix("error: ") && result.errors.contains(part), "\(result.errors)")
  }

  @Test func rulesAreCrossValidated() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let glvq = try tool.run("train", "lvq", "--data", "iris", "--kind", "glvq", "--folds", "5", "--epochs", "20")
    #expect(glvq.code == 0 && glvq.output.contains("fold 5/5") && glvq.output.contains("over 5 folds"), "\(glvq)")
    let other = try tool.run("train", "art", "--folds", "10", "--json")
    #expect(other.code == 0 && other.output.hasPrefix(#"{"accuracy":0.9"#), "\(other)")
    #expect(!tool.exists("runs"))
  }

  /// Maps and machines need no classes: a table of numbers alone, pictures that lie in one folder.
  @Test func samplesWithoutClassesAreLearned() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let rows = (0..<40).map { "\(Double($0) / 3),\(Double($0 * $0 % 17) / 5),\(Double($0) * 1.5)" }
    try tool.write(Data(rows.joined(separator: "\n").utf8), to: "mine.csv")
    let map = try tool.run("train", "som", "--data", "mine.csv", "--out", "map", "--epochs", "5")
    #expect(map.code == 0 && !map.output.contains("accuracy") && tool.exists("map/hits.png"), "\(map)")
    #expect(!tool.exists("map/labels.png"))
    let drawn = try tool.run("map", "map", "--data", "mine.csv", "--out", "pictures")
    #expect(drawn.code == 0 && tool.exists("pictures/hits.png"), "\(drawn)")
    try tool.writePictures(to: "photos")
    let memory = try tool.run("train", "hopfield", "--data", "photos", "--out", "memory")
    #expect(memory.code == 0 && memory.output.contains("test samples recalled"), "\(memory)")
    for (rule, data, part) in [("lvq", "mine.csv", "are no classes"), ("art", "photos", "CLASS/name.png")] {
      let result = try tool.run("train", rule, "--data", data)
      #expect(result.code == 2 && result.errors.contains(part), "\(result)")
    }
  }

  /// Tables that say little or nothing: one line of error, or a network without NaN.
  @Test func poorTablesDoNoHarm() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let constant = (0..<20).map { "3,7,\($0 % 2 == 0 ? "a" : "b")" }.joined(separator: "\n")
    let single = (0..<20).map { "\($0),a" }.joined(separator: "\n")
    try tool.write(Data(constant.utf8), to: "constant.csv")
    try tool.write(Data(single.utf8), to: "single.csv")
    try tool.write(Data((single + "\nnan,a").utf8), to: "nan.csv")
    try tool.write(Data("1,2,a".utf8), to: "one.csv")
    try tool.write(Data((single + "\n1,2,3,a").utf8), to: "ragged.csv")
    for rule in [
      ["som"], ["som", "--kind", "batch"], ["lvq"], ["art"], ["hopfield"], ["hopfield", "--kind", "binary"],
    ] {
      for (name, part) in [("nan", "line 21"), ("one", "too few"), ("ragged", "line 21")] {
        let result = try tool.run(all: ["train"] + rule + ["--data", "\(name).csv", "--quiet"])
        #expect(result.code == 2 && result.errors.contains(part), "\(rule) \(name): \(result)")
        #expect(result.errors.split(separator: "\n").count == 1)
      }
      for name in ["constant", "single"] where rule != ["lvq"] || name == "constant" {
        let result = try tool.run(all: ["train"] + rule + ["--data", "\(name).csv", "--epochs", "2", "--quiet"])
        #expect(result.code == 0 && !result.output.contains("–"), "\(rule) \(name): \(result)")
      }
    }
  }

  /// Runs that were stopped in the middle go on as if nothing had been.
  @Test(arguments: [
    ["som", "--epochs", "600"], ["som", "--kind", "batch", "--epochs", "2000"],
    ["lvq", "--data", "iris", "--epochs", "1500"], ["art", "--data", "mine.csv"],
    ["rbm", "--data", "digits", "--epochs", "300"],
  ])
  func theyAreInterrupted(_ arguments: [String]) throws {
    let tool = try Tool()
    defer { tool.clean() }
    // Classes that nothing tells apart: each sample is a category of its own, and all are looked at.
    let rows = (0..<6_000).map { row in
      (1...8).map { "\(row * $0 * 7919 % 9973)," }.joined() + (row % 2 == 0 ? "a" : "b")
    }
    try tool.write(Data(rows.joined(separator: "\n").utf8), to: "mine.csv")
    let whole = try tool.run(all: ["train"] + arguments + ["--out", "whole"])
    #expect(whole.code == 0, "\(whole)")
    let stopped = try tool.run(all: ["train"] + arguments + ["--out", "parts"], interruptingAt: "\(arguments[0]) ")
    #expect(stopped.code == 130 && stopped.errors.contains("\(Tool.path) train --resume parts"), "\(stopped)")
    #expect(!tool.exists("parts/model.safetensors"))
    #expect(try String(decoding: tool.bytes("parts/run.json"), as: UTF8.self).contains(#""status":"interrupted""#))
    let more = try tool.run("train", "--resume", "parts")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
    let other = try tool.run("train", "--resume", "parts", "--epochs", "3")
    #expect(other.code == 2 && other.errors.contains("leave --epochs out"), "\(other)")
  }

  @Test func memoriesHaveNothingToResume() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "hopfield", "--data", "iris", "--out", "run").code == 0)
    let again = try tool.run("train", "--resume", "run")
    #expect(again.code == 2 && again.errors.contains("learns at once"), "\(again)")
  }

  /// A binary memory repairs what it has stored, and says how the energy falls.
  @Test func binaryMemoriesTellTheirEnergy() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let train = try tool.run("train", "hopfield", "--kind", "binary", "--data", "digits", "--out", "memory")
    #expect(train.code == 0 && train.output.contains("a tenth of each turned over"), "\(train)")
    #expect(tool.exists("memory/energy.png") && tool.exists("memory/capacity.svg"))
    let recall = try tool.run("recall", "memory", "memory/recall.png", "--out", "whole.png")
    #expect(recall.code == 0 && recall.output.contains("energy of memory/recall.png by sweep"), "\(recall)")
  }

  /// A memory of the built-in digits repairs one whose lower half is lost, a machine dreams of them.
  @Test func digitsAreRecalledAndSampled() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let memory = try tool.run("train", "hopfield", "--data", "digits", "--out", "memory")
    #expect(memory.code == 0 && memory.output.contains("recalled"), "\(memory)")
    let recall = try tool.run("recall", "memory", "memory/recall.png", "--known", "upper", "--out", "whole.png")
    #expect(recall.code == 0 && tool.exists("whole.png"))
    let way = try tool.run("recall", "memory", "memory/recall.png", "--known", "left", "--frames", "way.png")
    #expect(way.code == 0 && way.output.contains("wrote way.png"), "\(way)")
    #expect(try tool.bytes("way.png").range(of: Data("acTL".utf8)) != nil)
    let machine = try tool.run("train", "rbm", "--data", "digits", "--epochs", "1", "--out", "machine")
    #expect(machine.code == 0 && machine.output.contains("log-likelihood"), "\(machine)")
    let sample = try tool.run("sample", "machine", "--count", "3", "--steps", "5")
    #expect(sample.code == 0 && tool.exists("samples.png"))
    let wrong = try tool.run("map", "machine")
    #expect(wrong.code == 2 && wrong.errors.contains("of kind rbm, not som"))
  }
}

import Foundation
import HebbArrays
import HebbFiles
import Testing

/// The built command, from training to prediction.
@Suite struct EndToEndTests {
  @Test func trainPredictEvaluateResume() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let train = try tool.run("train", "iris", "--epochs", "2", "--out", "run")
    #expect(train.code == 0)
    #expect(train.output.contains("test accuracy") && train.output.contains("hebb predict run "))
    #expect(train.errors.contains("epoch 2/2"))
    #expect(!train.errors.contains("\r"))
    for name in [
      "model.safetensors", "checkpoint.safetensors", "metrics.csv", "run.json", "curves.png", "curves.svg",
      "layers.csv", "layers.png",
    ] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    let predict = try tool.run("predict", "run", "5.1,3.5,1.4,0.2", "--json", "--top", "2")
    #expect(predict.code == 0 && predict.output.hasPrefix(#"{"input":"the row","class":"setosa""#))
    let piped = try tool.run("predict", "run/model.safetensors", "-", input: Array("5.1 3.5 1.4 0.2\n6,3,5,2\n".utf8))
    #expect(piped.output.split(separator: "\n").count == 2)
    let evaluate = try tool.run("evaluate", "run", "--json")
    #expect(evaluate.code == 0 && evaluate.output.contains(#""samples":30"#))
    let before = try tool.bytes("run/model.safetensors")
    let resume = try tool.run("train", "--resume", "run", "--quiet")
    #expect(resume.code == 0 && resume.errors.isEmpty)
    #expect(try tool.bytes("run/model.safetensors") == before)
    let again = try tool.run("train", "iris", "--out", "run")
    #expect(again.code == 2 && again.errors.contains("--resume run"))
  }

  @Test func picturesGoInAsTheyAre() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "digits", "--epochs", "1", "--out", "run", "--quiet").code == 0)
    // A drawing is found on its paper; a picture of the network's own size is taken as it is, and a note says what it is.
    let light = (0..<64).map { $0 % 8 == 3 ? UInt8(0) : 255 }
    try Picture.write(NDArray(light, shape: [8, 8, 1]), to: "\(tool.folder)/light.png")
    let answer = try tool.run("predict", "run", "run/example.png", "run/curves.png", "light.png", "--top", "1")
    #expect(answer.code == 0 && answer.output.split(separator: "\n").count == 3)
    #expect(answer.errors.hasPrefix("note: light.png looks black for white") && answer.errors.contains("--invert"))
  }

  /// A run that is stopped and resumed gives the same file as one that was not, with another number of threads too.
  @Test func interruptedRunsGoOnToTheSameBits() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "digits", "--epochs", "12", "--out", "whole", "--quiet").code == 0)
    let stopped = try tool.run("train", "digits", "--epochs", "12", "--out", "parts", interruptingAt: "epoch  1/12")
    #expect(stopped.code == 130, "\(stopped)")
    #expect(stopped.errors.contains("go on with: \(Tool.path) train --resume parts"))
    #expect(try tool.run("train", "--resume", "parts", "--quiet", "--threads", "1").code == 0)
    #expect(try tool.bytes("parts/model.safetensors") == tool.bytes("whole/model.safetensors"))
  }

  @Test(
    arguments: [
      (["trian"], "did you mean hebb train?"), (["train"], "name a recipe"),
      (["train", "digit"], "did you mean digits?"),
      (["train", "digits", "--epochs", "many"], "see hebb help train"), (["train", "digits", "--frob"], "--frob"),
      (["train", "missing.yaml"], "missing.yaml"), (["train", "--resume", "nowhere"], "no run was begun here"),
      (["predict", "nowhere", "x"], "nowhere/model.safetensors"), (["evaluate", "digits"], "has no weights yet"),
      (["summary", "digit"], "did you mean digits?"), (["data", "show", "mnits"], "did you mean mnist?"),
      (["data", "show", "mnist"], "mnist"), (["lab", "nothing"], "no such experiment"),
      (["train", "digits", "--folds", "1"], "--folds"), (["predict", "x", "--top", "0"], "--top"),
    ])
  func mistakesAreOneLine(_ arguments: [String], _ part: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: arguments)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("error: ") && result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.contains(part), "\(result.errors)")
  }

  @Test func hostileFilesAreOneLine() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "digits", "--epochs", "1", "--out", "run", "--quiet").code == 0)
    let model = try tool.bytes("run/model.safetensors")
    try tool.write(model.prefix(model.count / 2), to: "half.safetensors")
    let picture = try tool.bytes("run/example.png")
    try tool.write(picture.prefix(picture.count / 2), to: "half.png")
    try tool.write(Data([0x89, 0x50, 0x4E, 0x47]), to: "start.png")
    try tool.write(Data(repeating: 0xFF, count: 100), to: "noise")
    for arguments in [
      ["predict", "half.safetensors", "run/example.png"], ["predict", "run", "half.png"],
      ["predict", "run", "start.png"],
      ["predict", "run", "noise"], ["predict", "run/example.png.safetensors", "x"], ["predict", "run", "."],
      ["evaluate", "half.safetensors"], ["predict", "run/checkpoint.safetensors", "run/example.png"],
    ] {
      let result = try tool.run(all: arguments)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.errors.hasPrefix("error: ") && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test func recipesAreNetworkFiles() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let list = try tool.run("recipes").output
    for name in ["iris", "som", "vae", "poet"] { #expect(list.contains("\n\(name) "), "\(name)") }
    let poet = try tool.run("recipes", "poet")
    #expect(
      poet.code == 0 && poet.output.contains("“paragraphs”") && poet.output.contains("lstm (20 epochs)"), "\(poet)")
    let lvq = try tool.run("recipes", "lvq")
    #expect(lvq.code == 0 && lvq.output.contains("gmlvq, grlvq"), "\(lvq)")
    let forecast = try tool.run("recipes", "forecast")
    #expect(forecast.output.contains("--set   horizon=…  steps ahead"), "\(forecast)")
    let recipe = try tool.run("recipes", "iris")
    try tool.write(Data(recipe.output.utf8), to: "mine.yaml")
    let own = try tool.run("train", "mine.yaml", "--epochs", "1", "--quiet", "--json")
    #expect(own.code == 0 && own.output.hasPrefix(#"{"run":"runs/iris""#))
    let folds = try tool.run("evaluate", "mine.yaml", "--folds", "3", "--json")
    #expect(folds.code == 0 && folds.output.contains(#""folds":["#))
  }

  /// Weights that a program saved are listed, and used where a network file declares their layers.
  @Test func weightsAlone() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let weights = NDArray((0..<12).map { $0 % 5 == 0 ? 1 : 0 as Float }, shape: [4, 3])
    try SafetensorsFile(
      tensors: [("0.weight", weights), ("0.bias", .zeros([3]))],
      metadata: ["format": "hebb model 1", "configuration": "", "classNames": "[]", "history": "[]"]
    ).write(to: "\(tool.folder)/w.safetensors")
    let summary = try tool.run("summary", "w.safetensors")
    #expect(summary.code == 0 && summary.output.contains("0.weight") && summary.output.contains("[4, 3]"), "\(summary)")
    let alone = try tool.run("predict", "w.safetensors", "1,2,3,4")
    #expect(alone.code == 2 && alone.errors.contains("weights alone") && alone.errors.contains("weights: {file: …}"))
    try tool.write(
      Data("data: {set: iris, normalize: unit}\nnetwork: [linear: classes]\nweights: w.safetensors".utf8), to: "w.yaml")
    let answer = try tool.run("predict", "w.yaml", "1,20,3,4", "--top", "1")
    #expect(answer.output.hasPrefix("virginica 100.0 %"), "\(answer)")
    #expect(try tool.run("evaluate", "w.yaml").output.contains("test accuracy"))
  }

  @Test func listsAndRates() throws {
    let tool = try Tool()
    defer { tool.clean() }
    for (list, word) in [
      ("--losses", "huber"), ("--optimizers", "lion"), ("--schedules", "one-cycle"), ("--initializers", "orthogonal"),
      ("--augmentations", "cutout"), ("--metrics", "top-3"), ("--layers", "conv"),
    ] { #expect(try tool.run("recipes", list).output.contains("\n\(word) "), "\(list)") }
    let rate = try tool.run("train", "iris", "--find-rate")
    #expect(rate.output.hasPrefix("suggested learning rate ") && tool.exists("runs/iris-rate/rates.png"), "\(rate)")
    #expect(try tool.run("train", "som", "--find-rate").code == 2)
  }

  /// Classes whose letters the pictures do not have are numbered there, and named beside.
  @Test func classesInOtherScripts() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let rows = (0..<40).map { "\($0),\($0 % 2 == 0 ? "零" : "一")" }
    try tool.write(Data(rows.joined(separator: "\n").utf8), to: "t.csv")
    try tool.write(Data("data: {table: t.csv}\nnetwork: [linear: classes]".utf8), to: "t.yaml")
    let train = try tool.run("train", "t.yaml", "--epochs", "1", "--out", "run")
    #expect(train.output.contains("confusion.png has numbers for classes: 0 一, 1 零"), "\(train)")
    #expect(String(decoding: try tool.bytes("run/confusion.svg"), as: UTF8.self).contains("零"))
  }
}

import Foundation
import HebbArrays
import HebbFiles
import Testing

extension Tool {
  /// Twelve small pictures in colour.
  func writePictures(to name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    var random = Philox(seed: 1)
    for index in 0..<12 {
      let picture = (NDArray.uniform([40, 50, 3], using: &random) * 255).cast(to: .uint8)
      try Picture.write(picture, to: "\(folder)/\(name)/\(index).png")
    }
  }
}

/// Networks that make pictures by the built command, on the digits that are built in.
@Suite struct GenerativeCommandTests {
  @Test(arguments: [
    ("vae", "plain"), ("vae", "conditional"), ("gan", "dcgan"), ("gan", "conditional"), ("gan", "wasserstein"),
    ("gan", "plain"), ("gan", "least-squares"),
  ])
  func theyAreTrainedAndSampled(_ recipe: String, _ kind: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let train = try tool.run(
      "train", recipe, "--kind", kind, "--data", "digits", "--epochs", "1", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb sample run"), "\(train)")
    for name in ["model.safetensors", "checkpoint.safetensors", "run.json", "samples.png", "curves.svg"] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    let sample = try tool.run("sample", "run", "--count", "12", "--out", "sheet.svg")
    #expect(sample.code == 0 && tool.exists("sheet.svg"))
    let ofClass = try tool.run("sample", "run", "--class", "7")
    #expect(ofClass.code == (kind == "conditional" ? 0 : 2), "\(ofClass)")
  }

  /// Two epochs at once, or one, then one more: the same file.
  @Test(arguments: ["vae", "gan", "autoencoder"]) func theyAreResumed(_ recipe: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let options = ["--data", "digits", "--quiet"]
    #expect(try tool.run(all: ["train", recipe, "--epochs", "2", "--out", "whole"] + options).code == 0)
    #expect(try tool.run(all: ["train", recipe, "--epochs", "1", "--out", "parts"] + options).code == 0)
    let more = try tool.run("train", "--resume", "parts", "--epochs", "2", "--quiet")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }

  /// A run that was stopped in the middle of an epoch goes on as if nothing had been.
  @Test func theyAreInterrupted() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let options = ["train", "gan", "--data", "digits", "--epochs", "6", "--out"]
    #expect(try tool.run(all: options + ["whole"]).code == 0)
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "epoch 1/6")
    #expect(stopped.code == 130 && stopped.errors.contains("\(Tool.path) train --resume parts"), "\(stopped)")
    let more = try tool.run("train", "--resume", "parts", "--quiet")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }

  @Test(arguments: ["denoising", "sparse", "contractive", "convolutional"])
  func autoencodersAreTrained(_ kind: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let train = try tool.run("train", "autoencoder", "--kind", kind, "--data", "digits", "--epochs", "1", "--json")
    #expect(train.code == 0 && train.output.contains(#""kind":"\#(kind)""#), "\(train)")
    #expect(tool.exists("runs/autoencoder/reconstructions.png"))
  }

  /// A folder of one's own is learned, and a photo is coloured at its full size.
  @Test func photosAreColored() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writePictures(to: "mine")
    var random = Philox(seed: 2)
    let train = try tool.run("train", "colorize", "--data", "mine", "--epochs", "1", "--out", "run")
    #expect(train.code == 0 && train.output.contains("colours are off by"), "\(train)")
    let photo = (NDArray.uniform([123, 77, 1], using: &random) * 255).cast(to: .uint8)
    try Picture.write(photo, to: "\(tool.folder)/photo.png")
    let colorize = try tool.run("colorize", "run", "photo.png", "--out", "done.png")
    #expect(colorize.code == 0, "\(colorize)")
    #expect(try Picture.read("\(tool.folder)/done.png").shape == [123, 77, 3])
    let wrong = try tool.run("sample", "run")
    #expect(wrong.code == 2 && wrong.errors.contains("makes nothing new"))
  }

  @Test(arguments: [
    (["train", "vae", "--kind", "bad"], "there is no kind bad"), (["train", "gan", "--beta", "2"], "no divergence"),
    (["train", "vae", "--beta", "-1"], "--beta"), (["train", "gan", "--folds", "3"], "has no folds"),
    (["train", "vae", "--data", "iris"], "no pictures"), (["train", "colorize", "--data", "digits"], "grey"),
    (["train", "digits", "--kind", "x"], "has no kinds"), (["colorize", "nowhere", "x.png"], "nowhere"),
    (["train", "vae", "--data", "nothing"], "no such data set"),
  ])
  func mistakesAreOneLine(_ arguments: [String], _ part: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: arguments)
    #expect(result.code == 2 && result.errors.split(separator: "\n").count == 1)
    #expect(result.errors.hasPrefix("error: ") && result.errors.contains(part), "\(result.errors)")
  }
}

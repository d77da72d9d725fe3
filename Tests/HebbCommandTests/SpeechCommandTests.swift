import Foundation
import HebbArrays
import HebbData
import HebbFiles
import Testing

extension Tool {
  /// Sixteen recordings of two words by two speakers, which are tones.
  func writeRecordings(to name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    for index in 0..<16 {
      let pitch = index % 2 == 0 ? 400.0 : 1500
      let samples = (0..<1600).map { Float(0.3 * sin(2 * Double.pi * (pitch + Double(index)) * Double($0) / 8000)) }
      let path = "\(folder)/\(name)/\(index % 2)_\(index % 4 < 2 ? "ann" : "ben")_\(index / 2).wav"
      try WAV.write(Sound(samples, rate: 8000), to: path)
    }
  }
}

/// Spoken words by the built command.
@Suite struct SpeechCommandTests {
  private func trained() throws -> Tool {
    let tool = try Tool()
    try tool.writeRecordings(to: "sounds")
    let train = try tool.run("train", "speech-digits", "--data", "sounds", "--epochs", "1", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb transcribe run run/example.wav"), "\(train)")
    for name in ["model.safetensors", "run.json", "example.wav", "confusion.png", "curves.svg"] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    return tool
  }

  @Test func wordsAreTranscribed() throws {
    let tool = try trained()
    defer { tool.clean() }
    let sound = try tool.run("transcribe", "run", "run/example.wav", "--picture", "example.png")
    #expect(sound.code == 0 && tool.exists("example.png"), "\(sound)")
    let piped = try tool.run("transcribe", "run", "--json", input: [UInt8](tool.bytes("run/example.wav")))
    let json = try JSON(parsing: Array(piped.output.utf8), file: "output")
    #expect(json["input"] == .string("standard input") && json["words"]?.elements != nil, "\(piped)")
    try WAV.write(Sound([Float](repeating: 0, count: 44_100), rate: 44_100), to: "\(tool.folder)/silence.wav")
    let two = try tool.run("transcribe", "run", "silence.wav", "run/example.wav")
    #expect(two.errors.contains("note: silence.wav: 44100 samples a second were brought to 8000"), "\(two)")
    let lines = two.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("silence.wav") && lines[1].hasPrefix("run/example.wav"), "\(two)")
    let short = try tool.run("transcribe", "run", "run/example.wav", "silence.wav", "--picture", "a.png")
    #expect(short.code == 2 && short.errors.contains("--picture draws one file"))
  }

  /// A run that was stopped in the middle of an epoch goes on as if nothing had been.
  @Test func runsAreResumed() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeRecordings(to: "sounds")
    let options = ["train", "speech-digits", "--data", "sounds", "--epochs", "10", "--out"]
    #expect(try tool.run(all: options + ["whole"]).code == 0)
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "epoch  1/10")
    #expect(stopped.code == 130 && stopped.errors.contains("hebb train --resume parts"), "\(stopped)")
    let more = try tool.run("train", "--resume", "parts", "--quiet")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }

  @Test func badSoundsAreToldInOneLine() throws {
    let tool = try trained()
    defer { tool.clean() }
    let good = try tool.bytes("sounds/0_ann_0.wav")
    try tool.write(Data("no sound".utf8), to: "no.wav")
    try tool.write(good.prefix(2888), to: "cut.wav")
    try tool.write(good.prefix(40) + Data([0, 0, 0, 0]), to: "none.wav")
    for (name, words) in [
      ("no.wav", "byte 0: it does not begin as a WAV file"), ("cut.wav", "2844 follow"),
      ("none.wav", "it has no samples"), ("missing.wav", "it cannot be opened"), ("sounds", "it is not a file"),
    ] {
      let result = try tool.run("transcribe", "run", name)
      #expect(result.code == 2 && result.errors.split(separator: "\n").count == 1, "\(result)")
      #expect(result.errors.hasPrefix("error: \(name)") && result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test func aNetworkOfAnotherSortIsTold() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "iris", "--epochs", "1", "--out", "run", "--quiet").code == 0)
    let result = try tool.run("transcribe", "run", "any.wav")
    #expect(result.code == 2 && result.errors.contains("not to transcribe"), "\(result)")
    let folder = try tool.run("train", "speech-digits", "--data", "run")
    #expect(folder.code == 2 && folder.errors.contains("there are no WAV files in it"), "\(folder)")
  }
}

import Foundation
import HebbArrays
import HebbFiles
import Testing

/// Translating and describing by the built command.
@Suite struct TranslateCommandTests {
  private static let pairs = (0..<60).map { "text \($0) here\tText \($0) da\n" }.joined()

  private func trained(_ tool: Tool, _ kind: String = "luong") throws {
    try tool.write(Data(Self.pairs.utf8), to: "pairs.tsv")
    let train = try tool.run(
      "train", "translate", "--kind", kind, "--data", "pairs.tsv", "--set", "pieces=300", "--epochs", "2", "--out",
      "run")
    #expect(train.code == 0 && train.output.contains("test BLEU") && train.output.contains("hebb translate run"))
  }

  @Test func textsAreTranslated() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try trained(tool)
    let two = try tool.run("translate", "run", "text 1 here", "text 2 here", "--beams", "2")
    #expect(two.code == 0 && two.output.split(separator: "\n", omittingEmptySubsequences: false).count == 3, "\(two)")
    // Line by line: empty ones stay empty, and the last may lack its end.
    let piped = try tool.run("translate", "run", "-", input: Array("text 1 here\n\r\n  \nword".utf8))
    #expect(piped.code == 0 && piped.output.split(separator: "\n", omittingEmptySubsequences: false).count == 5)
    #expect(piped.output.split(separator: "\n", omittingEmptySubsequences: false)[1...2] == ["", ""])
    try tool.write(Data("text 1 here\n".utf8), to: "lines.txt")
    let file = try tool.run("translate", "run", "lines.txt", "--json")
    #expect(file.output.hasPrefix(#"{"text":"text 1 here","translation":""#), "\(file)")
    try tool.write(Data("id,text\n1,\"text 1, here\"\n2,\n".utf8), to: "lines.csv")
    let table = try tool.run("translate", "run", "lines.csv", "--json")
    #expect(table.output.hasPrefix(#"{"text":"text 1, here","translation":""#), "\(table)")
    #expect(table.output.split(separator: "\n").count == 2)
    let nothing = try tool.run("translate", "run", "-")
    #expect(nothing.code == 0 && nothing.output.isEmpty)
    let known = try tool.run("translate", "run", "text here")
    #expect(known.errors.isEmpty, "\(known)")
    let unknown = try tool.run("translate", "run", "text Xyzzy 我 here", "a xyzzy!")
    #expect(unknown.errors == "note: the network has never seen “xyzzy”, “我”, “a”\n", "\(unknown)")
    let marked = try tool.run("translate", "run", "text Xyzzy here", "--json")
    #expect(marked.errors.isEmpty && marked.output.hasSuffix("\"unknown\":[\"xyzzy\"]}\n"), "\(marked)")
    let long = try tool.run("translate", "run", String(repeating: "text ", count: 3_000))
    #expect(long.code == 0 && long.errors.contains("line 1 is long"), "\(long.errors)")
    let map = try tool.run("translate", "run", "text 1 我", "--attention", "map.png")
    #expect(map.code == 0 && tool.exists("map.png") && map.output.contains("looked at 3: 我"), "\(map)")
    let vector = try tool.run("translate", "run", "text 1 我", "--attention", "map.svg")
    let picture = String(decoding: try tool.bytes("map.svg"), as: UTF8.self)
    #expect(vector.code == 0 && picture.contains("我"))
    for (arguments, input, part) in [
      (["-"], [0xff, 0xfe, 0x0a] as [UInt8], "UTF-8"), (["none.txt"], [], "no such file"),
      (["a", "b", "--attention", "x.png"], [], "2 lines"), (["", "--attention", "x.png"], [], "empty text"),
      (["a", "--beams", "0"], [], "--beams"),
    ] {
      let result = try tool.run(all: ["translate", "run"] + arguments, input: input)
      #expect(result.code == 2 && result.errors.split(separator: "\n").count == 1, "\(result)")
      #expect(result.errors.contains(part), "\(result.errors)")
    }
    let wrong = try tool.run("describe", "run", "x.png")
    #expect(wrong.code == 2 && wrong.errors.contains("a network to translate"), "\(wrong)")
  }

  /// The score of a run's own pairs is that of its training; other pairs have one of their own.
  @Test func translatorsAreMeasured() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try trained(tool)
    let own = try tool.run("evaluate", "run", "--json")
    let run = String(decoding: try tool.bytes("run/run.json"), as: UTF8.self)
    let numbers = try #require(own.output.split(separator: "tsv\",").last?.dropLast(2))
    #expect(own.code == 0 && run.contains("\"results\":{\(numbers)}"), "\(own) \(run)")
    let other = try tool.run("evaluate", "run", "--data", "pairs.tsv")
    #expect(
      other.code == 0 && other.output.hasPrefix("test BLEU ") && other.output.contains(" on 60 texts\n"), "\(other)")
    for (text, part) in [("\n", "it has no pairs"), ("text\n", "line 1: there is no tab")] {
      try tool.write(Data(text.utf8), to: "odd.tsv")
      let wrong = try tool.run("evaluate", "run", "--data", "odd.tsv")
      #expect(wrong.code == 2 && wrong.errors.contains(part), "\(wrong)")
    }
  }

  /// A run that was stopped in the middle of an epoch goes on as if nothing had been.
  @Test(arguments: ["transformer", "rnn"]) func trainingIsResumed(_ kind: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data((0..<400).map { "text \($0)\tText \($0)\n" }.joined().utf8), to: "pairs.tsv")
    let options = [
      "train", "translate", "--kind", kind, "--data", "pairs.tsv", "--set", "pieces=300", "--epochs", "4", "--out",
    ]
    #expect(try tool.run(all: options + ["whole"]).code == 0)
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "epoch 1/4")
    #expect(stopped.code == 130 && stopped.errors.contains("hebb train --resume parts"), "\(stopped)")
    #expect(try tool.run("train", "--resume", "parts", "--quiet").code == 0)
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }

  @Test func picturesAreDescribed() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writePictures(to: "mine")
    let table = (0..<12).map { "\($0).png\ta picture with \($0)\n" }.joined()
    try tool.write(Data(table.utf8), to: "mine/captions.tsv")
    let train = try tool.run(
      "train", "caption", "--data", "mine", "--set", "pieces=300", "--set", "side=32", "--epochs", "2", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb describe run"), "\(train)")
    #expect(tool.exists("run/described.tsv"))
    let one = try tool.run("describe", "run", "mine/0.png")
    #expect(one.code == 0 && one.output.split(separator: "\n").count == 1, "\(one)")
    let two = try tool.run("describe", "run", "mine/0.png", "mine/1.png", "--json")
    #expect(two.output.split(separator: "\n").count == 2 && two.output.hasPrefix(#"{"picture":"mine/0.png""#))
    try tool.write(Data("no picture".utf8), to: "bad.jpg")
    for (path, part) in [("bad.jpg", "neither a PNG nor a JPEG"), ("none.png", "none.png")] {
      let result = try tool.run("describe", "run", path)
      #expect(result.code == 2 && result.errors.contains(part), "\(result)")
    }
  }
}

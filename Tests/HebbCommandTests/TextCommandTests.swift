import Foundation
import Testing

/// `hebb classify` and `hebb tag`.
@Suite struct TextCommandTests {
  private static let table: String = {
    let rows = (0..<80).map { index in
      let word = index % 2 == 0 ? ["good", "fine"][index / 2 % 2] : ["bad", "dull"][index / 2 % 2]
      return "\(index % 2 == 0 ? "up" : "down"),the thing number \(index / 4) was \(word)\n"
    }
    return "label,text\n" + rows.joined()
  }()

  private static let sentences = (0..<30).map { index in
    "\(["Ann", "Bo"][index % 2])\tB-name\nsaw\tO\n\(["Rome", "Oslo"][index / 2 % 2])\tB-place\n"
  }.joined(separator: "\n")

  @Test func textsAreClassified() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    let train = try tool.run(
      "train", "classify", "--kind", "ngrams", "--data", "mine.csv", "--epochs", "60", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb classify run TEXT"), "\(train)")
    #expect(train.output.contains("test accuracy 100.00 %") && train.output.contains("a linear model of words"))
    let one = try tool.run("classify", "run", "a good thing", "--top", "1")
    #expect(one.code == 0 && one.output.hasPrefix("up ") && !one.output.contains("down"), "\(one)")
    let piped = try tool.run("classify", "run", "-", "--json", input: Array("it was bad\r\n\r\nfine\n".utf8))
    let lines = piped.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#""input":"standard input:1","text":"it was bad","class":"down""#))
    #expect(lines[1].contains(#""input":"standard input:3""#))
    let whole = try tool.run("classify", "run", "mine.csv")
    #expect(whole.output.split(separator: "\n").count == 80)
    for (input, part) in [("gone.txt", "no such file"), (" ", "it is empty"), ("bytes", "UTF-8"), ("blank", "no text")]
    {
      try tool.write(Data([0xFF, 0xFE, 0x00]), to: "bytes")
      try tool.write(Data("\n \n".utf8), to: "blank")
      let result = try tool.run("classify", "run", input)
      #expect(result.code == 2 && result.errors.contains(part) && result.output.isEmpty, "\(result)")
      #expect(result.errors.split(separator: "\n").count == 1)
    }
    let other = try tool.run("tag", "run", "text")
    #expect(other.code == 2 && other.errors.contains("use hebb classify"))
  }

  @Test func entitiesAreTagged() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.sentences.utf8), to: "mine.conll")
    let train = try tool.run("train", "tag", "--data", "mine.conll", "--epochs", "30", "--out", "run")
    #expect(train.code == 0 && train.output.contains("test F1 100.00 %"), "\(train)")
    let table = try tool.run("tag", "run", "Bo saw Rome")
    #expect(table.code == 0 && table.output.contains("place") && table.output.contains("11"), "\(table)")
    let json = try tool.run("tag", "run", "-", "--json", input: Array("Bo saw Rome\nsaw\n".utf8))
    let lines = json.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#"{"text":"Rome","kind":"place","from":7,"to":11}"#), "\(json)")
    #expect(lines.last?.hasSuffix(#""entities":[]}"#) == true)
    #expect(try tool.run("tag", "run", "saw").output == "nothing found\n")
  }

  /// A run that is stopped and resumed gives the same file as one that was not, with another number of threads too.
  @Test func interruptedRunsGoOnToTheSameBits() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    try tool.write(Data(Self.sentences.utf8), to: "mine.conll")
    for arguments in [
      ["train", "classify", "--kind", "lstm", "--data", "mine.csv", "--epochs", "15"],
      ["train", "tag", "--data", "mine.conll", "--epochs", "15"],
    ] {
      let name = arguments[1]
      #expect(try tool.run(all: arguments + ["--out", "\(name)-whole", "--quiet"]).code == 0)
      let stopped = try tool.run(all: arguments + ["--out", "\(name)-parts"], interruptingAt: "epoch  1/15")
      #expect(stopped.code == 130, "\(stopped)")
      #expect(try tool.run("train", "--resume", "\(name)-parts", "--quiet", "--threads", "1").code == 0)
      let (whole, parts) = (
        try tool.bytes("\(name)-whole/model.safetensors"), try tool.bytes("\(name)-parts/model.safetensors")
      )
      #expect(whole == parts)
    }
  }
}

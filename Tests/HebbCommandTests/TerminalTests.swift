import Foundation
import HebbArrays
import HebbPlots
import Testing

/// Names from files do not command the terminal.
@Suite struct TerminalTests {
  private static let name = "ev\u{1B}[2Jil\u{7}\u{9B}31m\u{202E}"

  private static func isClean(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || !(scalar.value < 32 || (127..<160).contains(scalar.value) || scalar.value == 0x202E)
    }
  }

  @Test func textIsMadePrintable() {
    #expect("a\u{1B}[31m\nb\0\u{85}".printable == "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect("a\tb\nc\r".printableLines == "a\tb\nc\u{FFFD}")
    #expect("häß 汉字 é 👩‍👩‍👧".printable == "häß 汉字 é 👩‍👩‍👧")
    let table = TextTable(["\u{1B}c"], rows: [["x\ny"]]).description
    #expect(table == "\u{FFFD}c\n───\nx\u{FFFD}y")
    #expect(JSON.string("a\u{1B}\0\u{7F}\u{9B}").description == #""a\u001b\u0000\u007f\u009b""#)
  }

  @Test func classesAndColumnsWithControlCharacters() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let rows = (0..<60).map { "\($0 % 2 == 0 ? 5 : -5),\($0 % 7),\($0 % 2 == 0 ? Self.name : "odd")" }
    try tool.write(Data(("a\u{1B}c,b,kind\n" + rows.joined(separator: "\n")).utf8), to: "t.csv")
    try tool.write(Data("data: {table: t.csv}\nnetwork: [linear: classes]".utf8), to: "t.yaml")
    for arguments in [
      ["train", "t.yaml", "--epochs", "1", "--out", "run"], ["evaluate", "run"], ["predict", "run", "t.csv"],
      ["evaluate", "run", "--json"], ["predict", "run", "t.csv", "--json"], ["predict", "run", Self.name],
      ["predict", "run", "x.csv"], [Self.name], ["train", "digits", "--" + Self.name],
    ] {
      try tool.write(Data("\(Self.name),b\n1,2".utf8), to: "x.csv")
      let result = try tool.run(all: arguments)
      #expect(Self.isClean(result.output) && Self.isClean(result.errors), "\(arguments): \(result)")
      #expect(result.output.contains("il") || result.code == 2, "\(result)")
    }
  }
}

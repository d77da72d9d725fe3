import Foundation
import HebbArrays
import HebbData
import HebbFiles
import Testing

extension Tool {
  /// A line whose characters are bars: “a” one, “b” two close to each other, “c” a low one.
  static func bars(_ text: String, inverted: Bool = false) -> NDArray {
    let (height, width) = (24, 16 * text.count + 8)
    let characters = Array(text)
    return NDArray(shape: [height, width, 1]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      for y in 0..<height {
        for x in 0..<width {
          let (place, column) = ((x - 4) / 16, (x + 12) % 16)
          let character = x >= 4 && place < characters.count ? characters[place] : " "
          let isInk =
            switch character {
            case "a": (6..<10).contains(column) && (4..<20).contains(y)
            case "b": ((3..<6).contains(column) || (9..<12).contains(column)) && (4..<20).contains(y)
            case "c": (2..<14).contains(column) && (15..<20).contains(y)
            default: false
            }
          out[y * width + x] = isInk != inverted ? 30 : 225
        }
      }
    }
  }

  /// Thirty lines, and a table of their texts.
  func writeLines(to name: String, table: Bool = true) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    var rows = ""
    var random = Philox(seed: 3)
    for index in 0..<30 {
      let text = String((0..<Int.random(in: 1...4, using: &random)).map { _ in "abc".randomElement(using: &random)! })
      let file = table ? "line\(index).png" : "\(text)_\(index).png"
      try Picture.write(Tool.bars(text, inverted: index % 5 == 0), to: "\(folder)/\(name)/\(file)")
      rows += "\(file)\t\(text)\n"
    }
    if table { try write(Data(rows.utf8), to: "\(name).tsv") }
  }
}

/// Reading pictures by the built command.
@Suite struct ReadingCommandTests {
  @Test func linesAreLearnedAndRead() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeLines(to: "lines")
    let train = try tool.run(
      "ocr", "train", "--images", "lines", "--labels", "lines.tsv", "--as-they-are", "--epochs", "60", "--out", "run")
    #expect(train.code == 0 && train.output.contains("27 lines to learn from, 3 to test; 3 characters"), "\(train)")
    let evaluation = try tool.run(
      "ocr", "evaluate", "--images", "lines", "--labels", "lines.tsv", "--model", "run", "--json")
    let json = try JSON(parsing: Array(evaluation.output.utf8), file: "output")
    #expect(json["lines"]?.integer == 30 && json["character_error"]?.double ?? 1 < 0.1, "\(evaluation)")
    try Picture.write(Tool.bars("acb"), to: "\(tool.folder)/line.png")
    let read = try tool.run("ocr", "line.png", "--line", "--model", "run")
    #expect(read.code == 0 && read.output == "acb\n", "\(read)")
    let piped = try tool.run(
      "ocr", "-", "--line", "--model", "run", "--alphabet", "ab", input: [UInt8](tool.bytes("line.png")))
    #expect(piped.output.allSatisfy { "ab\n".contains($0) } && piped.output.count > 1, "\(piped)")
    let bound = try tool.run("ocr", "line.png", "--line", "--model", "run", "--pattern", "[ab]{2}c", "--format", "json")
    #expect(bound.output.contains("\"confidence\"") && bound.output.contains("c\",\"lines\""), "\(bound)")
    for (format, start) in [("tsv", "block\tparagraph\t"), ("hocr", "<")] {
      let page = try tool.run("ocr", "line.png", "--model", "run", "--format", format)
      #expect(page.code == 0 && page.output.hasPrefix(start), "\(page)")
    }
    // A file's name is one cell of a table, whatever it holds.
    try Picture.write(Tool.bars("acb"), to: "\(tool.folder)/a\tb.png")
    let table = try tool.run("ocr", "line.png", "a\tb.png", "--line", "--model", "run", "--format", "tsv")
    let cells = table.output.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(cells.count == 3 && cells.allSatisfy { $0.count == 10 } && cells[2].first == "a b.png", "\(table)")
    let overlay = try tool.run("ocr", "line.png", "--model", "run", "--overlay", "found.png")
    #expect(overlay.code == 0 && tool.exists("found.png"), "\(overlay)")
    // A character more: what was learned stays.
    try tool.write(Data("line0.png\tad\n".utf8 + Array(tool.bytes("lines.tsv"))), to: "more.tsv")
    let more = try tool.run(
      "ocr", "train", "--images", "lines", "--labels", "more.tsv", "--from", "run", "--alphabet", "a-d", "--epochs",
      "1",
      "--out", "more")
    #expect(more.code == 0 && more.output.contains("4 characters, 3 of them known before"), "\(more)")
    let again = try tool.run("ocr", "line.png", "--line", "--model", "more")
    #expect(again.output == "acb\n", "\(again)")
  }

  /// A network that writes its text, learned and read like any other.
  @Test func textIsWrittenByAttention() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeLines(to: "lines")
    let train = try tool.run(
      "ocr", "train", "--images", "lines", "--labels", "lines.tsv", "--as-they-are", "--kind", "attention", "--epochs",
      "40", "--out", "run")
    #expect(train.code == 0, "\(train)")
    let evaluation = try tool.run(
      "ocr", "evaluate", "--images", "lines", "--labels", "lines.tsv", "--model", "run", "--json")
    let json = try JSON(parsing: Array(evaluation.output.utf8), file: "output")
    #expect(json["lines"]?.integer == 30 && json["character_error"]?.double ?? 1 < 0.1, "\(evaluation)")
    try Picture.write(Tool.bars("acb"), to: "\(tool.folder)/line.png")
    let bound = try tool.run("ocr", "line.png", "--line", "--model", "run", "--pattern", "[ab]{2}c")
    #expect(bound.output.wholeMatch(of: /[ab]{2}c\n/) != nil, "\(bound)")
  }

  @Test func namesMayBeTexts() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeLines(to: "named", table: false)
    let train = try tool.run(
      "ocr", "train", "--images", "named", "--kind", "recurrent", "--epochs", "1", "--out", "run")
    #expect(train.code == 0 && train.output.contains("3 characters"), "\(train)")
  }

  @Test func whatCannotBeReadIsToldInOneLine() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeLines(to: "lines", table: false)
    #expect(try tool.run("ocr", "train", "--images", "lines", "--epochs", "1", "--out", "run").code == 0)
    try tool.write(Data("no picture".utf8), to: "no.png")
    try tool.write(Data(), to: "empty.png")
    try tool.write(Data("lines/none.png\tabc\n".utf8), to: "other.tsv")
    let cases: [([String], String)] = [
      (["ocr", "no.png", "--model", "run"], "no.png"), (["ocr", "empty.png", "--model", "run"], "empty.png"),
      (["ocr", "no.png", "--model", "nowhere"], "nowhere"), (["ocr", "gone.png", "--model", "run"], "gone.png"),
      (["ocr", "no.png", "--model", "run", "--alphabet", "9-0"], "no range"),
      (["ocr", "no.png", "--model", "run", "--alphabet", "é"], "knows none"),
      (["ocr", "no.png", "--model", "run", "--pattern", "(a"], "missing"),
      (["ocr", "train", "--images", "nowhere"], "nowhere"),
      (["ocr", "train", "--images", "lines", "--labels", "other.tsv", "--out", "x"], "no text for any"),
      (["ocr", "evaluate", "--images", "lines", "--labels", "gone.tsv", "--model", "run"], "gone.tsv"),
    ]
    for (arguments, words) in cases {
      let result = try tool.run(all: arguments)
      #expect(result.code == 2 && result.errors.contains(words), "\(arguments): \(result)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result)")
    }
    let some = try tool.run("ocr", "no.png", "lines/\(try firstLine(tool))", "--line", "--model", "run")
    #expect(some.code == 2 && some.output.contains("lines/"), "\(some)")
    // Pictures of odd sizes and without anything to read.
    for (name, height, width) in [("one", 1, 1), ("wide", 1, 5000), ("tall", 5000, 1), ("blank", 300, 400)] {
      try Picture.write(
        NDArray([UInt8](repeating: 200, count: height * width), shape: [height, width, 1]),
        to: "\(tool.folder)/\(name).png")
      let result = try tool.run("ocr", "\(name).png", "--model", "run")
      #expect(result.code == 0 && result.output.isEmpty, "\(name): \(result)")
    }
  }

  private func firstLine(_ tool: Tool) throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: "\(tool.folder)/lines").sorted()[0]
  }
}

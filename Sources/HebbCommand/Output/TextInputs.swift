import Foundation
import HebbArrays
import HebbFiles
import HebbTasks

/// Texts as commands take them: from arguments, from files with one a line, from the text column of a table, or piped in.
struct TextInputs {
  /// A text, and where it comes from.
  struct Item {
    /// The file and the line; nil for an argument.
    let place: String?
    let text: String
  }

  /// The texts in their order, those without a word left out; there must be one.
  static func read(_ inputs: [String]) throws(DataError) -> [Item] {
    var items: [Item] = []
    for input in inputs {
      if let found = try source(input) {
        items += found.filter { !$0.text.allSatisfy(\.isWhitespace) }
      } else if input.allSatisfy(\.isWhitespace) {
        throw DataError("the text", "it is empty", advice: "give words to read")
      } else {
        items.append(Item(place: nil, text: input))
      }
    }
    guard !items.isEmpty else {
      let names = inputs.map { $0 == "-" ? "standard input" : $0 }.joined(separator: ", ")
      throw DataError(names, "there is no text in it", advice: "give a line for each text")
    }
    return items
  }

  /// Every line in its order, empty ones too; those of an argument as well.
  static func lines(_ inputs: [String]) throws(DataError) -> [String] {
    var lines: [String] = []
    for input in inputs {
      if let found = try source(input) {
        lines += found.map(\.text)
      } else {
        lines += input.isEmpty ? [""] : TextFile.lines(in: input).map(String.init)
      }
    }
    return lines
  }

  /// What stands in a file or is piped in; nil where an argument is a text itself.
  private static func source(_ input: String) throws(DataError) -> [Item]? {
    if input == "-" {
      return lines(try TextFile.decode(StandardInput.bytes(), name: "standard input"), "standard input")
    }
    if FileManager.default.fileExists(atPath: input) {
      return try isTable(input) ? column(input) : lines(TextFile.read(input), input)
    }
    guard !looksLikePath(input) else {
      throw DataError(input, "there is no such file", advice: "check the path; a text with a space in it is no path")
    }
    return nil
  }

  private static func lines(_ text: String, _ name: String) -> [Item] {
    TextFile.lines(in: text).enumerated().map { Item(place: "\(name):\($0 + 1)", text: String($1)) }
  }

  private static func column(_ path: String) throws(DataError) -> [Item] {
    let table = try TextColumns(reading: path)
    return table.lines.map { Item(place: "\(path):\($0.number)", text: $0.cells[table.text]) }
  }

  private static let endings = [".txt", ".csv", ".tsv", ".gz"]
  private static func isTable(_ path: String) -> Bool {
    [".csv", ".tsv", ".csv.gz", ".tsv.gz"].contains { path.lowercased().hasSuffix($0) }
  }
  private static func looksLikePath(_ input: String) -> Bool {
    !input.contains(where: \.isWhitespace) && (input.contains("/") || endings.contains { input.hasSuffix($0) })
  }

  /// A text in one line of so many characters at most, without control characters.
  static func shown(_ text: String, _ limit: Int = 60) -> String {
    let plain = String(
      text.map { $0.isNewline || $0.unicodeScalars.allSatisfy { $0.value < 32 || $0.value == 127 } ? " " : $0 })
    return plain.count <= limit ? plain : plain.prefix(limit - 1) + "…"
  }
}

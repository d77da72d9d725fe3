import HebbArrays
import SwiftCSV

/// Text cut into lines of cells: between commas, semicolons or tabs, whichever the first line has most of.
///
/// What stands between quotation marks is one cell, line breaks included; a doubled mark in it is one mark.
///
/// - Source: RFC 4180, "Common format and MIME type for comma-separated values (CSV) files".
package struct DelimitedText {
  /// The lines that are not empty, and where each begins in the file.
  package private(set) var lines: [(number: Int, cells: [String])] = []

  /// Longer lines are refused: cutting takes longer than their length alone.
  private static let lineLimit = 1 << 20

  /// - Parameters:
  ///   - name: what errors call it.
  ///   - spaces: lines without quotation marks are cut each at its own mark, or between spaces where it has none.
  package init(_ text: String, name: String, spaces: Bool = false) throws(DataError) {
    let rows = TextFile.lines(in: text)
    if let long = rows.firstIndex(where: { $0.utf8.count > DelimitedText.lineLimit }) {
      throw DataError(
        name, at: "line \(long + 1)", "it has more than \(DelimitedText.lineLimit) bytes", advice: "check the file")
    }
    let first = rows.first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    // Rows that people type have marks of their own.
    if spaces, !text.contains("\"") {
      cut(rows)
    } else {
      try cut(text, at: DelimitedText.mark(in: first) ?? .comma, name)
    }
  }

  /// The mark between the cells of a line: the most frequent, of equals the first; nil where it has none.
  private static func mark(in line: Substring) -> CSVDelimiter? {
    let unquoted = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 0 }.map(\.element).joined()
    let known = [CSVDelimiter.comma, .semicolon, .tab].compactMap { mark in
      unquoted.firstIndex(of: mark.rawValue).map { (mark, place: $0, count: unquoted.count { $0 == mark.rawValue }) }
    }
    return known.max { ($0.count, $1.place) < ($1.count, $0.place) }?.0
  }

  private mutating func cut(_ text: String, at mark: CSVDelimiter, _ name: String) throws(DataError) {
    if let open = DelimitedText.openQuote(in: text) {
      throw DataError(
        name, at: "line \(open)", "a quotation mark is opened there and never closed",
        advice: "close it, or take it out")
    }
    let text = text.last?.isNewline == false ? text + "\n" : text
    var found: [(number: Int, cells: [String])] = []
    var number = 1
    do {
      let csv = try EnumeratedCSV(string: text, delimiter: mark, loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(rowLimit: nil) { cells in
        if cells.count > 1 || cells.first?.contains(where: { !$0.isWhitespace }) == true {
          found.append((number, cells))
        }
        // A quoted cell may hold line breaks of its own.
        number += 1 + cells.reduce(0) { $0 + $1.count { $0.isNewline } }
      }
    } catch {
      throw DataError(name, at: "line \(number)", "a quotation mark is out of place", advice: "quote whole cells")
    }
    lines = found
  }

  /// The line of a quotation mark that nothing closes.
  private static func openQuote(in text: String) -> Int? {
    var (number, opened) = (1, Int?.none)
    for character in text {
      if character == "\"" { opened = opened == nil ? number : nil }
      if character.isNewline { number += 1 }
    }
    return opened
  }

  /// Each line at its own mark, or between spaces where it has none.
  private mutating func cut(_ rows: [Substring]) {
    for (index, row) in rows.enumerated() where !row.allSatisfy(\.isWhitespace) {
      let cells =
        DelimitedText.mark(in: row).map { row.split(separator: $0.rawValue, omittingEmptySubsequences: false) }
        ?? row.split(whereSeparator: \.isWhitespace)
      lines.append((index + 1, cells.map(String.init)))
    }
  }
}

import HebbArrays
import HebbData
import SwiftCSV

/// Tables of numbers as text, plain or packed by gzip: cells between commas, semicolons or tabs, one sample a line.
public enum CSVFile {
  /// Which column is learned.
  public enum Target: Sendable, Hashable {
    case last
    case index(Int)
    /// The column with this name in the header.
    case name(String)
  }

  /// Reads a table as a data set: `float32` inputs `[lines, columns − 1]`.
  ///
  /// - Parameters:
  ///   - target: the column that is learned.
  ///   - classes: whether the target is a class, named by its text, or else a number, `[lines, 1]`. Classes are numbered in
  ///     the order of their names; names that are all numbers, by size.
  ///   - hasHeader: whether the first line names the columns; without it, whether it holds no number.
  public static func read(
    _ path: String, target: Target = .last, classes: Bool = true, hasHeader: Bool? = nil
  ) throws(DataError) -> ArrayDataset {
    try decode(
      Archive.unpacked(.file(path), limit: 1 << 30), name: path, target: target, classes: classes, hasHeader: hasHeader)
  }

  /// Reads the bytes of a table.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(
    _ bytes: [UInt8], name: String, target: Target = .last, classes: Bool = true, hasHeader: Bool? = nil
  ) throws(DataError) -> ArrayDataset {
    let table = try CSVTable(bytes, name: name, hasHeader: hasHeader)
    let column = try table.column(target)
    var inputs: [Float] = []
    inputs.reserveCapacity(table.lines.count * (table.width - 1))
    for line in table.lines {
      for (index, cell) in line.cells.enumerated() where index != column {
        inputs.append(try table.number(cell, line: line.number, column: index))
      }
    }
    let cells = table.lines.map { trimmed($0.cells[column]) }
    let features = NDArray(inputs, shape: [table.lines.count, table.width - 1])
    var titles = table.header ?? []
    if !titles.isEmpty { titles.remove(at: column) }
    guard classes else {
      var targets: [Float] = []
      for line in table.lines {
        targets.append(try table.number(line.cells[column], line: line.number, column: column))
      }
      return ArrayDataset(
        name: name, inputs: features, targets: NDArray(targets, shape: [targets.count, 1]),
        featureNames: titles)
    }
    let names = sortedNames(cells)
    let labels = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    return ArrayDataset(
      name: name, inputs: features, targets: NDArray(cells.map { labels[$0] ?? 0 }), classNames: names,
      featureNames: titles)
  }

  private static func sortedNames(_ cells: [String]) -> [String] {
    let names = Set(cells)
    let numbers = names.compactMap { name in Double(name).map { (name, $0) } }
    if numbers.count == names.count { return numbers.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// A rectangular table of text, and where each of its lines stands in the file.
struct CSVTable {
  let name: String
  var header: [String]?
  var lines: [(number: Int, cells: [String])] = []
  private(set) var width = 0

  /// - Parameter least: how many columns there must be.
  init(_ bytes: [UInt8], name: String, hasHeader: Bool?, least: Int = 2) throws(DataError) {
    self.name = name
    lines = try CSVTable.lines(of: TextFile.decode(bytes, name: name), name: name)
    guard let first = lines.first else { throw DataError(name, "it has no lines", advice: "check the file") }
    width = first.cells.count
    if hasHeader ?? !first.cells.contains(where: { Double(trimmed($0)) != nil }) {
      header = first.cells.map(trimmed)
      lines.removeFirst()
    }
    guard width >= least, !lines.isEmpty else {
      throw DataError(
        name, "\(lines.count) lines of \(width) columns are too few",
        advice: least < 2 ? "give a line for each step" : "it needs an input and a target")
    }
    if let ragged = lines.first(where: { $0.cells.count != width }) {
      throw DataError(
        name, at: "line \(ragged.number)", "it has \(ragged.cells.count) columns, the first line \(width)",
        advice: "give every line as many")
    }
  }

  /// The lines that are not empty.
  static func lines(of text: String, name: String) throws(DataError) -> [(number: Int, cells: [String])] {
    // A number would end at a NUL unnoticed.
    if let place = text.utf8.firstIndex(of: 0) {
      throw DataError(
        name, at: "line \(TextFile.lines(in: String(text[..<place])).count)", "it has a NUL character",
        advice: "save it as plain text")
    }
    let text = text.last?.isNewline == false ? text + "\n" : text
    var lines: [(number: Int, cells: [String])] = []
    var number = 1
    do {
      let csv = try EnumeratedCSV(string: text, delimiter: .guessed(string: text), loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(rowLimit: nil) { cells in
        if cells.count > 1 || !(cells.first?.isEmpty ?? true) { lines.append((number, cells)) }
        // A quoted cell may hold line breaks of its own.
        number += 1 + cells.reduce(0) { $0 + $1.count { $0.isNewline } }
      }
    } catch {
      throw DataError(name, at: "line \(number)", "a quotation mark is out of place", advice: "quote whole cells")
    }
    return lines
  }

  /// The number of the column that is learned.
  func column(_ target: CSVFile.Target) throws(DataError) -> Int {
    switch target {
    case .last: return width - 1
    case .index(let index):
      guard index >= 0, index < width else {
        throw DataError(name, "there is no column \(index) among \(width)", advice: "count columns from 0")
      }
      return index
    case .name(let wanted):
      guard let index = header?.firstIndex(of: wanted) else {
        let names = header.map { "they are " + $0.joined(separator: ", ") } ?? "the table has no header"
        throw DataError(name, at: "line 1", "no column is named \(wanted)", advice: names)
      }
      return index
    }
  }

  func number(_ cell: String, line: Int, column: Int) throws(DataError) -> Float {
    guard let number = Float(trimmed(cell)), number.isFinite else {
      let title = header.map { "column \($0[column])" } ?? "column \(column)"
      let shown = cell.isEmpty ? "an empty cell" : "“\(cell.prefix(40))”"
      throw DataError(name, at: "line \(line), \(title)", "\(shown) is not a number", advice: "write a number there")
    }
    return number
  }
}

func trimmed(_ cell: String) -> String {
  String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

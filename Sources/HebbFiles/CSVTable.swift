import HebbArrays

/// A rectangular table of text, and where each of its lines stands in the file.
struct CSVTable {
  let name: String
  var header: [String]?
  /// Where the header stands in the file, or else the first line.
  private(set) var headerLine = 1
  var lines: [(number: Int, cells: [String])] = []
  private(set) var width = 0

  /// - Parameter least: how many columns there must be.
  init(_ bytes: [UInt8], name: String, hasHeader: Bool?, least: Int = 2) throws(DataError) {
    self.name = name
    lines = try DelimitedText(TextFile.decode(bytes, name: name), name: name).lines
    guard let first = lines.first else { throw DataError(name, "it has no lines", advice: "check the file") }
    (width, headerLine) = (first.cells.count, first.number)
    if hasHeader ?? ColumnNames.areNames(first.cells, above: lines.dropFirst().map(\.cells)) {
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
      let places = header?.indices.filter { header?[$0] == wanted } ?? []
      guard let index = places.first else {
        throw DataError(name, at: "line \(headerLine)", "no column is named \(wanted)", advice: names)
      }
      guard places.count == 1 else {
        throw DataError(
          name, at: "line \(headerLine)", "\(places.count) columns are named \(wanted)",
          advice: "name each in its own way")
      }
      return index
    }
  }

  /// The columns in words, of many the first ones.
  private var names: String {
    guard let header else { return "the table has no header" }
    let more = header.count > 20 ? " and \(header.count - 20) more" : ""
    return "they are " + header.prefix(20).map { String($0.prefix(40)) }.joined(separator: ", ") + more
  }

  /// The numbers of the columns that are taken.
  func columns(_ chosen: CSVFile.Columns) throws(DataError) -> [Int] {
    switch chosen {
    case .all: return Array(0..<width)
    case .only(let names):
      let taken = Set(try places(of: names))
      return (0..<width).filter { taken.contains($0) }
    case .without(let names):
      let left = Set(try places(of: names))
      return (0..<width).filter { !left.contains($0) }
    }
  }

  private func places(of names: [String]) throws(DataError) -> [Int] {
    var places: [Int] = []
    for name in names { places.append(try column(.name(name))) }
    return places
  }

  func number(
    _ cell: String, line: Int, column: Int, advice: String = "write a number there"
  ) throws(DataError) -> Float {
    // Swift reads hexadecimal numbers, too, which a table does not hold.
    guard let number = Float(trimmed(cell)), number.isFinite, !cell.contains(where: { "xX".contains($0) }) else {
      let named = header?[column] ?? ""
      let title = "column \(named.isEmpty ? "\(column)" : named)"
      let shown = cell.isEmpty ? "an empty cell" : "“\(cell.prefix(40))”"
      throw DataError(name, at: "line \(line), \(title)", "\(shown) is not a number", advice: advice)
    }
    return number
  }
}

/// A cell without the spaces around it.
package func trimmed(_ cell: String) -> String {
  let inner = cell.drop(while: \.isWhitespace)
  return String(inner.prefix(inner.reversed().drop(while: \.isWhitespace).count))
}

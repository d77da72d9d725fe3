import HebbArrays
import HebbData

/// Rectangular tables of numbers that belong to the nodes of a graph.
struct GraphTable {
  let name: String
  /// The names in the first line, where it has them, and where that line stands in the file.
  let header: [String]
  let headerLine: Int
  /// How many columns stand before the numbers: 1 where the first says when each line was.
  let offset: Int
  /// Row by row, and where each row stands in the file.
  let numbers: [Float]
  let lines: [Int]
  /// What to know of how it was read, in a line each.
  let notes: [String]
  let width: Int
  var rows: Int { lines.count }

  /// Reads a table, plain or packed by gzip.
  ///
  /// - Parameter isMissing: whether an empty cell and “nan” stand for a number that is missing.
  init(_ path: String, hasHeader: Bool, isMissing: Bool = false) throws(DataError) {
    let bytes = try Archive.unpacked(.file(path), limit: 1 << 28)
    try self.init(bytes, name: path, hasHeader: hasHeader, isMissing: isMissing)
  }

  init(_ bytes: [UInt8], name: String, hasHeader: Bool, isMissing: Bool) throws(DataError) {
    self.name = name
    var table = try CSVTable(bytes, name: name, hasHeader: hasHeader, least: 1)
    offset = GraphTable.hasTimes(table) ? 1 : 0
    (header, headerLine) = (Array((table.header ?? []).dropFirst(offset)), table.headerLine)
    width = table.width - offset
    var notes: [String] = []
    if offset > 0, let dates = SeriesDates(table.lines.lazy.map { trimmed($0.cells[0]) }) {
      notes = try SeriesFile.ordered(&table, by: dates)
    }
    self.notes = notes
    var numbers: [Float] = []
    numbers.reserveCapacity(table.lines.count * width)
    for line in table.lines {
      for (column, cell) in line.cells.enumerated().dropFirst(offset) {
        let text = trimmed(cell)
        if isMissing, text.isEmpty || text.lowercased() == "nan" {
          numbers.append(.nan)
        } else if let number = Float(text), number.isFinite {
          numbers.append(number)
        } else {
          throw DataError(
            name, at: "line \(line.number), column \(column + 1)", "“\(text.prefix(40))” is not a number",
            advice: "write a number there")
        }
      }
    }
    (self.numbers, lines) = (numbers, table.lines.map(\.number))
  }

  /// Whether the first column says when each line was: it is called so, or holds dates.
  private static func hasTimes(_ table: CSVTable) -> Bool {
    guard let first = table.header?.first, table.width > 1 else { return false }
    if ["date", "time", "datetime", "timestamp", "year"].contains(first.lowercased()) { return true }
    let labels = table.lines.map { trimmed($0.cells[0]) }
    // A number of four digits reads as a year.
    return labels.contains { Double($0) == nil } && SeriesDates(labels) != nil
  }

  /// The table as the weights of edges between nodes.
  func graph(nodes: Int) throws(DataError) -> SparseMatrix {
    guard width == nodes, rows == nodes else {
      throw DataError(
        name, "a matrix of \(rows) × \(width) for \(nodes) nodes",
        advice: "give it a row and a column for each node, in their order")
    }
    if let place = numbers.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        name, at: "line \(lines[place / width]), column \(place % width + 1)", "\(numbers[place]) is a negative weight",
        advice: "give edges weights above 0")
    }
    return SparseMatrix(NDArray(numbers, shape: [nodes, nodes]))
  }
}

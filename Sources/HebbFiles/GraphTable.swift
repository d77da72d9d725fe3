import HebbArrays
import HebbData

/// Rectangular tables of numbers that belong to the nodes of a graph.
struct GraphTable {
  let name: String
  /// The names in the first line, where it has them.
  let header: [String]
  /// Row by row.
  let numbers: [Float]
  let width: Int
  var rows: Int { width == 0 ? 0 : numbers.count / width }

  /// More numbers than this are refused.
  private static let limit = 1 << 28

  /// Reads a table, plain or packed by gzip.
  ///
  /// - Parameter isMissing: whether an empty cell and “nan” stand for a number that is missing.
  init(_ path: String, hasHeader: Bool, isMissing: Bool = false) throws(DataError) {
    let bytes = try Archive.unpacked(.file(path), limit: 1 << 30)
    try self.init(bytes, name: path, hasHeader: hasHeader, isMissing: isMissing)
  }

  init(_ bytes: [UInt8], name: String, hasHeader: Bool, isMissing: Bool) throws(DataError) {
    self.name = name
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    guard lines.count > (hasHeader ? 1 : 0) else {
      throw DataError(name, "it has no numbers", advice: "check the file")
    }
    let comma = UInt8(ascii: ",")
    func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
      (line.last == UInt8(ascii: "\r") ? line.dropLast() : line).split(
        separator: comma, omittingEmptySubsequences: false)
    }
    let first = cells(lines[0])
    guard first.count * lines.count <= GraphTable.limit else {
      throw DataError(
        name, "\(lines.count) lines of \(first.count) numbers are too many", advice: "use a smaller table")
    }
    header = hasHeader ? first.map { GraphTable.text($0) } : []
    width = first.count
    var numbers: [Float] = []
    numbers.reserveCapacity(lines.count * first.count)
    for (index, line) in lines.enumerated().dropFirst(hasHeader ? 1 : 0) {
      let found = cells(line)
      guard found.count == first.count else {
        throw DataError(
          name, at: "line \(index + 1)", "it has \(found.count) columns, the first line \(first.count)",
          advice: "give every line as many")
      }
      for (column, cell) in found.enumerated() {
        let text = GraphTable.text(cell)
        if isMissing, text.isEmpty || text.lowercased() == "nan" {
          numbers.append(.nan)
        } else if let number = Float(text), number.isFinite, !text.utf8.contains(0) {
          numbers.append(number)
        } else {
          throw DataError(
            name, at: "line \(index + 1), column \(column + 1)", "“\(text.prefix(40))” is not a number",
            advice: "write a number there")
        }
      }
    }
    self.numbers = numbers
  }

  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    return String(decoding: bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed(), as: UTF8.self)
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
        name, at: "line \(place / width + 1), column \(place % width + 1)", "\(numbers[place]) is a negative weight",
        advice: "give edges weights above 0")
    }
    return SparseMatrix(NDArray(numbers, shape: [nodes, nodes]))
  }
}

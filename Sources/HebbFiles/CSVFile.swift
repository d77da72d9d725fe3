import HebbArrays
import HebbData

/// Tables of numbers as text, plain or packed by gzip: cells between commas, semicolons or tabs, one sample a line.
public enum CSVFile {
  /// Which column is learned.
  public enum Target: Sendable, Hashable {
    /// The last one, whatever its name.
    case last
    /// The column of this number, counted from 0.
    case index(Int)
    /// The column with this name in the header.
    case name(String)
  }

  /// Which columns go in, beside the one that is learned: by their names in the header.
  public enum Columns: Sendable, Hashable {
    /// Every column of the table.
    case all
    /// These, in the order of the table.
    case only([String])
    /// All but these.
    case without([String])
  }

  /// Reads a table as a data set: `float32` inputs `[lines, columns]`.
  ///
  /// - Parameters:
  ///   - target: the column that is learned.
  ///   - classes: whether the target is a class, named by its text, or else a number, `[lines, 1]`. Classes are numbered in
  ///     the order of their names; names that are all numbers, by size.
  ///   - columns: which of the others go in.
  ///   - hasHeader: whether the first line names the columns; unless given that is told by the columns: it does where one
  ///     is of numbers but for its first cell, or of words that come again and again but for its first.
  public static func read(
    _ path: String, target: Target = .last, classes: Bool = true, columns: Columns = .all, hasHeader: Bool? = nil
  ) throws(DataError) -> ArrayDataset {
    try decode(
      Archive.unpacked(.file(path), limit: 1 << 30), name: path, target: target, classes: classes, columns: columns,
      hasHeader: hasHeader)
  }

  /// Reads the bytes of a table.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(
    _ bytes: [UInt8], name: String, target: Target = .last, classes: Bool = true, columns: Columns = .all,
    hasHeader: Bool? = nil
  ) throws(DataError) -> ArrayDataset {
    let table = try CSVTable(bytes, name: name, hasHeader: hasHeader)
    let column = try table.column(target)
    let taken = try table.columns(columns).filter { $0 != column }
    guard !taken.isEmpty else {
      throw DataError(name, "no column is left to go in", advice: "take one that is not learned")
    }
    let advice = "write a number there, or leave the column out (a network file has drop: for that)"
    var inputs: [Float] = []
    inputs.reserveCapacity(table.lines.count * taken.count)
    for line in table.lines {
      for index in taken {
        inputs.append(try table.number(line.cells[index], line: line.number, column: index, advice: advice))
      }
    }
    let cells = table.lines.map { trimmed($0.cells[column]) }
    let features = NDArray(inputs, shape: [table.lines.count, taken.count])
    let titles = table.header.map { header in taken.map { header[$0] } } ?? []
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
    if names.count > 10, names.count * 2 > cells.count, names.allSatisfy({ Double($0) != nil }) {
      throw DataError(
        name, at: table.header.map { "column \($0[column])" } ?? "column \(column)",
        "\(names.count) different numbers in \(cells.count) lines are no classes",
        advice: "name the column of the classes (target: in a network file), or have numbers learned (classes: false)")
    }
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

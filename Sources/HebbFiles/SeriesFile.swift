import HebbArrays

/// A column of a table as a series in time.
public struct SeriesFile: Sendable {
  /// The column's name; “column 2” where the table has no header.
  public let column: String
  /// The values in the order of the lines; those that were missing lie on a straight line between their neighbours.
  public let values: [Float]
  /// What the first column calls the lines, such as dates; empty where it is the series.
  public let labels: [String]
  /// How many values were missing.
  public let missing: Int
  /// What to know of how it was read, in a line each.
  public let notes: [String]

  /// Reads a series from a table, plain or packed by gzip.
  ///
  /// Empty cells and NA, NaN, null or ? are missing; before the first value and behind the last one they are left out. Where
  /// the first column holds dates, lines from the latest to the first are turned round, and dates in another order are refused.
  ///
  /// - Parameters:
  ///   - column: the name of the column, or its number from 1; the last one unless given.
  ///   - orOnly: takes the series of a table that holds but one, whatever its name.
  public static func read(_ path: String, column: String? = nil, orOnly: Bool = false) throws(DataError) -> SeriesFile {
    try decode(Archive.unpacked(.file(path), limit: 1 << 28), name: path, column: column, orOnly: orOnly)
  }

  /// Reads the bytes of a table.
  ///
  /// - Parameter name: what errors call it.
  public static func decode(
    _ bytes: [UInt8], name: String, column: String? = nil, orOnly: Bool = false
  ) throws(DataError) -> SeriesFile {
    var table = try CSVTable(bytes, name: name, hasHeader: nil, least: 1)
    let index = try table.series(column, orOnly: orOnly)
    var notes: [String] = []
    if orOnly, let column, let header = table.header, !header.contains(column), table.title(index) == header[index] {
      notes.append("there is no column \(column); \(header[index]) is read")
    }
    let dates = index == 0 ? nil : SeriesDates(table.lines.lazy.map { trimmed($0.cells[0]) })
    if let dates { notes += try ordered(&table, by: dates) }
    var values: [Float?] = []
    for line in table.lines {
      let cell = trimmed(line.cells[index])
      values.append(
        ["", "na", "nan", "null", "?"].contains(cell.lowercased())
          ? nil : try table.number(cell, line: line.number, column: index))
    }
    guard let first = values.firstIndex(where: { $0 != nil }), let last = values.lastIndex(where: { $0 != nil }) else {
      throw DataError(name, "\(table.title(index)) holds no values", advice: "name another column")
    }
    let missing = values[first...last].count { $0 == nil }
    guard missing * 2 < last - first + 1 else {
      throw DataError(
        name, "\(missing) of \(last - first + 1) values of \(table.title(index)) are missing",
        advice: "give a series with fewer gaps")
    }
    let labels = index == 0 ? [] : table.lines[first...last].map { trimmed($0.cells[0]) }
    return SeriesFile(
      column: table.title(index), values: filled(Array(values[first...last])), labels: labels, missing: missing,
      notes: notes)
  }

  /// Brings the lines of a table into the order of time, and says what was done and which steps lack.
  static func ordered(_ table: inout CSVTable, by dates: SeriesDates) throws(DataError) -> [String] {
    func label(_ line: Int) -> String { trimmed(table.lines[line].cells[0]) }
    var notes: [String] = []
    if dates.runBackwards {
      notes.append("its dates run backwards; it is read from \(label(table.lines.count - 1)) on")
    } else if let line = dates.disorder {
      throw DataError(
        table.name, at: "line \(table.lines[line].number)",
        "\(label(line)) stands behind \(label(line - 1))", advice: "give one line for each step, in the order of time")
    }
    if let gap = dates.gaps.first {
      let more = dates.gaps.count > 1 ? " and \(dates.gaps.count - 1) times more" : ""
      let ends = [label(gap), label(gap + 1)]
      notes.append(
        "steps lack between \(dates.runBackwards ? ends[1] : ends[0]) and \(dates.runBackwards ? ends[0] : ends[1])"
          + "\(more); it is read as if none did")
    }
    if dates.runBackwards { table.lines.reverse() }
    return notes
  }

  /// Gaps as straight lines between the values around them.
  private static func filled(_ values: [Float?]) -> [Float] {
    var result = values.map { $0 ?? 0 }
    var known = 0
    for (index, value) in values.enumerated() where value != nil {
      for gap in known + 1..<max(index, known + 1) {
        let share = Float(gap - known) / Float(index - known)
        result[gap] = result[known] + (result[index] - result[known]) * share
      }
      known = index
    }
    return result
  }
}

extension CSVTable {
  /// The number of a column that is named, or counted from 1; of the last one unless given.
  fileprivate func series(_ wanted: String?, orOnly: Bool) throws(DataError) -> Int {
    guard let wanted else { return width - 1 }
    if orOnly, header?.contains(wanted) != true, width <= 2 { return width - 1 }
    if let index = header?.firstIndex(of: wanted) { return index }
    if let number = Int(wanted), (1...width).contains(number) { return number - 1 }
    return try column(.name(wanted))
  }

  fileprivate func title(_ index: Int) -> String { header.map { $0[index] } ?? "column \(index + 1)" }
}

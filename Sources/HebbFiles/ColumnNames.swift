/// Tells a line that names the columns of a table from one that is a sample.
package enum ColumnNames {
  /// Whether a table's first line names its columns.
  ///
  /// It does where it holds no number, and where some column differs from its first cell: that is a word above numbers
  /// alone, or a word that never comes again above words that come twice or more on average.
  package static func areNames(_ first: [String], above lines: [[String]]) -> Bool {
    let first = first.map(trimmed)
    guard first.contains(where: isNumber) else { return true }
    return first.indices.contains { column in
      guard isName(first[column]) else { return false }
      let cells = lines.map { column < $0.count ? trimmed($0[column]) : "" }
      if !cells.isEmpty, cells.allSatisfy({ isNumber($0) || isMissing($0) }), cells.contains(where: isNumber) {
        return true
      }
      let words = Set(cells)
      return cells.count >= 4 && !words.contains(first[column]) && 2 * words.count <= cells.count
        && !words.contains(where: isNumber)
    }
  }

  private static func isNumber(_ cell: String) -> Bool { Double(cell) != nil }

  private static func isName(_ cell: String) -> Bool {
    !isNumber(cell) && !isMissing(cell) && cell.contains(where: \.isLetter)
  }

  private static func isMissing(_ cell: String) -> Bool {
    ["", "?", "na", "n/a", "nan", "null", "none"].contains(cell.lowercased())
  }
}

/// A table for the terminal: columns aligned, numbers to the right, a line under the header. Control characters in cells
/// become `�`.
///
///     layer    shape         parameters
///     ───────  ────────────  ──────────
///     conv1    [28, 28, 6]          156
///     linear1  [120]             48,120
public struct TextTable: Sendable, CustomStringConvertible {
  /// The names of the columns.
  public var header: [String]
  /// The cells of each row, from left to right.
  public var rows: [[String]]
  /// A last row under a line of its own: sums or means.
  public var footer: [String]

  /// A table; rows that are shorter than the header are filled up with empty cells.
  public init(_ header: [String], rows: [[String]] = [], footer: [String] = []) {
    self.header = header
    self.rows = rows
    self.footer = footer
  }

  /// The table as lines of text, without a line break at the end.
  public var description: String {
    let all = [header] + rows + (footer.isEmpty ? [] : [footer])
    let columns = all.map(\.count).max() ?? 0
    guard columns > 0 else { return "" }
    func cell(_ row: [String], _ column: Int) -> String { column < row.count ? row[column].printable : "" }
    let widths = (0..<columns).map { column in all.map { cell($0, column).displayWidth }.max() ?? 0 }
    let isNumeric = (0..<columns).map { column in
      let cells = rows.map { cell($0, column) }.filter { !$0.isEmpty }
      return !cells.isEmpty && cells.allSatisfy(TextTable.isNumber)
    }
    func line(_ row: [String]) -> String {
      let cells = (0..<columns).map { cell(row, $0).padded(to: widths[$0], alignRight: isNumeric[$0]) }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    var lines = header.isEmpty ? [] : [line(header), rule]
    lines += rows.map(line)
    if !footer.isEmpty { lines += [rule, line(footer)] }
    return lines.joined(separator: "\n")
  }

  /// Whether a cell reads as a number: digits with a sign, separators and a short unit such as `%` or `ms`, or a dash.
  private static func isNumber(_ text: String) -> Bool {
    if ["–", "-", "nan", "NaN", "∞", "−∞", "inf"].contains(text) { return true }
    let parts = text.split(separator: " ")
    guard let number = parts.first, parts.count <= 2, parts.count == 1 || parts[1].count <= 3 else { return false }
    let start = number.first { !"+-−±<>≈".contains($0) }
    return start?.isNumber == true && number.allSatisfy { $0.isNumber || "+-−±<>≈.,×%e⁻".contains($0) }
  }
}

import HebbArrays
import HebbFiles

/// How a table is read.
///
///     data: {table: houses.csv, target: price, classes: false, drop: [address], header: true}
package struct TableForm: Sendable {
  /// The column that is learned; the last one unless given.
  package var target: String?
  /// Whether the target is a class, or else a number.
  package var classes = true
  /// Which of the other columns go in.
  package var columns = CSVFile.Columns.all
  /// Whether the first line names the columns; told by the columns unless given.
  package var hasHeader: Bool?

  package init(target: String? = nil) { self.target = target }

  init(_ settings: SpecSettings) throws(DataError) {
    target = try settings["target"]?.text("a column's name")
    classes = try settings["classes"]?.flag() ?? true
    hasHeader = try settings["header"]?.flag()
    if let drop = settings["drop"], settings["columns"] != nil {
      throw drop.failure("columns and drop do not go together", advice: "leave one of them out")
    }
    if let node = settings["columns"] { columns = .only(try TableForm.names(node)) }
    if let node = settings["drop"] { columns = .without(try TableForm.names(node)) }
  }

  private static func names(_ node: SpecNode) throws(DataError) -> [String] {
    guard case .list(let nodes) = node.value else { return [try node.text("a column's name")] }
    var names: [String] = []
    for node in nodes { names.append(try node.text("a column's name")) }
    return names
  }
}

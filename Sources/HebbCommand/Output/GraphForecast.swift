import Hebb
import HebbFiles
import HebbPlots
import HebbTasks

/// `hebb forecast` for the nodes of a graph: the next steps of all of them.
struct GraphForecast {
  let model: TrafficModel
  /// The model's file.
  let path: String
  /// A table with a column for each node, or - for standard input; the series that was learned where nil.
  let table: String?
  let steps: Int?
  /// A table to write.
  let out: String?
  let json: Bool

  func run() throws {
    if let out, !out.lowercased().hasSuffix(".csv") {
      throw DataError(out, "a forecast of many nodes is no picture", advice: "name a table: --out next.csv")
    }
    let found =
      try table.map { table in
        try model.forecast(behind: try read(table), clock: 0, steps: steps ?? model.horizon, name: name(table))
      } ?? model.forecast(behind: model.learnedValues, steps: steps ?? model.horizon, name: path)
    if let out { try AtomicFile.write(Array(csv(found).utf8), to: out) }
    if json { return Console.line(description(found).description) }
    let shown = min(found.count, 12)
    let rows = model.nodeNames.enumerated().map { node, name in
      [name] + found[..<shown].map { NumberText.short($0[node]) }
    }
    Console.line(TextTable(["node"] + (1...shown).map { "step \($0)" }, rows: rows).description)
    if shown < found.count { Console.line("\(found.count - shown) steps more: --out next.csv writes them all") }
    if let out { Console.line("wrote \(out)") }
  }

  /// The values of a table, its columns in the order of the nodes.
  private func read(_ table: String) throws -> [Float] {
    let name = self.name(table)
    let file =
      table == "-"
      ? try GraphFolder.decodeValues(StandardInput.bytes(), name: name, areSpeeds: model.areSpeeds)
      : try GraphFolder.readValues(table, areSpeeds: model.areSpeeds)
    for note in file.notes { Console.error("note: \(name): \(note)") }
    let columns = Dictionary(uniqueKeysWithValues: file.nodeNames.enumerated().map { ($1, $0) })
    let order = try model.nodeNames.map { node in
      guard let column = columns[node] else {
        throw DataError(
          name, at: "line 1", "the node \(node) is not in it",
          advice: "give a column for each of the \(model.nodeNames.count) nodes that were learned")
      }
      return column
    }
    let values = file.values.elements(as: Float.self)
    let width = file.nodeNames.count
    return (0..<values.count / width).flatMap { step in order.map { values[step * width + $0] } }
  }

  private func name(_ table: String) -> String { table == "-" ? "standard input" : table }

  private func csv(_ found: [[Double]]) -> String {
    let header = model.nodeNames.map(quoted).joined(separator: ",")
    let rows = found.map { $0.map { "\(Float($0))" }.joined(separator: ",") }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  /// A name as a cell of a table: between quotation marks where it holds marks of its own.
  private func quoted(_ name: String) -> String {
    guard name.contains(where: { ",;\t\"".contains($0) }) else { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private func description(_ found: [[Double]]) -> JSON {
    .object([
      .init("nodes", .array(model.nodeNames.map { .string($0) })),
      .init("forecast", .array(found.map { .array($0.map { .number($0) }) })),
    ])
  }
}

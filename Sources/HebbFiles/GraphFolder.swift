import Foundation
import HebbArrays
import HebbData

/// A series over the nodes of a graph, as tables in a folder.
///
/// - `speeds.csv`: a header of node names, then a line for each step of time. An empty cell or “nan” is missing. Speeds are 0
///   or more; numbers of another kind are in `values.csv` instead. A first column of dates, or one that is called date, time,
///   datetime, timestamp or year, is no node.
/// - `adjacency.csv`: the weights of the edges, a row and a column for each node in the order of the header; 0 for none. A
///   node without edges stays, by itself.
/// - `positions.csv`, if there is one: a header with `sensor` (or `sensor_id`), `latitude` and `longitude`, then a line for
///   each node in any order.
///
/// Each may be packed by gzip.
public enum GraphFolder {
  /// What the three files are called.
  struct Names {
    var values = "speeds.csv", edges = "adjacency.csv", positions = "positions.csv"
    /// Whether the values are speeds.
    var areSpeeds = true
  }

  /// - Parameter stepsPerDay: how many lines make a day, if the first is at midnight.
  public static func read(_ folder: String, stepsPerDay: Int? = nil) throws(DataError) -> GraphSeries {
    let name = URL(fileURLWithPath: folder).lastPathComponent
    let other = TextFile.path("values.csv", in: folder)
    let names =
      FileManager.default.fileExists(atPath: other) ? Names(values: "values.csv", areSpeeds: false) : Names()
    return try read(folder, names, name: name, stepsPerDay: stepsPerDay, provenance: nil)
  }

  static func read(
    _ folder: String, _ names: Names, name: String, stepsPerDay: Int?, provenance: Provenance?
  ) throws(DataError) -> GraphSeries {
    let values = try readValues(TextFile.path(names.values, in: folder), areSpeeds: names.areSpeeds)
    let nodes = values.nodeNames
    let graph = try GraphTable(TextFile.path(names.edges, in: folder), hasHeader: false).graph(nodes: nodes.count)
    let path = TextFile.path(names.positions, in: folder)
    let positions = FileManager.default.fileExists(atPath: path) ? try read(positions: path, of: nodes) : nil
    return GraphSeries(
      name: name, nodeNames: nodes, positions: positions, graph: graph, values: values.values,
      stepsPerDay: stepsPerDay, areSpeeds: names.areSpeeds, notes: values.notes, provenance: provenance)
  }

  /// Reads the table of values alone: `[time, nodes, 1]`, NaN where one is missing; with what to know of how it was read.
  ///
  /// - Parameter areSpeeds: whether numbers below 0 are refused.
  public static func readValues(
    _ path: String, areSpeeds: Bool = true
  ) throws(DataError) -> (nodeNames: [String], values: NDArray, notes: [String]) {
    try decodeValues(Archive.unpacked(.file(path), limit: 1 << 28), name: path, areSpeeds: areSpeeds)
  }

  /// Reads the bytes of a table of values.
  ///
  /// - Parameters:
  ///   - name: what errors call it.
  ///   - areSpeeds: whether numbers below 0 are refused.
  public static func decodeValues(
    _ bytes: [UInt8], name: String, areSpeeds: Bool = true
  ) throws(DataError) -> (nodeNames: [String], values: NDArray, notes: [String]) {
    let table = try GraphTable(bytes, name: name, hasHeader: true, isMissing: true)
    let place = "line \(table.headerLine)"
    if let twice = firstTwice(table.header) {
      throw DataError(name, at: place, "the sensor \(twice) comes twice", advice: "name each sensor once")
    }
    // A model keeps the names in a line each.
    if let column = table.header.firstIndex(where: { $0.isEmpty || $0.contains(where: \.isNewline) }) {
      let problem = table.header[column].isEmpty ? "it has no name" : "its name has more than one line"
      throw DataError(
        name, at: "\(place), column \(column + table.offset + 1)", problem, advice: "name each sensor in a line")
    }
    // Numbers of sensors are whole.
    if table.header.allSatisfy({ Double($0) != nil }), table.header.contains(where: { $0.contains(".") }) {
      throw DataError(
        name, at: place, "there are numbers where the names of the sensors should be",
        advice: "begin with a line of names")
    }
    if areSpeeds, let place = table.numbers.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        name, at: "line \(table.lines[place / table.width])", "\(table.numbers[place]) is no speed",
        advice: "write speeds from 0 on, or call the file values.csv")
    }
    return (table.header, NDArray(table.numbers, shape: [table.rows, table.width, 1]), table.notes)
  }

  private static func read(positions path: String, of nodes: [String]) throws(DataError) -> [GraphSeries.Position] {
    let table = try CSVTable(Archive.unpacked(.file(path), limit: 1 << 28), name: path, hasHeader: true)
    func column(_ names: String...) throws(DataError) -> Int {
      guard let found = table.header?.firstIndex(where: { names.contains($0.lowercased()) }) else {
        throw DataError(
          path, at: "line 1", "there is no column \(names[0])", advice: "give it sensor, latitude and longitude")
      }
      return found
    }
    let (sensor, north, east) = (try column("sensor", "sensor_id"), try column("latitude"), try column("longitude"))
    var found: [String: GraphSeries.Position] = [:]
    for line in table.lines {
      let latitude = Double(try table.number(line.cells[north], line: line.number, column: north))
      let longitude = Double(try table.number(line.cells[east], line: line.number, column: east))
      guard abs(latitude) <= 90, abs(longitude) <= 180 else {
        throw DataError(
          path, at: "line \(line.number)", "\(latitude), \(longitude) is no place", advice: "write degrees")
      }
      found[trimmed(line.cells[sensor])] = GraphSeries.Position(latitude: latitude, longitude: longitude)
    }
    var positions: [GraphSeries.Position] = []
    for node in nodes {
      guard let position = found[node] else {
        throw DataError(path, "the sensor \(node) is not in it", advice: "give every sensor a line")
      }
      positions.append(position)
    }
    return positions
  }
}

/// The first name that comes twice.
func firstTwice(_ names: [String]) -> String? {
  var seen: Set<String> = []
  return names.first { !seen.insert($0).inserted }
}

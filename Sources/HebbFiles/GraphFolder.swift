import Foundation
import HebbArrays
import HebbData

/// A series over the nodes of a graph, as tables in a folder.
///
/// - `speeds.csv`: a header of node names, then a line for each step of time. An empty cell or “nan” is missing.
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
  }

  /// - Parameter stepsPerDay: how many lines make a day, if the first is at midnight.
  public static func read(_ folder: String, stepsPerDay: Int? = nil) throws(DataError) -> GraphSeries {
    let name = URL(fileURLWithPath: folder).lastPathComponent
    return try read(folder, Names(), name: name, stepsPerDay: stepsPerDay, provenance: nil)
  }

  static func read(
    _ folder: String, _ names: Names, name: String, stepsPerDay: Int?, provenance: Provenance?
  ) throws(DataError) -> GraphSeries {
    let values = try readValues(TextFile.path(names.values, in: folder))
    let nodes = values.nodeNames
    let graph = try GraphTable(TextFile.path(names.edges, in: folder), hasHeader: false).graph(nodes: nodes.count)
    let path = TextFile.path(names.positions, in: folder)
    let positions = FileManager.default.fileExists(atPath: path) ? try read(positions: path, of: nodes) : nil
    return GraphSeries(
      name: name, nodeNames: nodes, positions: positions, graph: graph, values: values.values,
      stepsPerDay: stepsPerDay, provenance: provenance)
  }

  /// Reads the table of values alone: `[time, nodes, 1]`, NaN where one is missing.
  public static func readValues(_ path: String) throws(DataError) -> (nodeNames: [String], values: NDArray) {
    try decodeValues(Archive.unpacked(.file(path), limit: 1 << 30), name: path)
  }

  /// Reads the bytes of a table of values.
  ///
  /// - Parameter name: what errors call it.
  public static func decodeValues(
    _ bytes: [UInt8], name: String
  ) throws(DataError) -> (nodeNames: [String], values: NDArray) {
    let table = try GraphTable(bytes, name: name, hasHeader: true, isMissing: true)
    if let twice = firstTwice(table.header) {
      throw DataError(name, at: "line 1", "the sensor \(twice) comes twice", advice: "name each sensor once")
    }
    if let place = table.numbers.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        name, at: "line \(place / table.width + 2)", "\(table.numbers[place]) is no speed",
        advice: "write speeds from 0 on")
    }
    return (table.header, NDArray(table.numbers, shape: [table.rows, table.width, 1]))
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

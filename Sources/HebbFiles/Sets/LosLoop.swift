import Foundation
import HebbArrays
import HebbData

/// Los-loop: speeds in miles per hour at 207 sensors of Los Angeles' motorways, every five minutes from 1 to 7 March 2012,
/// a week of METR-LA with its gaps filled.
///
/// - Source: https://github.com/lehaifeng/T-GCN (speeds and graph), https://github.com/liyaguang/DCRNN (positions).
public enum LosLoop {
  /// Reads `los_speed.csv` (a header of sensor numbers, then a line for each step of time), `los_adj.csv` (the weights of
  /// the edges) and, where it is there, `graph_sensor_locations.csv` from a folder; each may be packed by gzip.
  ///
  /// An empty cell or “nan” among the speeds is a missing value. A sensor without edges stays, as a node by itself.
  public static func read(_ folder: String) throws(DataError) -> GraphSeries {
    func path(_ name: String) -> String {
      let plain = "\(folder)/\(name)"
      return FileManager.default.fileExists(atPath: plain) ? plain : "\(plain).gz"
    }
    let speeds = try GraphTable(path("los_speed.csv"), hasHeader: true, isMissing: true)
    if let twice = firstTwice(speeds.header) {
      throw DataError(speeds.name, at: "line 1", "the sensor \(twice) comes twice", advice: "name each sensor once")
    }
    if let place = speeds.numbers.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        speeds.name, at: "line \(place / speeds.width + 2)", "\(speeds.numbers[place]) is no speed",
        advice: "write speeds from 0 on")
    }
    let graph = try GraphTable(path("los_adj.csv"), hasHeader: false).graph(nodes: speeds.width)
    let locations = path("graph_sensor_locations.csv")
    let positions =
      FileManager.default.fileExists(atPath: locations) ? try read(positions: locations, of: speeds.header) : nil
    return GraphSeries(
      name: "los-loop", nodeNames: speeds.header, positions: positions, graph: graph,
      values: NDArray(speeds.numbers, shape: [speeds.rows, speeds.width, 1]), stepsPerDay: 288,
      provenance: Provenance(licence: "none stated", source: "https://github.com/lehaifeng/T-GCN"))
  }

  /// Lines of index, sensor, latitude and longitude, in any order.
  private static func read(positions path: String, of sensors: [String]) throws(DataError) -> [GraphSeries.Position] {
    let table = try GraphTable(path, hasHeader: true)
    guard table.width == 4 else {
      throw DataError(
        path, "it has \(table.width) columns", advice: "give it index, sensor, latitude and longitude")
    }
    var found: [Int: GraphSeries.Position] = [:]
    for row in 0..<table.rows {
      let cells = table.numbers[row * 4..<row * 4 + 4]
      let (latitude, longitude) = (Double(cells[cells.startIndex + 2]), Double(cells[cells.startIndex + 3]))
      guard abs(latitude) <= 90, abs(longitude) <= 180 else {
        throw DataError(path, at: "line \(row + 2)", "\(latitude), \(longitude) is no place", advice: "write degrees")
      }
      let number = cells[cells.startIndex + 1]
      // A float holds whole numbers up to 2²⁴; those of sensors have six digits.
      guard let sensor = Int(exactly: number), abs(sensor) < 1 << 24 else {
        throw DataError(path, at: "line \(row + 2)", "\(number) is no sensor", advice: "number them below 16,777,216")
      }
      found[sensor] = GraphSeries.Position(latitude: latitude, longitude: longitude)
    }
    var positions: [GraphSeries.Position] = []
    for sensor in sensors {
      guard let position = Int(sensor).flatMap({ found[$0] }) else {
        throw DataError(path, "the sensor \(sensor) is not in it", advice: "give every sensor a line")
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

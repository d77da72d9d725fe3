import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

@Suite struct GraphFileTests {
  private static let speeds = "7,8,9\n60,61.5,\n50,nan,52\n40,41,42\n30,31,32\n"
  private static let edges = "1,0.5,0\n0,1,0\n0,0,0\n"
  private static let places = "index,sensor_id,latitude,longitude\n0,8,34.1,-118.2\n1,7,34,-118\n2,9,34.5,-118.5\n"

  /// Los-loop's files with these texts.
  private func read(
    speeds: String = speeds, edges: String = edges, places: String? = places
  ) throws -> GraphSeries {
    try withTemporaryFolder { folder in
      for (name, text) in [
        ("los_speed.csv", speeds), ("los_adj.csv", edges), ("graph_sensor_locations.csv", places),
      ] {
        try text?.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      return try LosLoop.read(folder)
    }
  }

  @Test func speedsGraphAndPlaces() throws {
    let series = try read()
    #expect(series.nodeNames == ["7", "8", "9"] && series.values.shape == [4, 3, 1] && series.stepsPerDay == 288)
    #expect(series.positions?.first?.latitude == 34)
    #expect(series.graph.entryCount == 3 && series.graph.isolatedNodes == [2])
    let values = series.values.elements(as: Float.self)
    #expect(values[2].isNaN && values[4].isNaN && values[1] == 61.5)
    let unplaced = try read(places: nil)
    #expect(unplaced.positions == nil)
  }

  private static let mistakes: [(String, String, String, String)] = [
    ("7,8,9\n1,2\n", edges, places, "line 2: it has 2 columns, the first line 3"),
    ("7,8,9\n1,2,x\n", edges, places, "line 2, column 3: “x” is not a number"),
    ("7,8,9\n1,2,inf\n", edges, places, "“inf” is not a number"),
    ("7,8,9\n1,-2,3\n", edges, places, "-2.0 is no speed"),
    ("7,8,7\n1,2,3\n", edges, places, "the sensor 7 comes twice"),
    ("7,8,9\n", edges, places, "0 lines of 3 columns are too few"), ("", edges, places, "it has no lines"),
    ("7,8,9\n\n1,2,3\n\n4,5,x\n", edges, places, "line 5, column 3: “x” is not a number"),
    ("\n7,8,7\n1,2,3\n", edges, places, "line 2: the sensor 7 comes twice"),
    ("7,8,\"9\n9\"\n1,2,3\n", edges, places, "line 1, column 3: its name has more than one line"),
    (speeds, "1,0\n0,1\n", places, "a matrix of 2 × 2 for 3 nodes"),
    (speeds, "1,0,0\n0,1,0\n", places, "a matrix of 2 × 3 for 3 nodes"),
    (speeds, "1,nan,0\n0,1,0\n0,0,1\n", places, "“nan” is not a number"),
    (speeds, "1,-1,0\n0,1,0\n0,0,1\n", places, "line 1, column 2: -1.0 is a negative weight"),
    (speeds, edges, "index,sensor_id,latitude,longitude\n0,8,34,-118\n", "the sensor 7 is not in it"),
    (speeds, edges, "index,sensor_id,latitude,longitude\n0,8,134,-118\n", "is no place"),
    (speeds, edges, "index,sensor_id,latitude,longitude\n0,8,north,-118\n", "“north” is not a number"),
    (speeds, edges, "sensor_id,latitude\n8,34\n", "there is no column longitude"),
  ]

  @Test(arguments: mistakes) func mistakesAreTold(_ mistake: (String, String, String, String)) {
    expectDataError(mistake.3) {
      let series = try read(speeds: mistake.0, edges: mistake.1, places: mistake.2)
      _ = series
    }
  }

  /// Speeds are 0 or more; what stands in values.csv may be any number.
  @Test func otherNumbersThanSpeeds() throws {
    try withTemporaryFolder { folder in
      func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      try write("1,1\n0,1\n", "adjacency.csv")
      expectDataError("speeds.csv: it cannot be opened") { _ = try GraphFolder.read(folder) }
      try write("a,b\n1,-2\n3,4\n", "speeds.csv")
      expectDataError("speeds.csv, line 2: -2.0 is no speed; write speeds from 0 on, or call the file values.csv") {
        _ = try GraphFolder.read(folder)
      }
      try write("a,b\n1,-2\n3,4\n", "values.csv")
      let series = try GraphFolder.read(folder)
      #expect(series.values.elements(as: Float.self) == [1, -2, 3, 4])
      for (header, words) in [("a,", "line 1, column 2: it has no name"), ("1.5,2", "line 1: there are numbers where")]
      {
        try write("\(header)\n1,2\n", "values.csv")
        expectDataError(words) { _ = try GraphFolder.read(folder) }
      }
      try write("a,b\n1,2\u{0}3\n", "values.csv")
      expectDataError("line 2: it has a NUL character") { _ = try GraphFolder.read(folder) }
    }
  }

  private func values(_ text: String) throws -> (nodeNames: [String], values: NDArray, notes: [String]) {
    try GraphFolder.decodeValues(Array(text.utf8), name: "speeds.csv")
  }

  /// As spreadsheets write tables: a byte order mark, quotation marks, blank lines, other marks and line ends.
  @Test func tablesOfOtherPrograms() throws {
    let table = try values("\u{FEFF}\"7\";\"Main, north\"\r\n\r\n60;61.5\r\n;52\r\n")
    #expect(table.nodeNames == ["7", "Main, north"] && table.values.shape == [2, 2, 1] && table.notes.isEmpty)
    let numbers = table.values.elements(as: Float.self)
    #expect(numbers[1] == 61.5 && numbers[2].isNaN)
  }

  /// A first column of dates is no node; lines from the last to the first are turned round.
  @Test func timesBesideTheValues() throws {
    let first = try values("when,7\n2012-03-01 00:00,60\n2012-03-01 00:05,61\n")
    #expect(first.nodeNames == ["7"] && first.values.elements(as: Float.self) == [60, 61])
    let clock = try values("Time,7\n00:00,60\n00:05,61\n")
    #expect(clock.nodeNames == ["7"])
    let backwards = try values("date,7\n2012-03-02,60\n2012-03-01,61\n")
    #expect(backwards.values.elements(as: Float.self) == [61, 60] && backwards.notes.count == 1)
    // Numbers of four digits are values, unless the column is called otherwise.
    let flows = try values("6,7\n1200,60\n1300,61\n")
    #expect(flows.nodeNames == ["6", "7"])
    expectDataError("line 3: 2012-03-01 stands behind 2012-03-01") {
      _ = try values("date,7\n2012-03-01,60\n2012-03-01,61\n")
    }
    expectDataError("line 3: -1.0 is no speed") { _ = try values("date,7\n2012-03-01,60\n2012-03-02,-1\n") }
  }

  private func cases(_ text: String) throws -> GraphSeries {
    try withTemporaryFolder { folder in
      try text.write(toFile: "\(folder)/c.json", atomically: true, encoding: .utf8)
      return try Chickenpox.read("\(folder)/c.json")
    }
  }

  @Test func countiesAndTheirCases() throws {
    let series = try cases(#"{"edges": [[0, 1], [1, 1]], "node_ids": {"B": 1, "A": 0}, "FX": [[1, 2.5], [null, 4]]}"#)
    #expect(series.nodeNames == ["A", "B"] && series.values.shape == [2, 2, 1] && series.graph.entryCount == 2)
    #expect(series.values.elements(as: Float.self)[2].isNaN)
  }

  @Test(arguments: [
    (#"{"edges": [], "FX": [[1]]}"#, "there are no nodes"),
    (#"{"node_ids": {"A": 0, "B": 0}, "FX": [[1, 2]]}"#, "B has no number of its own"),
    (#"{"node_ids": {"A": 5}, "FX": [[1]]}"#, "A has no number of its own"),
    (#"{"edges": [[0, 2]], "node_ids": {"A": 0}, "FX": [[1]]}"#, "edge 0: it does not join"),
    (#"{"edges": [[0]], "node_ids": {"A": 0}, "FX": [[1]]}"#, "edge 0: it does not join"),
    (#"{"edges": [], "node_ids": {"A": 0}, "FX": []}"#, "there are no numbers"),
    (#"{"edges": [], "node_ids": {"A": 0}, "FX": [[1], [1, 2]]}"#, "step 1: there are 2 numbers for 1 nodes"),
    (#"{"edges": [], "node_ids": {"A": 0}, "FX": [[1e300]]}"#, "is not a number"),
    (#"{"edges": [], "node_ids": {"A": 0}, "FX": [["x"]]}"#, "is not a number"),
    (#"{"edges": []"#, "byte"),
  ]) func wrongCases(_ text: String, _ words: String) {
    expectDataError(words) {
      let series = try cases(text)
      _ = series
    }
  }

  /// The sets themselves, where they are on this machine.
  @Test func wholeSets() throws {
    guard let data = ProcessInfo.processInfo.environment["HEBB_DATA"] else { return }
    if FileManager.default.fileExists(atPath: "\(data)/traffic-metr-la-week/los_adj.csv") {
      let roads = try LosLoop.read("\(data)/traffic-metr-la-week")
      #expect(roads.values.shape == [2016, 207, 1] && roads.graph.entryCount == 2833 && roads.positions?.count == 207)
    }
    if FileManager.default.fileExists(atPath: "\(data)/traffic-graph-pygt/chickenpox.json") {
      let counties = try Chickenpox.read("\(data)/traffic-graph-pygt/chickenpox.json")
      #expect(counties.values.shape == [521, 20, 1] && counties.graph.entryCount == 102)
    }
  }
}

import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

@Suite struct TimeSeriesFileTests {
  private static let head = "# a remark\n@univariate false\n@classLabel true walk rest\n@data\n"

  private func decode(_ text: String) throws -> ArrayDataset {
    try TimeSeriesFile.decode(Array(text.utf8), name: "x.ts")
  }

  @Test func seriesOfSeveralVariables() throws {
    let set = try decode(Self.head + "1,2,3:10,20,30:rest\r\n\n-1,-2, 3e0:0,0,.5:walk\n")
    #expect(set.inputs.shape == [2, 3, 2] && set.classNames == ["walk", "rest"] && set.labels == [1, 0])
    #expect(set.inputs.elements(as: Float.self) == [1, 10, 2, 20, 3, 30, -1, 0, -2, 0, 3, 0.5])
  }

  private static let mistakesOfTheHead: [(String, String)] = [
    ("", "no series"), ("1,2:a\n", "before @data"), ("@data\n1,2:a\n", "no @classLabel"),
    ("@classLabel false\n@data\n", "names no classes"), ("@classLabel true a a\n@data\n", "names no classes"),
    ("@timestamps true\n", "time stamps"), (head, "no series"),
  ]
  private static let mistakesOfSeries: [(String, String)] = [
    ("1,2:run\n", "none of the classes"), ("1,2\n", "none of the classes"), ("1,?,3:walk\n", "“?” is not a number"),
    ("1,NaN:walk\n", "not a number"), (":walk\n", "not a number"), ("1\u{0},2:walk", "not text"),
    ("1,2:walk\n1,2,3:rest\n", "line 6: a series of 3 steps among those of 2"),
    ("1,2:3:walk\n", "a series of 2, 1 steps"), ("1,2:walk\n1,2:1,2:rest\n", "a series of 2, 2 steps"),
  ]

  @Test(arguments: mistakesOfTheHead) func mistakesOfTheHeadAreOneLine(text: String, words: String) {
    expectDataError(words) { _ = try decode(text) }
  }

  @Test(arguments: mistakesOfSeries) func mistakesOfSeriesAreOneLine(text: String, words: String) {
    expectDataError(words) { _ = try decode(Self.head + text) }
  }

  @Test func everyBeginningOfAFileIsReadOrRefused() throws {
    let bytes = Array((Self.head + "1,2:3,4:walk\n5,6:7,8:rest\n").utf8)
    for length in bytes.indices {
      do { _ = try TimeSeriesFile.decode(Array(bytes[..<length]), name: "x.ts") } catch {
        #expect(!error.description.contains("\n"))
      }
    }
  }

  @Test func partsOfASetAndOfASingleFile() throws {
    try withTemporaryFolder { folder in
      func write(_ name: String, _ count: Int) throws {
        let lines = (0..<count).map { "\($0),\($0):\($0 % 2 == 0 ? "walk" : "rest")\n" }
        try Data((Self.head + lines.joined()).utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).ts"))
      }
      try write("A_TRAIN", 4)
      try write("A_TEST", 6)
      try write("whole", 20)
      for name in ["A_TRAIN", "A_TEST"] {
        let parts = try TimeSeriesFile.readParts("\(folder)/\(name).ts")
        #expect(parts.train.count == 4 && parts.test.count == 6)
      }
      let parts = try TimeSeriesFile.readParts("\(folder)/whole.ts")
      #expect(parts.train.count == 16 && parts.test.labels.count { $0 == 0 } == 2 && parts.test.count == 4)
      try write("few", 9)
      expectDataError("9 series are too few") { _ = try TimeSeriesFile.readParts("\(folder)/few.ts") }
    }
  }

  /// Runs where `HEBB_DATA` names a folder that has the sets.
  @Test(arguments: [
    ("gunpoint", [50, 150, 1], 150), ("italy-power-demand", [67, 24, 1], 1029), ("arrowhead", [36, 251, 1], 175),
    ("basic-motions", [40, 100, 6], 40),
  ]) func setsOfTheArchive(name: String, train: [Int], test: Int) throws {
    let entry = try #require(DatasetCatalog.entry(named: name))
    guard DatasetFinder().find(entry) != nil else { return }
    let parts = try DatasetFinder().load(entry, fetching: false)
    #expect(parts.train.inputs.shape == Shape(train) && parts.test.count == test)
    #expect(Set(parts.test.labels).count == parts.test.classNames.count)
  }
}

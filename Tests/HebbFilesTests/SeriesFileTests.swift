import HebbArrays
import HebbFiles
import Testing

/// Series whose first column holds dates, and what is no text.
@Suite struct SeriesFileTests {
  private func read(_ labels: [String], column: String? = nil) throws -> SeriesFile {
    let lines = labels.enumerated().map { "\($1),\($0)\n" }.joined()
    return try SeriesFile.decode(Array(("when,x\n" + lines).utf8), name: "x.csv", column: column, orOnly: true)
  }

  @Test(arguments: [
    ["1958", "1959", "1960"], ["1958-11", "1958-12", "1959-01"], ["2024/02/28", "2024/02/29", "2024/03/01"],
    ["2016-07-01 22:00:00", "2016-07-01 23:00:00", "2016-07-02 00:00:00"], ["2016-07-01T09:30", "2016-07-01T09:45"],
    // Not of dates alone, so that their order is nobody's business.
    ["b", "a", "1960"], ["3", "2", "1", "5"], ["1960-13", "1958"], ["1960-1-1-1", "1958"], ["1958-02 x", "1957"],
  ]) func datesInOrder(_ labels: [String]) throws {
    let series = try read(labels)
    #expect(series.labels == labels && series.notes.isEmpty, "\(series.notes)")
    #expect(series.values == labels.indices.map { Float($0) })
  }

  @Test func datesThatRunBackwardsAreTurnedRound() throws {
    let series = try read(["1959-01", "1958-12", "1958-11", "1958-08"])
    #expect(series.labels == ["1958-08", "1958-11", "1958-12", "1959-01"] && series.values == [3, 2, 1, 0])
    #expect(series.notes.map { $0.prefix(18) } == ["its dates run back", "steps lack between"])
    #expect(series.notes[1].contains("between 1958-08 and 1958-11;"))
  }

  @Test func otherOrdersAreRefused() {
    expectDataError("x.csv, line 4: 1958-10 stands behind 1958-12") { _ = try read(["1958-11", "1958-12", "1958-10"]) }
    expectDataError("line 3: 1958 stands behind 1958") { _ = try read(["1958", "1958", "1959"]) }
  }

  @Test func lackingStepsAreTold() throws {
    let months = (1...12).map { "1958-\($0 < 10 ? "0" : "")\($0)" }.filter {
      !["1958-03", "1958-04", "1958-09"].contains($0)
    }
    #expect(
      try read(months).notes == ["steps lack between 1958-02 and 1958-05 and 1 times more; it is read as if none did"])
    // Days of leap years, and months of any length, are no gaps.
    let days = ["2023-02-27", "2023-02-28", "2023-03-01", "2023-03-02", "2023-03-05"]
    #expect(try read(days).notes.map { $0.contains("between 2023-03-02 and 2023-03-05;") } == [true])
    #expect(try read(["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"]).notes.isEmpty)
  }

  @Test func anotherColumnIsTold() throws {
    #expect(try read(["1958", "1959"], column: "y").notes == ["there is no column y; x is read"])
    #expect(try read(["1958", "1959"], column: "x").notes.isEmpty)
  }

  /// A number would end at a NUL, and the rest of the cell would go unseen.
  @Test func whatIsNoTextIsToldWithItsLine() {
    expectDataError("x.csv, line 3: it has a NUL") {
      _ = try SeriesFile.decode(Array("x\n1\n2\u{0}9\n".utf8), name: "x.csv")
    }
    expectDataError("x.csv, line 3: it is not text in UTF-8") {
      _ = try SeriesFile.decode(Array("x\n1\n".utf8) + [0xFF, 0x0A], name: "x.csv")
    }
  }
}

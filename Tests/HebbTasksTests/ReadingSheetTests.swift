import Hebb
import HebbFiles
import HebbOCR
import HebbPlots
import HebbTasks
import HebbTypesetting
import Testing

/// Sheets of the lines that were read worst.
@Suite struct ReadingSheetTests {
  private func sheet(_ reading: String, for truth: String) throws -> String {
    let line = LabelledLines.Item(
      picture: .full([24, 120, 1], 200, dtype: .uint8), text: truth, name: "line")
    let score = ReadingScore(readings: [reading], truths: [truth])
    return try #require(ReadingTest.errorSheet(score, [line])).svg()
  }

  @Test func mistakesAreWrittenBelowTheirLines() throws {
    #expect(try sheet("abd", for: "abc").contains("abd for abc"))
    let score = ReadingScore(readings: ["abc"], truths: ["abc"])
    #expect(ReadingTest.errorSheet(score, []) == nil)
  }

  /// What the figure's own letters lack is drawn by the machine's fonts.
  @Test(.enabled(if: !FontLibrary().typefaces(for: .chinese).isEmpty)) func mistakesInChineseAreDrawn() throws {
    let drawn = try sheet("中囯", for: "中国")
    #expect(!drawn.contains("中国") && drawn.contains("<image"))
    #expect(try drawn != sheet("中中", for: "中国"))
  }
}

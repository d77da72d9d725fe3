import Foundation
import HebbFiles
import HebbOCR
import Testing

/// Real pages and lines, where `HEBB_DATA` names a folder that has them.
@Suite struct FindingSampleTests {
  private static let folder = ProcessInfo.processInfo.environment["HEBB_DATA"].map { "\($0)/ocr-samples" }

  private static let isThere = folder.map { FileManager.default.fileExists(atPath: "\($0)/gt.tsv") } ?? false

  @Test(.enabled(if: isThere)) func everySampleHasItsLines() throws {
    let folder = try #require(Self.folder)
    let table = try String(contentsOfFile: "\(folder)/gt.tsv", encoding: .utf8)
    for row in table.split(separator: "\n") {
      let cells = row.split(separator: "\t")
      let lines = cells[1].components(separatedBy: "\\n").count
      let found = LineFinder().lines(in: try Picture.read("\(folder)/\(cells[0])"))
      #expect(found.lines.count == lines, "\(cells[0])")
      #expect(found.quarterTurns == 0 && found.lines.allSatisfy { !$0.isVertical }, "\(cells[0])")
    }
  }

  /// The last has a column beside a picture, a caption, and an arc around its number, which counts as one more line.
  @Test(
    .enabled(if: isThere),
    arguments: [("phototest", 8...8, 1), ("eurotext", 12...12, 1), ("8087_054.3B", 115...116, 6)])
  func everyPageHasItsLines(name: String, lines: ClosedRange<Int>, blocks: Int) throws {
    let page = try Picture.read("\(try #require(Self.folder))/tesseract/\(name).png")
    let found = LineFinder().lines(in: page)
    #expect(lines.contains(found.lines.count) && found.blockCount <= blocks && found.quarterTurns == 0)
  }
}

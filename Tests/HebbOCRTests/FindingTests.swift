import HebbArrays
import HebbFiles
import HebbOCR
import Testing

@Suite struct FindingTests {
  private static let words = [5, 3, 7, 4, 6, 2, 8]

  /// Six lines in one block.
  private func block(paper: UInt8 = 255, ink: UInt8 = 0) -> (
    page: FindingPage, truths: [(left: Int, top: Int, right: Int, bottom: Int)]
  ) {
    var page = FindingPage(340, 620, paper: paper)
    let truths = (0..<6).map { page.line(x: 50, y: 50 + 40 * $0, words: Self.words, ink: ink) }
    return (page, truths)
  }

  private func expectBoxes(_ found: FoundPage, _ truths: [(left: Int, top: Int, right: Int, bottom: Int)]) {
    #expect(found.lines.count == truths.count)
    for (line, truth) in zip(found.lines, truths) {
      let box = line.bounds
      let off = [box.left - truth.left, box.top - truth.top, box.right - truth.right, box.bottom - truth.bottom]
      #expect(off.allSatisfy { abs($0) <= 2 }, "\(box) is not \(truth)")
    }
  }

  @Test(arguments: [(255, 0), (0, 255), (230, 150), (60, 120)] as [(UInt8, UInt8)])
  func linesOfABlockWhateverTheColours(paper: UInt8, ink: UInt8) {
    let (page, truths) = block(paper: paper, ink: ink)
    let found = LineFinder().lines(in: page.picture)
    expectBoxes(found, truths)
    #expect(found.angle == 0 && found.quarterTurns == 0 && found.blockCount == 1)
    #expect(Set(found.lines.map(\.paragraph)).count == 1)
  }

  @Test func colouredPages() {
    let (page, truths) = block()
    let colour = page.picture.elements(as: UInt8.self).flatMap {
      $0 == 0 ? [20, 60, 160] : [250, 240, 150] as [UInt8]
    }
    expectBoxes(LineFinder().lines(in: NDArray(colour, shape: [340, 620, 3])), truths)
  }

  @Test(arguments: [-11.3, -4.2, -0.7, 0.4, 2.5, 8.1, 14.2]) func turnedPages(angle: Double) {
    var page = FindingPage(700, 800)
    for row in 0..<8 { page.line(x: 130, y: 180 + 42 * row, words: Self.words) }
    let found = LineFinder().lines(in: page.turned(angle))
    #expect(found.lines.count == 8 && abs(found.angle - angle) < 0.1, "\(found.angle) is not \(angle)")
  }

  @Test(arguments: 0..<4) func quarterTurns(quarters: Int) {
    let (page, _) = block()
    let picture = page.turned(quarters: quarters)
    let found = LineFinder().lines(in: picture)
    #expect(found.lines.count == 6 && found.quarterTurns == quarters)
    // The first line's picture is the same, whichever way the page lies.
    let upright = LineFinder().lines(in: page.picture).lines[0].picture(of: page.picture)
    #expect(found.lines[0].picture(of: picture).elements(as: UInt8.self) == upright.elements(as: UInt8.self))
  }

  @Test func columnsAreReadOneAfterTheOther() {
    var page = FindingPage(500, 900)
    page.line(x: 180, y: 40, words: [6, 8, 5, 7], size: 24)  // a heading over both
    for row in 0..<9 {
      page.line(x: 40, y: 120 + 38 * row, words: [4, 6, 5, 3 + row % 3, 4])
      page.line(x: 480, y: 127 + 38 * row, words: [5, 3, 6, 4, 2 + row % 3])
    }
    let found = LineFinder().lines(in: page.picture)
    #expect(found.lines.count == 19 && found.blockCount == 3)
    #expect(found.lines[0].bounds.top < 100)
    #expect(
      found.lines[1..<10].allSatisfy { $0.bounds.left == 40 } && found.lines[10...].allSatisfy { $0.bounds.left == 480 }
    )
    let tops = found.lines.map(\.bounds.top)
    #expect(tops[1..<10].sorted() == Array(tops[1..<10]) && tops[10...].sorted() == Array(tops[10...]))
  }

  @Test func aFooterUnderAColumnIsReadLast() {
    var page = FindingPage(560, 900)
    for row in 0..<9 {
      page.line(x: 40, y: 60 + 38 * row, words: [4, 6, 5, 3 + row % 3, 4])
      page.line(x: 480, y: 67 + 38 * row, words: [5, 3, 6, 4, 2 + row % 3])
    }
    page.line(x: 40, y: 436, words: [2, 6, 9, 4])
    let found = LineFinder().lines(in: page.picture)
    #expect(found.lines.count == 19 && found.blockCount == 3)
    #expect(found.lines[18].bounds.top > 420 && found.lines[18].bounds.left == 40)
    #expect(found.lines[8].block == 0 && found.lines[9].bounds.left == 480)
  }

  @Test func paragraphsBeginWithAnIndentOrAGap() {
    var page = FindingPage(520, 620)
    for row in 0..<9 {
      page.line(x: row == 3 ? 80 : 50, y: 40 + 38 * row + (row > 5 ? 30 : 0), words: Self.words)
    }
    let found = LineFinder().lines(in: page.picture)
    #expect(found.lines.map(\.paragraph) == [0, 0, 0, 1, 1, 1, 2, 2, 2])
  }

  @Test func chineseInRowsAndInColumns() {
    var (rows, columns) = (FindingPage(460, 600), FindingPage(600, 460))
    for line in 0..<6 {
      for place in 0..<14 {
        rows.character(x: 50 + 34 * place, y: 40 + 60 * line, size: 30, kind: line + place * 3 / 2)
        columns.character(x: 380 - 60 * line, y: 50 + 34 * place, size: 30, kind: line + place * 3 / 2)
      }
    }
    let across = LineFinder().lines(in: rows.picture)
    #expect(across.lines.count == 6 && across.lines.allSatisfy { !$0.isVertical })
    let down = LineFinder().lines(in: columns.picture)
    #expect(down.lines.count == 6 && down.lines.allSatisfy(\.isVertical) && down.quarterTurns == 0)
    #expect(down.lines.map(\.bounds.left) == (0..<6).map { 380 - 60 * $0 })
    let picture = down.lines[0].picture(of: columns.picture)
    #expect(picture.shape[0] > 10 * picture.shape[1])
  }

  /// A page with these letters upside down is read by nobody; the reader is asked.
  @Test func theReaderTellsTheWayUp() {
    var page = FindingPage(300, 600)
    for line in 0..<4 {
      for place in 0..<14 { page.character(x: 50 + 34 * place, y: 40 + 60 * line, size: 30, kind: line + place) }
    }
    // Asked twice; the second way is the better one.
    let finder = LineFinder { lines, _ in
      let pixels = lines[0].elements(as: UInt8.self)
      let half = pixels.count / 2
      func ink(_ part: ArraySlice<UInt8>) -> Int { part.count { $0 < 128 } }
      return Double(ink(pixels[..<half]) - ink(pixels[half...]))
    }
    #expect(finder.lines(in: page.picture).quarterTurns == 2)
    #expect(finder.lines(in: page.turned(quarters: 2)).quarterTurns == 0)
  }

  @Test func panelsAndRulesAndPictures() {
    var page = FindingPage(700, 700)
    page.fill(40, 30, 620, 60, 20)
    page.line(x: 60, y: 50, words: [6, 5, 7], ink: 250)
    page.fill(40, 130, 620, 3)
    for row in 0..<3 { page.line(x: 50, y: 160 + 40 * row, words: Self.words) }
    page.fill(60, 320, 300, 200, 90)  // a picture
    page.fill(100, 360, 120, 80, 200)
    page.fill(400, 320, 260, 3)  // a frame with a line in it
    page.fill(400, 520, 260, 3)
    page.fill(400, 320, 3, 200)
    page.fill(657, 320, 3, 200)
    page.line(x: 430, y: 400, words: [4, 7])
    page.line(x: 50, y: 580, words: Self.words)
    let found = LineFinder().lines(in: page.picture)
    // Within a pixel: an angle of a few hundredths of a degree may be taken out.
    #expect(found.lines.count == 6)
    #expect(zip(found.lines, [42, 152, 192, 232, 392, 572]).allSatisfy { abs($0.bounds.top - $1) <= 1 })
  }

  @Test func aCutLineComesBackWhole() {
    for height in [20, 32, 48, 60] {
      let size = height / 2
      var page = FindingPage(height, 12 * height)
      let truth = page.line(x: 3, y: height / 4, words: [4, 6, 3], size: size)
      page.fill(truth.right + 2, height / 4 + size - 2, 2, 2)
      let found = LineFinder().lines(in: page.picture)
      #expect(found.lines.count == 1 && found.angle == 0)
      #expect(found.lines.first.map { $0.bounds.left <= 3 && $0.bounds.right >= truth.right } == true)
    }
  }

  @Test func touchingLinesArePartedAndNeighboursCovered() {
    var page = FindingPage(200, 620)
    page.line(x: 50, y: 50, words: Self.words)
    page.line(x: 50, y: 84, words: Self.words)
    page.fill(123, 50, 3, 50)  // a stroke through both
    let found = LineFinder().lines(in: page.picture)
    #expect(found.lines.count == 2)
    for line in found.lines { #expect(line.bounds.bottom - line.bounds.top < 50) }
  }

  @Test func emptyAndTinyPages() {
    for shape in [[1, 1, 1], [1, 900, 1], [900, 1, 3], [2, 2, 3], [40, 60, 1], [7, 300, 3]] as [Shape] {
      for value in [0.0, 128, 255] {
        #expect(LineFinder().lines(in: .full(shape, value, dtype: .uint8)).lines.isEmpty)
      }
      var random = Philox(seed: 3)
      let noise = NDArray((0..<shape.count).map { _ in UInt8(truncatingIfNeeded: random.next()) }, shape: shape)
      for line in LineFinder().lines(in: noise).lines { #expect(line.picture(of: noise).count > 0) }
    }
  }

  @Test func largePagesAreScaledDownForTheSearch() {
    let (page, truths) = block()
    let found = LineFinder(pixelLimit: 60_000).lines(in: page.picture)
    #expect(found.lines.count == truths.count)
    for (line, truth) in zip(found.lines, truths) {
      #expect(abs(line.bounds.left - truth.left) <= 4 && abs(line.bounds.bottom - truth.bottom) <= 4)
    }
  }
}

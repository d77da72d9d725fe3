import HebbArrays
import HebbData
import HebbFiles

/// The picture of a line that was found.
struct LinePicture {
  let picture: NDArray
  let isVertical: Bool

  /// How long the line is, in pixels.
  var length: Int { picture.shape[isVertical ? 0 : 1] }
}

extension TextReader {
  /// Reads lines that go from top to bottom: characters that stand upright, and among them words that lie on their side.
  ///
  /// - Parameter pictures: `uint8` `[height, width, 1 or 3]` each.
  /// - Returns: readings whose columns are rows of the pictures.
  public func read(vertical pictures: [NDArray], by decoding: LineDecoding = LineDecoding()) -> [LineReading] {
    let lines = pictures.map(VerticalLine.init)
    let upright = zip(read(lines.map(\.laidOut), by: decoding), lines).map { reading, line in
      LineReading(
        reading.glyphs.map { glyph in
          let rows = line.row(ofColumn: glyph.columns.lowerBound)..<line.row(ofColumn: glyph.columns.upperBound)
          return LineReading.Glyph(character: glyph.character, columns: rows, confidence: glyph.confidence)
        })
    }
    // A text that is bound as a whole cannot be put together of two.
    guard !decoding.bindsWholeText else { return upright }
    let lying = read(lines.map(\.lying), by: decoding)
    return zip(upright, lying).map { $0.with(wordsOf: $1) }
  }

  /// Reads lines of both directions.
  func read(_ lines: [LinePicture], by decoding: LineDecoding) -> [LineReading] {
    var readings = [LineReading](repeating: LineReading([]), count: lines.count)
    let (vertical, horizontal) = (
      lines.indices.filter { lines[$0].isVertical }, lines.indices.filter { !lines[$0].isVertical }
    )
    for (index, reading) in zip(horizontal, read(horizontal.map { lines[$0].picture }, by: decoding)) {
      readings[index] = reading
    }
    for (index, reading) in zip(vertical, read(vertical: vertical.map { lines[$0].picture }, by: decoding)) {
      readings[index] = reading
    }
    return readings
  }
}

extension LineReading {
  /// A reading of upright characters, with words in place of what was made of them where another reading, of the line on its
  /// side, is clearly surer of them.
  package func with(wordsOf lying: LineReading) -> LineReading {
    var glyphs = glyphs
    for word in lying.lyingWords.map(trimmed) where word.count > 1 {
      let span = word[0].columns.lowerBound..<max(word[0].columns.upperBound, word[word.count - 1].columns.upperBound)
      func isUnder(_ glyph: Glyph) -> Bool { span.contains((glyph.columns.lowerBound + glyph.columns.upperBound) / 2) }
      let place =
        glyphs.firstIndex { isUnder($0) || $0.columns.lowerBound >= span.upperBound } ?? glyphs.endIndex
      let end = glyphs[place...].firstIndex { !isUnder($0) } ?? glyphs.endIndex
      if LineReading(word).confidence > LineReading(Array(glyphs[place..<end])).confidence + 0.1 {
        glyphs.replaceSubrange(place..<end, with: word)
      }
    }
    return LineReading(glyphs)
  }

  /// A word without what stands at its ends where upright characters were read more surely.
  private func trimmed(_ word: [Glyph]) -> [Glyph] {
    func isSurer(_ other: Glyph) -> Bool {
      let middle = (other.columns.lowerBound + other.columns.upperBound) / 2
      return glyphs.contains { $0.columns.contains(middle) && $0.confidence > other.confidence }
    }
    return Array(word.drop(while: isSurer).reversed().drop(while: isSurer).reversed())
  }

  /// Two characters and more that follow each other and that vertical print lays on their side, spaces between them too.
  private var lyingWords: [[Glyph]] {
    glyphs.split { $0.character.unicodeScalars.first?.standsUprightInVerticalPrint ?? true }.compactMap { run in
      let word = run.drop { $0.character == " " }.reversed().drop { $0.character == " " }.reversed()
      return word.count { $0.character != " " } >= 2 ? Array(word) : nil
    }
  }
}

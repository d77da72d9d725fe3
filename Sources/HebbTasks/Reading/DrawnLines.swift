import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// Lines that are drawn as they are asked for, others in every epoch.
struct DrawnLines {
  /// One for each class of lengths, the shortest first, with a number that grows with how wide its lines become; line i is drawn
  /// by source i modulo their count.
  private let sources: [(source: any LineSource, width: Int)]
  /// How many an epoch has.
  let count: Int

  /// - Parameter lengths: the classes: how many characters lines have.
  init(_ renderer: LineRenderer, lengths: [ClosedRange<Int>], count: Int) {
    sources = lengths.map { length in
      (renderer.drawing(lengths: length), (length.lowerBound + length.upperBound) * LineNetworks.height / 4)
    }
    self.count = count
  }

  /// Captchas, all of much the same width.
  init(_ captchas: CaptchaRenderer, count: Int) {
    sources = [(captchas, 0)]
    self.count = count
  }

  /// A number that grows with how wide a line becomes.
  func width(_ index: Int) -> Int { sources[index % sources.count].width }

  /// Line `index` with its text, to learn from: a function of the generator's state.
  ///
  /// Vertical lines that have words on their side, or are cut elsewhere than between their characters, would teach wrong
  /// things: another is drawn.
  func line(_ index: Int, using random: inout Philox) -> (picture: NDArray, text: String) {
    while true {
      let line = sources[index % sources.count].source.line(using: &random)
      guard line.isVertical else { return (line.picture, line.text) }
      let vertical = VerticalLine(line.picture)
      let hasWords = zip(line.text, line.text.dropFirst()).contains { $0.isASCII && $1.isASCII }
      if !hasWords, vertical.cellCount == line.text.count { return (vertical.laidOut, line.text) }
    }
  }

  /// Lines that are always the same, to test by.
  static func fixed(_ source: any LineSource, _ count: Int) -> [LabelledLines.Item] {
    (0..<count).map { index in
      var random = Philox(seed: 0, stream: 0x6F_0002).split(UInt64(index))
      let line = source.line(using: &random)
      return LabelledLines.Item(picture: line.picture, text: line.text, name: "line \(index)")
    }
  }
}

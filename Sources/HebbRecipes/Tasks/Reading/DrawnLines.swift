import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// Lines that are drawn as they are asked for, others in every epoch.
struct DrawnLines {
  /// One for each length class, the shortest first; line i is drawn by number i modulo their count.
  private let renderers: [LineRenderer]
  /// How many an epoch has.
  let count: Int

  /// - Parameter lengths: the classes: how many characters lines have.
  init(_ renderer: LineRenderer, lengths: [ClosedRange<Int>], count: Int) {
    renderers = lengths.map { renderer.drawing(lengths: $0) }
    self.count = count
  }

  /// A number that grows with how wide a line becomes.
  func width(_ index: Int) -> Int {
    let lengths = renderers[index % renderers.count].lengths
    return (lengths.lowerBound + lengths.upperBound) * LineNetworks.height / 4
  }

  /// Line `index` with its text, to learn from: a function of the generator's state.
  ///
  /// Vertical lines that are cut elsewhere than between their characters would teach wrong things: another is drawn.
  func line(_ index: Int, using random: inout Philox) -> (picture: NDArray, text: String) {
    while true {
      let line = renderers[index % renderers.count].line(using: &random)
      guard line.isVertical else { return (line.picture, line.text) }
      let vertical = VerticalLine(line.picture)
      if vertical.cellCount == line.text.count { return (vertical.laidOut, line.text) }
    }
  }

  /// Lines that are always the same, to test by.
  static func fixed(_ renderer: LineRenderer, _ count: Int) -> [LabelledLines.Item] {
    (0..<count).map { index in
      var random = Philox(seed: 0, stream: 0x6F_0002).split(UInt64(index))
      let line = renderer.line(using: &random)
      let picture = line.isVertical ? VerticalLine(line.picture).laidOut : line.picture
      return LabelledLines.Item(picture: picture, text: line.text, name: "line \(index)")
    }
  }
}

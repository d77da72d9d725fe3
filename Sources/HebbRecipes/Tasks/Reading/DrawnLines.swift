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

  /// Line `index`: a function of the generator's state.
  func line(_ index: Int, using random: inout Philox) -> RenderedLine {
    renderers[index % renderers.count].line(using: &random)
  }

  /// Lines that are always the same, to test by.
  static func fixed(_ renderer: LineRenderer, _ count: Int) -> [LabelledLines.Item] {
    (0..<count).map { index in
      var random = Philox(seed: 0, stream: 0x6F_0002).split(UInt64(index))
      let line = renderer.line(using: &random)
      return LabelledLines.Item(picture: line.pictureForReading, text: line.text, name: "line \(index)")
    }
  }
}

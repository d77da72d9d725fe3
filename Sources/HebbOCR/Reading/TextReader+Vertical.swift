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
    read(vertical: pictures, with: LineDecoder(decoding, alphabet))
  }

  private func read(vertical pictures: [NDArray], with decoder: LineDecoder) -> [LineReading] {
    let lines = pictures.map(VerticalLine.init)
    let upright = zip(read(lines.map(\.laidOut), with: decoder), lines).map { $1.placed($0) }
    // A text that is bound as a whole cannot be put together of two.
    guard !decoder.bindsWholeText else { return upright }
    let lying = zip(read(lines.map(\.lying), with: decoder), lines).map { $1.placedLying($0) }
    return zip(upright, lying).map { VerticalReading(upright: $0, lying: $1).best }
  }

  /// Reads lines of both directions.
  func read(_ lines: [LinePicture], with decoder: LineDecoder) -> [LineReading] {
    var readings = [LineReading](repeating: LineReading([]), count: lines.count)
    let (vertical, horizontal) = (
      lines.indices.filter { lines[$0].isVertical }, lines.indices.filter { !lines[$0].isVertical }
    )
    for (index, reading) in zip(horizontal, read(horizontal.map { lines[$0].picture }, with: decoder)) {
      readings[index] = reading
    }
    for (index, reading) in zip(vertical, read(vertical: vertical.map { lines[$0].picture }, with: decoder)) {
      readings[index] = reading
    }
    return readings
  }
}

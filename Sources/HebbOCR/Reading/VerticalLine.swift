import HebbArrays
import HebbFiles
import HebbModels

/// A line from top to bottom, its characters laid out from left to right as readers take lines.
///
/// Such print is set in squares. Its em follows from how wide the column of ink is; the cuts between the characters, and the
/// pitch p at which they follow one another, are those that cost least:
///
///     cost = Σ over cells of  4 · ink under the cut + 20 · (height / p − 1)² + 6 · ln²(p / em)
///
/// with the ink of each row between 0, where there is least, and 1, where there is most.
public struct VerticalLine: Sendable {
  /// `uint8` `[1.2 em, cells × 1.05 em, channels]`: the characters each in the middle of its cell.
  public let laidOut: NDArray
  /// The picture turned by a quarter, so that words on their side are upright.
  let lying: NDArray
  /// The rows between which there is ink.
  private let inked: Range<Double>
  /// The rows at which the cells begin, and the last one's end.
  private let cuts: [Int]
  /// How wide a cell is when laid out.
  private let advance: Int

  /// How many cells the line was cut into.
  public var cellCount: Int { cuts.count - 1 }

  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`.
  public init(_ picture: NDArray) {
    lying = Picture.turned(picture, quarters: 3)
    let turned = LineInput(lying)
    // Noise and the texture of the paper are left out: what is no more than half as dark as the darkest.
    let ink: NDArray = NDArray.minimum((turned.values - 0.5).relu() * 4, 1)
    let column = InkExtent(across: ink)
    // The ink of the widest characters fills nearly all of their em.
    let em = Double(column.range.count) / 0.95
    let found = CellCuts(along: ink, within: column.range, em: em)
    cuts = found.best.map { Int((Double($0) / turned.scale).rounded()) }
    inked = Double(found.inked.lowerBound) / turned.scale..<Double(found.inked.upperBound) / turned.scale
    let pixels = em / turned.scale
    advance = max(1, Int((1.05 * pixels).rounded()))
    // The first row of the line on its side is the last column of the picture.
    let middle = 1 - Double(column.range.lowerBound + column.range.upperBound) / 2 / Double(LineNetworks.height)
    laidOut = VerticalLine.laidOut(
      picture, cuts, cell: (height: max(1, Int((1.2 * pixels).rounded())), width: advance),
      middle: Int((middle * Double(picture.shape[1])).rounded()))
  }

  /// Where in the vertical picture, in rows, a column of the one that is laid out comes from.
  public func row(ofColumn column: Double) -> Double {
    let cell = cell(at: column)
    let share = min(max(column / Double(advance) - Double(cell), 0), 1)
    return Double(cuts[cell]) + share * Double(cuts[cell + 1] - cuts[cell])
  }

  /// The cell of a column of the picture that is laid out.
  private func cell(at column: Double) -> Int { Int(min(max(column / Double(advance), 0), Double(cellCount - 1))) }

  /// - Parameter middle: the column of the picture on which the characters are centred.
  private static func laidOut(
    _ picture: NDArray, _ cuts: [Int], cell: (height: Int, width: Int), middle: Int
  ) -> NDArray {
    let (height, width, channels) = (picture.shape[0], picture.shape[1], picture.shape[2])
    let cells = cuts.count - 1
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [cell.height, cells * cell.width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for index in 0..<cells {
          let rows = (cuts[index]..<max(cuts[index + 1], cuts[index] + 1)).clamped(to: 0..<height)
          let paper = paper(pixels, rows, width: width, channels: channels)
          let (top, left) = ((cuts[index] + cuts[index + 1] - cell.height) / 2, middle - cell.width / 2)
          for row in 0..<cell.height {
            let isInside = rows.contains(top + row)
            for column in 0..<cell.width {
              let from = ((top + row) * width + min(max(left + column, 0), width - 1)) * channels
              let to = ((row * cells + index) * cell.width + column) * channels
              for channel in 0..<channels { out[to + channel] = isInside ? pixels[from + channel] : paper[channel] }
            }
          }
        }
      }
    }
  }

  /// The colour of the paper beside a character: of each channel the median at the picture's edges.
  private static func paper(
    _ pixels: UnsafeBufferPointer<UInt8>, _ rows: Range<Int>, width: Int, channels: Int
  ) -> [UInt8] {
    (0..<channels).map { channel in
      let edges = rows.flatMap { row in [0, width - 1].map { pixels[(row * width + $0) * channels + channel] } }
      return edges.isEmpty ? 255 : edges.sorted()[edges.count / 2]
    }
  }
}

extension VerticalLine {
  /// A reading of the line that is laid out, with the rows of the picture as columns: each character has its cell, as far as
  /// there is ink; those that share one, equal parts.
  func placed(_ reading: LineReading) -> LineReading {
    let cells = reading.glyphs.map { cell(at: ($0.columns.lowerBound + $0.columns.upperBound) / 2) }
    let glyphs = zip(reading.glyphs, cells).enumerated().map { index, item in
      let (glyph, cell) = item
      let (first, count) = (cells.firstIndex(of: cell) ?? index, cells.count { $0 == cell })
      let (start, height) = (Double(cuts[cell]), Double(cuts[cell + 1] - cuts[cell]) / Double(count))
      return glyph.at(inked(start + Double(index - first) * height..<start + Double(index - first + 1) * height))
    }
    return LineReading(glyphs)
  }

  /// A reading of the line on its side, with the rows of the picture as columns: each character reaches half the way to its
  /// neighbours, the first and the last as far as there is ink, or a cell.
  func placedLying(_ reading: LineReading) -> LineReading {
    let places = reading.glyphs.map(\.columns)
    let between = zip(places, places.dropFirst()).map { ($0.upperBound + $1.lowerBound) / 2 }
    guard let first = places.first, let last = places.last else { return reading }
    let borders = [first.lowerBound - Double(advance)] + between + [last.upperBound + Double(advance)]
    return LineReading(
      zip(reading.glyphs, zip(borders, borders.dropFirst())).map { glyph, place in
        glyph.at(inked(place.0..<max(place.0, place.1)))
      })
  }

  /// The part of rows that lies where there is ink.
  private func inked(_ rows: Range<Double>) -> Range<Double> { rows.clamped(to: inked) }
}

extension LineReading.Glyph {
  /// The same at another place.
  func at(_ columns: Range<Double>) -> Self { Self(character: character, columns: columns, confidence: confidence) }
}

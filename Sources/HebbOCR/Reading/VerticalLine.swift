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
  /// How many cells the line was cut into.
  public var cellCount: Int { cuts.count - 1 }
  /// The picture turned by a quarter, so that words on their side are upright.
  let lying: NDArray
  /// The rows at which the cells begin, and the last one's end.
  private let cuts: [Int]
  /// How wide a cell is when laid out.
  private let advance: Int

  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`.
  public init(_ picture: NDArray) {
    lying = Picture.turned(picture, quarters: 3)
    let turned = LineInput(lying)
    // Noise and the texture of the paper are left out: what is no more than half as dark as the darkest.
    let ink = NDArray.minimum((turned.values - 0.5).relu() * 4, 1)
    let column = InkExtent(across: ink)
    // The ink of a character fills nine tenths of its em or a little more.
    let em = Double(column.range.count) / 0.9
    cuts = CellCuts(along: ink, within: column.range, em: em).best.map {
      Int((Double($0) / turned.scale).rounded())
    }
    let pixels = em / turned.scale
    advance = max(1, Int((1.05 * pixels).rounded()))
    let middle = Double(column.range.lowerBound + column.range.upperBound) / 2 / Double(LineNetworks.height)
    laidOut = VerticalLine.laidOut(
      picture, cuts, cell: (height: max(1, Int((1.2 * pixels).rounded())), width: advance),
      middle: Int((middle * Double(picture.shape[1])).rounded()))
  }

  /// Where in the vertical picture, in rows, a column of the one that is laid out comes from.
  public func row(ofColumn column: Double) -> Double {
    let cell = Int(min(max(column / Double(advance), 0), Double(cellCount - 1)))
    let share = min(max(column / Double(advance) - Double(cell), 0), 1)
    return Double(cuts[cell]) + share * Double(cuts[cell + 1] - cuts[cell])
  }

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

/// Where the ink of a line lies across it.
private struct InkExtent {
  /// Of the 32 rows of a line; all of them where there is no ink.
  let range: Range<Int>

  init(across line: NDArray) {
    let ink = line.sum(axis: 1).elements(as: Float.self)
    let (least, most) = (ink.min() ?? 0, ink.max() ?? 0)
    let threshold = least + 0.3 * (most - least)
    let first = ink.firstIndex { $0 > threshold } ?? 0
    let last = ink.lastIndex { $0 > threshold } ?? ink.count - 1
    // Dashes and strokes alone do not say how wide a character is.
    let half = max(6, (last + 1 - first + 1) / 2)
    let middle = (first + last + 1) / 2
    range = max(0, middle - half)..<min(ink.count, middle + half)
  }
}

/// The cuts between the characters of a line that is set in squares.
private struct CellCuts {
  /// Of each column, from 0 to 1.
  private let ink: [Float]
  private let em: Double

  /// - Parameter rows: of the line, where its characters lie.
  init(along line: NDArray, within rows: Range<Int>, em: Double) {
    let sums = line[rows].sum(axis: 0).elements(as: Float.self)
    let sorted = sums.sorted()
    let (least, most) = (sorted[sorted.count / 20], sorted[sorted.count * 9 / 10])
    ink = sums.map { most > least ? min(max(($0 - least) / (most - least), 0), 1) : 0 }
    self.em = em
  }

  /// Two cuts at least; the first may lie before the line's beginning, the last beyond its end.
  var best: [Int] {
    guard let first = ink.firstIndex(where: { $0 > 0.1 }), let last = ink.lastIndex(where: { $0 > 0.1 }) else {
      return [0, ink.count]
    }
    let pitches = max(4, Int(0.7 * em))...max(5, Int(1.7 * em))
    let found = pitches.map { cuts(from: first, through: last, pitch: $0) }
    return found.min { $0.cost < $1.cost }?.cuts ?? [0, ink.count]
  }

  /// The cheapest way from before the first ink to behind the last.
  private func cuts(from first: Int, through last: Int, pitch: Int) -> (cost: Float, cuts: [Int]) {
    // Place i stands for the cut before column origin + i.
    let half = pitch / 2
    let (origin, count) = (first - half, last + 1 - first + 2 * half + 1)
    func under(_ place: Int) -> Float {
      let sides = [origin + place - 1, origin + place].map { ink.indices.contains($0) ? ink[$0] : 0 }
      return max(sides[0], sides[1])
    }
    let logarithm = Float(Mathematics.log(Double(pitch) / em))
    let heights = Array(pitch * 7 / 10...pitch * 14 / 10)
    let deviations = heights.map { height in
      let deviation = Float(height) / Float(pitch) - 1
      return 20 * deviation * deviation + 6 * logarithm * logarithm
    }
    var costs = (0..<count).map { $0 <= half ? 4 * under($0) : Float.infinity }
    var before = [Int](repeating: -1, count: count)
    for place in heights[0]..<max(count, heights[0]) {
      let cut = 4 * under(place)
      for (height, deviation) in zip(heights, deviations) where height <= place {
        let cost = costs[place - height] + deviation + cut
        if cost < costs[place] { (costs[place], before[place]) = (cost, place - height) }
      }
    }
    let ends = (count - 1 - half)..<count
    guard var place = ends.filter({ before[$0] >= 0 }).min(by: { costs[$0] < costs[$1] }) else {
      return (.infinity, [])
    }
    let cost = costs[place]
    var cuts = [origin + place]
    while before[place] >= 0 {
      place = before[place]
      cuts.append(origin + place)
    }
    return (cost, cuts.reversed())
  }
}

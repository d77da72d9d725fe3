/// What the letters of lines tell about script and way up.
///
/// Latin letters stand on a line: their lower edges agree, their upper edges agree less, since more of them rise above the
/// height of an x than fall below the line. Chinese characters fall into pieces whose edges agree in neither way.
///
/// - Source: ascenders and descenders as signs of the way up are those of Bloomberg, Kopec and Dasari 1995
///   (doi:10.1117/12.205832); comparing the two edges' agreement is ours.
struct LetterShape {
  /// Parts of all letters whose lower and whose upper edge lies at their line's median.
  let lowerAgreement: Float
  let upperAgreement: Float
  let letters: Int
  /// The part of all characters that are nearly as high as their line.
  let fullPart: Float

  init(_ layout: PageSearch.Layout, size: Float) {
    var (lower, upper, count) = (0, 0, 0)
    var (full, cells) = (0, 0)
    for line in layout.lines {
      let boxes = line.members.map { layout.glyphs[$0].box }.filter { $0.height > 0.5 * line.bandHeight }
      guard boxes.count >= 4 else { continue }
      // Both edges have the same freedom: an eighth of the band, at least a pixel.
      let slack = max(1, 0.11 * line.bandHeight)
      func agreeing(_ edges: [Float]) -> Int {
        edges.map { edge in edges.count { abs($0 - edge) <= slack } }.max() ?? 0
      }
      lower += agreeing(boxes.map(\.bottom))
      upper += agreeing(boxes.map(\.top))
      count += boxes.count
      for cell in LetterShape.cells(boxes) {
        cells += 1
        if cell.height > 0.8 * line.box.height { full += 1 }
      }
    }
    fullPart = Float(full) / Float(max(1, cells))
    letters = count
    lowerAgreement = Float(lower) / Float(max(1, count))
    upperAgreement = Float(upper) / Float(max(1, count))
  }

  /// Boxes from left to right, those joined that stand above each other.
  private static func cells(_ boxes: [Box]) -> [Box] {
    var cells: [Box] = []
    for box in boxes {
      if let last = cells.last, box.left < last.right {
        cells[cells.count - 1] = last.joined(with: box)
      } else {
        cells.append(box)
      }
    }
    return cells
  }

  var isLatin: Bool { letters >= 8 && fullPart < 0.35 }

  var isUpsideDown: Bool { isDecided && upperAgreement > lowerAgreement }

  /// Whether there are enough letters to tell the way up.
  var isDecided: Bool { letters >= 30 && abs(upperAgreement - lowerAgreement) > 0.08 }
}

/// Joins the glyphs of a page to lines.
///
/// Letters are chained to their nearest neighbours into fragments (words, mostly); pieces that lie inside a fragment join it;
/// fragments side by side join unless a column's gap lies between; small glyphs come to the line that they are nearest to.
enum LineJoining {
  static func lines(of glyphs: [Glyph], size: Float) -> [TextLine] {
    let kinds = glyphs.map { $0.kind(size: size) }
    // Panels keep to themselves.
    let panels = Dictionary(grouping: glyphs.indices) { glyphs[$0].panel }
    return panels.keys.sorted()
      .flatMap { lines(of: panels[$0]!, glyphs, kinds, size) }
      .sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }
  }

  private static func lines(of places: [Int], _ glyphs: [Glyph], _ kinds: [Glyph.Kind], _ size: Float) -> [TextLine] {
    let cores = places.filter { kinds[$0] == .core }
    let letters = cores.filter { !isFrame(glyphs[$0], cores: cores, glyphs, size) }
    guard !letters.isEmpty else { return [] }
    let small = places.filter { kinds[$0] == .small }
    // Dots and dashes first, where they stand close: they narrow the gaps between words.
    var fragments = completed(absorbed(chained(letters, glyphs), glyphs), with: small, glyphs, reach: 0.6)
    fragments = absorbed(ColumnGaps(fragments).joined(glyphs), glyphs)
    let taken = Set(fragments.flatMap(\.members))
    let (whole, bits) = parted(fragments)
    return completed(
      whole, with: small.filter { !taken.contains($0) } + bits.flatMap(\.members), glyphs, reach: 1
    ).filter { LineFilter.isText($0, glyphs, kinds, size: size) }
  }

  /// A large glyph around others: a frame, a picture, or the rest of one.
  private static func isFrame(_ glyph: Glyph, cores: [Int], _ glyphs: [Glyph], _ size: Float) -> Bool {
    guard glyph.box.height > 3 * size || glyph.box.width > 12 * size else { return false }
    var inside = 0
    for other in cores where glyph.box.contains(glyphs[other].box.centreX, glyphs[other].box.centreY) {
      inside += 1
      if inside > 4 { return true }
    }
    return false
  }

  /// Letters joined to the next one on the right, where it is near and about as high.
  private static func chained(_ letters: [Int], _ glyphs: [Glyph]) -> [TextLine] {
    let boxes = letters.map { glyphs[$0].box }
    let index = BoxIndex(boxes, side: 2 * boxes.map(\.height).median)
    var groups = Groups(boxes.count)
    for (place, box) in boxes.enumerated() {
      var nearest = -1
      var least = Float.infinity
      let reach = 1.0 * box.height
      let area = Box(left: box.centreX, top: box.top, right: box.right + 2.5 * reach, bottom: box.bottom)
      index.forEach(in: area) { other in
        let next = boxes[other]
        guard other != place, next.centreX > box.centreX || next.centreX == box.centreX && other > place else { return }
        let (high, low) = (max(box.height, next.height), min(box.height, next.height))
        let gap = max(0, next.left - box.right)
        guard high < 2.6 * low, gap < 0.9 * high, box.sharedHeight(with: next) > 0.45 * low else { return }
        let distance = gap + 0.3 * abs(next.centreY - box.centreY)
        if distance < least { (nearest, least) = (other, distance) }
      }
      if nearest >= 0 { groups.join(place, nearest) }
    }
    return groups.all().map { TextLine($0.map { letters[$0] }, glyphs: glyphs) }
  }

  /// Fragments that lie within the letters of a larger one are part of it: pieces of characters, words that the chain missed.
  private static func absorbed(_ fragments: [TextLine], _ glyphs: [Glyph]) -> [TextLine] {
    let boxes = fragments.map(\.box)
    let index = BoxIndex(boxes, side: 4 * boxes.map(\.height).median)
    var groups = Groups(fragments.count)
    for (place, fragment) in fragments.enumerated() {
      let box = fragment.box
      var best = -1
      var most: Float = 0
      index.forEach(in: box) { other in
        let host = fragments[other]
        guard other != place, host.box.width > box.width || host.box.width == box.width && other < place else { return }
        let wide = host.bandHeight
        let top = max(host.box.top, host.band.top - 0.7 * wide)
        let bottom = min(host.box.bottom, host.band.bottom + 0.5 * wide)
        let shared = min(box.bottom, bottom) - max(box.top, top)
        guard shared > 0.6 * box.height, box.height < 1.3 * (bottom - top),
          box.sharedWidth(with: host.box) > 0.5 * box.width, shared > most
        else { return }
        (best, most) = (other, shared)
      }
      if best >= 0 { groups.join(place, best) }
    }
    return groups.all().map { set in
      set.count == 1 ? fragments[set[0]] : TextLine(set.flatMap { fragments[$0].members }, glyphs: glyphs)
    }
  }

  /// Fragments that may be lines, and bits beside much larger ones: quotes, accents and dots of large type.
  private static func parted(_ fragments: [TextLine]) -> (whole: [TextLine], bits: [TextLine]) {
    let index = BoxIndex(fragments.map(\.box), side: 200)
    var (whole, bits): ([TextLine], [TextLine]) = ([], [])
    for (place, fragment) in fragments.enumerated() {
      var isBit = false
      if fragment.members.count <= 2 {
        index.forEach(in: fragment.box.grown(fragment.box.height, fragment.box.height)) { other in
          let host = fragments[other]
          if other != place, host.members.count > 2, fragment.box.height < 0.6 * host.box.height,
            fragment.box.width < host.box.height
          {
            isBit = true
          }
        }
      }
      if isBit { bits.append(fragment) } else { whole.append(fragment) }
    }
    return (whole, bits)
  }

  /// Lines with the small glyphs that lie at them; what is far from every line is left out.
  ///
  /// - Parameter reach: how far beside a line, in its height.
  private static func completed(
    _ lines: [TextLine], with small: [Int], _ glyphs: [Glyph], reach: Float
  ) -> [TextLine] {
    guard !lines.isEmpty else { return [] }
    let index = BoxIndex(lines.map { $0.box.grown(1.2 * $0.bandHeight, 0.8 * $0.bandHeight) }, side: 200)
    var added = [[Int]](repeating: [], count: lines.count)
    for glyph in small {
      let box = glyphs[glyph].box
      var (best, least) = (-1, Float.infinity)
      index.forEach(in: box) { place in
        let line = lines[place]
        let height = max(line.bandHeight, 0.6 * line.box.height)
        // A speck is no dot.
        guard max(box.width, box.height) > 0.09 * height else { return }
        let above = max(0, line.box.top - box.bottom) + max(0, line.band.top - box.centreY) * 0.3
        let below = max(0, box.top - line.box.bottom) + max(0, box.centreY - line.band.bottom) * 0.3
        let beside = max(0, max(line.box.left - box.right, box.left - line.box.right))
        // A long bar belongs to a line only in its middle: it is a rule above or below.
        if box.width > 2.5 * height, box.centreY < line.band.top || box.centreY > line.band.bottom { return }
        let distance = above + 1.2 * below + 0.6 * beside
        guard above < 0.55 * height, below < 0.45 * height, beside < reach * height, distance < least else { return }
        (best, least) = (place, distance)
      }
      if best >= 0 { added[best].append(glyph) }
    }
    return lines.indices.map { place in
      guard !added[place].isEmpty else { return lines[place] }
      var line = lines[place]
      line.members = (line.members + added[place]).sorted { (glyphs[$0].box.left, $0) < (glyphs[$1].box.left, $1) }
      for glyph in added[place] { line.box = line.box.joined(with: glyphs[glyph].box) }
      return line
    }
  }
}

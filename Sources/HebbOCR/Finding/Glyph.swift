/// A component in the frame of the lines.
struct Glyph {
  var box: Box
  let area: Float
  /// Its number among the page's components.
  let component: Int
  /// The panel in which it lies, which may be a picture as well; −1 for the page itself.
  let panel: Int

  var isInPanel: Bool { panel >= 0 }

  /// What a glyph can be to a line.
  enum Kind {
    /// Makes lines.
    case core
    /// Belongs to a line that others have made: dots, accents, commas, dashes, single strokes.
    case small
    /// Rules, frames, pictures.
    case other
  }

  func kind(size: Float) -> Kind {
    let (long, short) = (max(box.width, box.height), min(box.width, box.height))
    if long > 12 * short, long > 5 * size { return .other }
    if box.height > 10 * size || box.width > 25 * size && box.height > 3 * size { return .other }
    if box.height >= 0.4 * size { return .core }
    return long >= 0.09 * size && area >= 3 ? .small : .other
  }
}

/// Glyphs that stand in one line.
struct TextLine {
  /// Places among the glyphs, from left to right.
  var members: [Int]
  /// Around all of them.
  var box: Box
  /// Where the middle letters begin and end: medians over the cores. In Latin text this is near the height of an x, in
  /// Chinese the whole height.
  var band: (top: Float, bottom: Float)
  var block = 0
  var paragraph = 0

  var bandHeight: Float { band.bottom - band.top }

  init(_ members: [Int], glyphs: [Glyph]) {
    self.members = members.sorted { (glyphs[$0].box.left, $0) < (glyphs[$1].box.left, $1) }
    let boxes = members.map { glyphs[$0].box }
    box = boxes.enclosing() ?? Box(left: 0, top: 0, right: 0, bottom: 0)
    // A dot or a bar says less about the band than a letter.
    let tall = boxes.map(\.height).quantile(0.7)
    let letters = boxes.filter { $0.height > 0.5 * tall }
    band = (letters.map(\.top).median, letters.map(\.bottom).median)
    if band.bottom - band.top < 0.5 * tall { band = (box.top, box.bottom) }
  }

  /// How much of the lower one's band both bands have in common.
  func sharedBand(with other: TextLine) -> Float {
    (min(band.bottom, other.band.bottom) - max(band.top, other.band.top)) / max(1, min(bandHeight, other.bandHeight))
  }
}

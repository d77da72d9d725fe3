/// A line of text as glyphs with their places, for a size of one pixel.
///
/// A line that goes down the page is laid out as it lies after a quarter turn counter-clockwise: from left to right, its
/// upright characters turned, its Latin words as they stand in any line.
struct TextLayout {
  struct Glyph {
    let glyph: UInt32
    /// Where the glyph's origin is along the line, and how far below its baseline (of a vertical line: below its middle).
    var x: Float
    var y: Float
    let isTurned: Bool
    /// The scalar that it stands for.
    let cluster: Int
  }

  var glyphs: [Glyph] = []
  /// How far the line reaches.
  var advance: Float = 0

  /// What stands between the characters of a line, in parts of the size.
  struct Spacing {
    var letters: Float = 0
    var words: Float = 0
    /// How many times as wide letters are.
    var stretch: Float = 1
  }

  /// - Returns: `nil` where the typeface lacks a character.
  init?(_ scalars: [Unicode.Scalar], in typeface: Typeface, spacing: Spacing, isVertical: Bool) {
    guard isVertical else {
      guard append(scalars[...], in: typeface, spacing: spacing, shift: 0) else { return nil }
      return
    }
    var start = 0
    while start < scalars.count {
      let isUpright = scalars[start].standsUprightInVerticalPrint
      let end = scalars[start...].firstIndex { $0.standsUprightInVerticalPrint != isUpright } ?? scalars.count
      let run = scalars[start..<end]
      // A letter or figure by itself stands upright among Chinese characters; words lie on their side.
      let isSet =
        isUpright || run.filter { $0 != " " }.count == 1
        ? appendUpright(run, in: typeface, spacing: spacing)
        : append(run, in: typeface, spacing: spacing, shift: typeface.capHeight / 2)
      guard isSet else { return nil }
      start = end
    }
  }

  private mutating func append(
    _ run: ArraySlice<Unicode.Scalar>, in typeface: Typeface, spacing: Spacing, shift: Float
  ) -> Bool {
    let unit = 1 / Float(typeface.font.unitsPerEm)
    for shaped in typeface.font.shaped(run, isVertical: false, ligatures: spacing.letters == 0) {
      guard shaped.glyph != 0 else { return false }
      glyphs.append(
        Glyph(
          glyph: shaped.glyph, x: advance + Float(shaped.offsetX) * unit * spacing.stretch,
          y: shift - Float(shaped.offsetY) * unit, isTurned: false, cluster: shaped.cluster))
      advance += Float(shaped.advance) * unit * spacing.stretch
      if shaped.advance > 0 { advance += spacing.letters + (run[shaped.cluster] == " " ? spacing.words : 0) }
    }
    return true
  }

  private mutating func appendUpright(
    _ run: ArraySlice<Unicode.Scalar>, in typeface: Typeface, spacing: Spacing
  ) -> Bool {
    let unit = 1 / Float(typeface.font.unitsPerEm)
    for shaped in typeface.font.shaped(run, isVertical: true, ligatures: false) {
      guard shaped.glyph != 0 else { return false }
      glyphs.append(
        Glyph(
          glyph: shaped.glyph, x: advance - Float(shaped.offsetY) * unit, y: -Float(shaped.offsetX) * unit,
          isTurned: true, cluster: shaped.cluster))
      advance += spacing.letters + Float(shaped.advance) * unit
      if run[shaped.cluster] == " " { advance += spacing.words }
    }
    return true
  }
}

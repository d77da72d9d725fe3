/// A glyph of a shaped text, in font units, y upwards.
struct ShapedGlyph {
  let glyph: UInt32
  /// The place in the text's scalars that it stands for.
  let cluster: Int
  /// How far the next glyph's place is, to the right or down the page.
  let advance: Int32
  let offsetX: Int32
  let offsetY: Int32
}

/// How glyphs are drawn.
struct GlyphManner {
  /// Pixels of an em, in 64ths.
  var size: Int
  /// How much heavier strokes become, in pixels; negative makes them lighter.
  var boldness: Float = 0
  /// The tangent of a slant to the right.
  var slant: Float = 0
  /// How many times as wide letters are.
  var stretch: Float = 1
  /// Whether heights are brought onto whole pixels.
  var isHinted = false
}

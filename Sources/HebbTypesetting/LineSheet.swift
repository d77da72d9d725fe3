import HebbArrays
import HebbData

/// A line drawn in black on a sheet that is larger than itself, in reading direction from left to right, before it is cut out.
struct LineSheet {
  private var canvas: InkCanvas
  private var ink: InkBox
  /// Where the baseline lies (of a vertical line: the middle), in pixels from the top.
  private let baseline: Float
  private let start: Float
  private let size: Float
  private let isVertical: Bool

  /// The height of the text in pixels.
  var lineHeight: Float { ink.bottom - ink.top }

  /// - Returns: `nil` where the typeface cannot draw a character.
  init?(
    _ text: String, in typeface: Typeface, _ setting: LineSetting, isVertical: Bool, using random: inout Philox
  ) {
    let scalars = Array(text.unicodeScalars)
    // A damaged font may say that its letters are a thousand times as wide as high.
    guard
      let layout = TextLayout(scalars, in: typeface, spacing: setting.spacing, isVertical: isVertical),
      (0...Float(8 * scalars.count)).contains(layout.advance)
    else { return nil }
    size = setting.size
    start = size
    baseline = (2.2 * size).rounded(.up)
    self.isVertical = isVertical
    canvas = InkCanvas(height: Int(baseline + 2 * size), width: Int(layout.advance * size + 2 * size) + 2)
    // A line of small marks is cut out as high as one of small letters, or nobody could tell them apart.
    let isHan = scalars.contains(where: \.standsUprightInVerticalPrint)
    let (above, below): (Float, Float) =
      isVertical ? (0.4, 0.4) : isHan ? (0.75, 0.02) : (typeface.xHeight, 0)
    ink = InkBox(left: .infinity, top: baseline - above * size, right: -.infinity, bottom: baseline + below * size)
    guard draw(layout, scalars, in: typeface, setting, x: start, y: baseline, measures: true, using: &random) else {
      return nil
    }
  }

  private mutating func draw(
    _ layout: TextLayout, _ scalars: [Unicode.Scalar], in typeface: Typeface, _ setting: LineSetting, x: Float,
    y: Float, measures: Bool, using random: inout Philox
  ) -> Bool {
    typeface.withPen { pen in
      for glyph in layout.glyphs {
        let shift = setting.jitter == 0 ? 0 : random.number(in: -setting.jitter...setting.jitter)
        let box = pen.draw(
          glyph.glyph, setting.manner, x: x + glyph.x * size, y: y + glyph.y * size + shift,
          turn: glyph.isTurned ? 90 : 0, on: &canvas)
        guard measures else { continue }
        if let box = box?.clipped(height: canvas.height, width: canvas.width) {
          ink.formUnion(box)
        } else if scalars[glyph.cluster] != " " {
          return false  // a character that the font knows but leaves blank
        }
      }
      return ink.left < ink.right
    }
  }

  /// Draws other lines of the corpus above and below.
  ///
  /// - Parameter distance: from baseline to baseline, in parts of the size.
  mutating func addNeighbours(
    distance: Float, _ typeface: Typeface, _ setting: LineSetting, corpus: any Corpus, using random: inout Philox
  ) {
    let length = max(2, Int((ink.right - ink.left) / size * 2))
    let sides: [Float] = random.happens(0.5) ? [-1, 1] : [random.happens(0.5) ? 1 : -1]
    for side in sides {
      guard let text = corpus.line(of: typeface.characters, lengths: length...length, using: &random) else { continue }
      let scalars = Array(text.unicodeScalars)
      guard let layout = TextLayout(scalars, in: typeface, spacing: setting.spacing, isVertical: isVertical) else {
        continue
      }
      _ = draw(
        layout, scalars, in: typeface, setting, x: start, y: baseline + side * distance * size, measures: false,
        using: &random)
    }
  }

  /// The line with its margins and what else is drawn around it, warped as its paper lies: coverage from 0 to 1.
  mutating func cutOut(_ style: LineStyle, _ damage: LineDamage, using random: inout Philox) -> TonePlane {
    let height = lineHeight
    func margin() -> Float {
      height * (random.happens(style.tight) ? random.number(in: -0.04...0.06) : random.number(in: style.margins))
    }
    let (above, below, before, after) = (margin(), margin(), margin(), margin())
    let left = Int((ink.left - before).rounded())
    let width = max(4, Int((ink.right + after).rounded()) - left)
    let warp = LineWarp(damage, height: height, width: width, using: &random)
    let top = Int((ink.top - above + warp.reach.lowerBound).rounded())
    let rows = max(4, Int((ink.bottom + below + warp.reach.upperBound).rounded()) - top)
    if let thickness = damage.underline.drawn(using: &random) {
      let y = baseline + random.number(in: 0.08...0.2) * size + (isVertical ? size / 2 : 0)
      canvas.fill(left: ink.left, top: y, right: ink.right, bottom: y + max(1, thickness * height))
    }
    if let thickness = damage.borders.drawn(using: &random) {
      let stroke = max(1, thickness * height)
      let (right, bottom) = (Float(left + width), Float(top + rows))
      let inset = random.number(in: 0...0.1) * height
      let isThere = (0..<4).map { _ in random.happens(0.5) }
      if isThere[0] {
        canvas.fill(left: 0, top: Float(top) + inset, right: .infinity, bottom: Float(top) + inset + stroke)
      }
      if isThere[1] {
        canvas.fill(left: 0, top: bottom - inset - stroke, right: .infinity, bottom: bottom - inset)
      }
      if isThere[2], Float(left) + inset + stroke < ink.left - 1 {
        canvas.fill(left: Float(left) + inset, top: 0, right: Float(left) + inset + stroke, bottom: .infinity)
      }
      if isThere[3], right - inset - stroke > ink.right + 1 {
        canvas.fill(left: right - inset - stroke, top: 0, right: right - inset, bottom: .infinity)
      }
    }
    return warp.sampled(canvas, left: left, top: top, height: rows, middle: (ink.top + ink.bottom) / 2)
  }
}

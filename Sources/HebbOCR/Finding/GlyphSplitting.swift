/// Cuts glyphs in two that touch across two lines.
enum GlyphSplitting {
  /// A tall glyph with letters on both sides, some level with its upper part and some with its lower part, none in the middle,
  /// belongs to two lines. It is cut between these letters.
  static func split(_ glyphs: [Glyph], size: Float) -> [Glyph] {
    let tall = glyphs.indices.filter { glyphs[$0].box.height > 1.9 * size && glyphs[$0].box.height < 6 * size }
    guard !tall.isEmpty else { return glyphs }
    let index = BoxIndex(glyphs.map(\.box), side: 2 * size)
    var result = glyphs
    for place in tall {
      guard let border = border(in: place, glyphs, index) else { continue }
      let glyph = glyphs[place]
      let part = (border - glyph.box.top) / glyph.box.height
      result[place] = Glyph(
        box: Box(left: glyph.box.left, top: glyph.box.top, right: glyph.box.right, bottom: border),
        area: part * glyph.area, component: glyph.component, panel: glyph.panel)
      result.append(
        Glyph(
          box: Box(left: glyph.box.left, top: border, right: glyph.box.right, bottom: glyph.box.bottom),
          area: (1 - part) * glyph.area, component: glyph.component, panel: glyph.panel))
    }
    return result
  }

  /// Where to cut a glyph; `nil` where nothing speaks for it.
  private static func border(in place: Int, _ glyphs: [Glyph], _ index: BoxIndex) -> Float? {
    let box = glyphs[place].box
    var (upper, lower): ([Box], [Box]) = ([], [])
    var isMixed = false
    index.forEach(in: box.grown(1.2 * box.height, 0)) { other in
      let next = glyphs[other].box
      guard other != place, next.height > 0.18 * box.height else { return }
      guard next.right < box.left + 0.2 * box.width || next.left > box.right - 0.2 * box.width else { return }
      if next.height > 0.7 * box.height { return isMixed = true }
      if next.bottom < box.top + 0.62 * box.height {
        upper.append(next)
      } else if next.top > box.top + 0.38 * box.height {
        lower.append(next)
      } else {
        isMixed = true
      }
    }
    func isAround(_ boxes: [Box]) -> Bool {
      boxes.contains { $0.centreX < box.centreX } && boxes.contains { $0.centreX > box.centreX }
    }
    guard !isMixed, upper.count > 1, lower.count > 1, isAround(upper), isAround(lower) else { return nil }
    let (end, start) = (upper.map(\.bottom).max()!, lower.map(\.top).min()!)
    return start > end - 0.25 * box.height ? (end + start) / 2 : nil
  }
}

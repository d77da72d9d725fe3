/// Tells text from what merely was chained: edges, textures, rests of pictures.
enum LineFilter {
  static func isText(_ line: TextLine, _ glyphs: [Glyph], _ kinds: [Glyph.Kind], size: Float) -> Bool {
    let cores = line.members.filter { kinds[$0] == .core }.map { glyphs[$0] }
    guard let first = cores.first else { return false }
    let fill = cores.reduce(0) { $0 + $1.area } / max(1, cores.reduce(0) { $0 + $1.box.area })
    guard fill > 0.06 else { return false }
    let isInPanel = first.isInPanel
    if cores.count == 1 {
      let box = first.box
      // One component alone is a character, or a word whose letters touch.
      guard box.height < 5 * size, fill < 0.97 || box.height > 1.5 * box.width, fill > 0.12 else { return false }
      return !isInPanel || box.width > 2 * box.height && box.height > 0.7 * size && fill < 0.7
    }
    let middle = cores.map(\.box.height).median
    let alike = cores.count { $0.box.height > 0.45 * middle && $0.box.height < 2.2 * middle }
    guard 10 * alike >= 6 * cores.count else { return false }
    guard isInPanel else { return true }
    let level = cores.count { abs($0.box.bottom - line.band.bottom) < 0.2 * middle }
    return cores.count > 2 && 2 * level >= cores.count && 10 * alike >= 7 * cores.count
  }

  /// The lines without those whose edges are far softer than those of the others: shades, folds, what shines through.
  static func withoutShades(_ lines: [TextLine], _ glyphs: [Glyph], _ search: PageSearch) -> [TextLine] {
    guard lines.count > 1 else { return lines }
    let contrasts = lines.map { line in
      line.members.prefix(64).map { search.contrast(of: glyphs[$0].component) }.median
    }
    let usual = zip(lines, contrasts).flatMap { line, contrast in
      [Float](repeating: contrast, count: min(line.members.count, 64))
    }.median
    return lines.indices.filter { contrasts[$0] > 0.35 * usual }.map { lines[$0] }
  }

  /// The lines without those of panels where most of the ink is not in lines: these are pictures.
  static func withoutPictures(_ lines: [TextLine], _ glyphs: [Glyph], panels: Int) -> [TextLine] {
    guard panels > 0 else { return lines }
    var (all, inLines) = ([Float](repeating: 0, count: panels), [Float](repeating: 0, count: panels))
    for glyph in glyphs where glyph.isInPanel { all[glyph.panel] += glyph.area }
    for member in lines.flatMap(\.members) where glyphs[member].isInPanel {
      inLines[glyphs[member].panel] += glyphs[member].area
    }
    return lines.filter { line in
      let panel = glyphs[line.members[0]].panel
      return panel < 0 || inLines[panel] > 0.6 * all[panel]
    }
  }
}

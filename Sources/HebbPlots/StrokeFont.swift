/// Letters drawn with a pen of even width, so that pictures carry text on machines without fonts.
///
/// Each glyph is a few strokes of straight lines and parabolas on a grid of 20 units to the em; the table is in
/// `StrokeFont+Glyphs.swift`. Characters that are not in it are drawn as an empty box.
package enum StrokeFont {
  struct Glyph: Sendable {
    /// From the left end of the pen's path to its right end, in ems.
    let width: Double
    /// Paths of the pen's middle, in ems: x to the right, y upwards from the base line.
    let strokes: [[Point]]
  }

  static let unitsPerEm = 20.0
  /// Half the gap between the pen's paths in neighbouring letters, in ems.
  static let bearing = 1.8 / unitsPerEm
  /// The height of capitals, in ems.
  package static let capHeight = 0.7

  /// Whether there are glyphs for all characters of a text.
  package static func draws(_ text: String) -> Bool { text.allSatisfy { glyphs[$0] != nil } }

  /// The width of the pen, in ems.
  static func penWidth(bold: Bool) -> Double { bold ? 0.125 : 0.085 }

  static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? missing }

  /// The room that a line of text needs, in the unit of `size`: enough for the wide fonts that browsers on Linux use.
  package static func width(of text: String, size: Double, bold: Bool = false) -> Double {
    text.reduce(0) { $0 + glyph($1).width + 2 * bearing } * size * (bold ? 1.27 : 1.11)
  }

  /// A text cut to a width, with an ellipsis where something is missing.
  static func fitted(_ text: String, size: Double, bold: Bool = false, width limit: Double) -> String {
    guard width(of: text, size: size, bold: bold) > limit else { return text }
    var shorter = text
    while !shorter.isEmpty, width(of: shorter + "…", size: size, bold: bold) > limit { shorter.removeLast() }
    return shorter + "…"
  }

  /// The pen's paths for a line of text, in ems from the start of its base line, y upwards; and the length of the text.
  static func strokes(_ text: String) -> (paths: [[Point]], width: Double) {
    var paths: [[Point]] = []
    var x = 0.0
    for character in text {
      let glyph = glyph(character)
      for stroke in glyph.strokes { paths.append(stroke.map { Point(x + bearing + $0.x, $0.y) }) }
      x += glyph.width + 2 * bearing
    }
    return (paths, x)
  }

  private static let missing = Glyph(
    width: 0.35, strokes: [[Point(0, 0), Point(0.35, 0), Point(0.35, 0.7), Point(0, 0.7), Point(0, 0)]])

  private static let glyphs: [Character: Glyph] = {
    var glyphs: [Character: Glyph] = [" ": Glyph(width: 0.1, strokes: [])]
    for line in table.split(separator: "\n") {
      guard let character = line.first, let width = line.dropFirst().first?.base36 else { continue }
      glyphs[character] = Glyph(
        width: Double(width) / unitsPerEm, strokes: line.dropFirst(2).split(separator: " ").map(path))
    }
    for (raised, plain) in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−") {
      guard let glyph = glyphs[plain] else { continue }
      glyphs[raised] = Glyph(
        width: glyph.width * 0.65,
        strokes: glyph.strokes.map { $0.map { Point($0.x * 0.65, $0.y * 0.65 + 0.35) } })
    }
    for (accented, parts) in accents {
      guard let base = parts.first.flatMap({ glyphs[$0] }), let mark = parts.last.flatMap({ marks[$0] }) else {
        continue
      }
      let top = parts.first?.isUppercase == true ? 0.74 : 0.54
      let accent = mark.split(separator: " ").map { stroke in
        path(stroke).map { Point($0.x + base.width / 2 - 0.15, $0.y + top) }
      }
      glyphs[accented] = Glyph(width: base.width, strokes: base.strokes + accent)
    }
    return glyphs
  }()

  /// A stroke of the table: points of two digits in base 36, x and y, the base line at y = 4. A `~` before a point
  /// makes it the control point of a parabola between its neighbours.
  private static func path(_ text: Substring) -> [Point] {
    var points: [Point] = []
    var control: Point?
    var rest = text
    while !rest.isEmpty {
      let isControl = rest.first == "~"
      if isControl { rest.removeFirst() }
      guard let x = rest.popFirst()?.base36, let y = rest.popFirst()?.base36 else { break }
      let point = Point(Double(x) / unitsPerEm, Double(y - 4) / unitsPerEm)
      if isControl {
        control = point
      } else if let bend = control, let start = points.last {
        for step in 1...8 {
          let t = Double(step) / 8
          let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
          points.append(Point(a * start.x + b * bend.x + c * point.x, a * start.y + b * bend.y + c * point.y))
        }
        control = nil
      } else {
        points.append(point)
      }
    }
    return points
  }
}

extension Character {
  /// The value of a digit in base 36.
  fileprivate var base36: Int? { Int(String(self), radix: 36) }
}

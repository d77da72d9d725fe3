import HebbArrays
import HebbData

/// Draws captchas: letters and digits, each turned and shifted and in a face of its own, under strokes and dots.
public struct CaptchaRenderer: LineSource {
  private let typefaces: [Typeface]
  public let characters: [Character]
  /// How many characters captchas have, at least and at most.
  public let lengths: ClosedRange<Int>
  /// Of the pictures, in pixels; wider ones grow with their letters.
  public let height: Int
  public let damage: LineDamage

  /// Small letters and digits but for those that look like others: l, o, 0 and 1.
  public static let characters = "23456789abcdefghijkmnpqrstuvwxyz"

  /// - Parameters:
  ///   - typefaces: those that cannot draw all of the characters are left out.
  ///   - characters: of one code each.
  ///   - height: of the pictures, in pixels, 16 or more.
  /// - Throws: `DataError` where no typeface can draw all of the characters.
  public init(
    typefaces: [Typeface], characters: String = CaptchaRenderer.characters, lengths: ClosedRange<Int> = 4...6,
    height: Int = 50, damage: LineDamage = .captcha
  ) throws(DataError) {
    require(lengths.lowerBound > 0 && height >= 16, "captchas of \(lengths) characters, \(height) pixels high")
    self.typefaces = typefaces.filter { $0.characters.contains(characters) }
    guard !self.typefaces.isEmpty, !characters.isEmpty else {
      throw DataError(
        "fonts", "none of \(typefaces.count) typefaces has all of “\(characters)”",
        advice: "install fonts (Scripts/needs fonts), or ask for fewer characters")
    }
    (self.characters, self.lengths, self.height, self.damage) = (Array(characters), lengths, height, damage)
  }

  public func line(using random: inout Philox) -> RenderedLine {
    let text = (0..<random.whole(in: lengths)).map { _ in random.one(of: characters) }
    let size = Float(height) * random.number(in: 0.55...0.8)
    var canvas = InkCanvas(height: 2 * height, width: Int(size) * (text.count + 4))
    let right = draw(text, size: size, on: &canvas, using: &random)
    let left = Int(size / 2)
    let width = Int(right + size / 2) - left
    let band = Float(height) / 2...Float(height) * 1.5
    for _ in 0..<random.whole(in: 0...3) {
      drawStroke(from: Float(left), to: Float(left + width), within: band, on: &canvas, using: &random)
    }
    for _ in 0..<random.whole(in: 0...40) {
      let (x, y) = (Float(left) + random.fraction() * Float(width), random.number(in: band))
      let side = random.number(in: 0.8...2.2)
      canvas.fill(left: x, top: y, right: x + side, bottom: y + side)
    }
    let warp = LineWarp(damage, height: size, width: width, using: &random)
    let plane = warp.sampled(canvas, left: left, top: height / 2, height: height, middle: Float(height))
    let paper = random.number(in: 150...255)
    let ink = random.fraction() * (paper - 80)
    let isInverted = random.happens(0.2)
    let colors = isInverted ? (ink: 255 - ink, paper: 255 - paper) : (ink: ink, paper: paper)
    let inked = damage.inked(plane, ink: colors.ink, paper: colors.paper, using: &random)
    let picture = damage.recorded(
      inked, lineHeight: size, ink: colors.ink, paper: colors.paper, using: &random)
    return RenderedLine(picture: picture, text: String(text), isVertical: false)
  }

  /// Draws the characters about the middle of the canvas.
  ///
  /// - Returns: where the last one ends.
  private func draw(
    _ text: [Character], size: Float, on canvas: inout InkCanvas, using random: inout Philox
  ) -> Float {
    let closeness = random.number(in: 0.85...1.2)
    let common = random.happens(0.5) ? random.one(of: typefaces) : nil
    var x = size
    for character in text {
      let typeface = common ?? random.one(of: typefaces)
      let turn = random.number(in: -28...28)
      var manner = GlyphManner(size: Int(size * random.number(in: 0.85...1.1) * 64))
      manner.boldness = random.happens(0.3) ? random.number(in: 0...0.05) * size : 0
      manner.slant = random.happens(0.3) ? random.number(in: -0.2...0.3) : 0
      let shift = random.number(in: -0.1...0.1) * size
      guard
        let shaped = typeface.font.shaped(
          Array(character.unicodeScalars)[...], isVertical: false, ligatures: false
        ).first
      else { continue }
      let advance = Float(shaped.advance) / Float(typeface.font.unitsPerEm) * size
      // The character turns about its middle, which stays where it is.
      let (across, up) = (advance / 2, typeface.xHeight * size / 2)
      let angle = Double(turn) * Double.pi / 180
      let (cos, sin) = (Float(Mathematics.cos(angle)), Float(Mathematics.sin(angle)))
      let originX = x + across - (cos * across - sin * up)
      let originY = Float(canvas.height) / 2 + up + shift - (up - (sin * across + cos * up))
      typeface.withPen { pen in
        _ = pen.draw(shaped.glyph, manner, x: originX, y: originY, turn: turn, on: &canvas)
      }
      x += advance * closeness
    }
    return x
  }

  /// Draws a stroke that swings from one side to the other.
  private func drawStroke(
    from left: Float, to right: Float, within band: ClosedRange<Float>, on canvas: inout InkCanvas,
    using random: inout Philox
  ) {
    let (first, last) = (random.number(in: band), random.number(in: band))
    let swing = random.number(in: 0...0.2) * Float(height)
    let (waves, phase) = (random.number(in: 0.3...1.5), random.fraction())
    let thickness = random.number(in: 1...2.5)
    for x in Int(left)..<Int(right) {
      let part = (Float(x) - left) / (right - left)
      let wave = Float(Mathematics.sin(2 * Double.pi * Double(waves * part + phase)))
      let y = first + (last - first) * part + swing * wave
      canvas.fill(left: Float(x), top: y, right: Float(x + 1), bottom: y + thickness)
    }
  }
}

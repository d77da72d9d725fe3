/// What stands on a page.
public struct PageText: Sendable {
  /// A line with its place.
  public struct Line: Sendable {
    /// Its characters, with their places in its picture.
    public let reading: LineReading
    /// Around its ink, in pixels of the page.
    public let quadrilateral: Quadrilateral
    /// Whether its characters stand below each other.
    public let isVertical: Bool
    /// The block that it stands in: a column, a caption, a heading.
    public let block: Int
    /// Counted over the page.
    public let paragraph: Int
    /// Around each character, as wide as it was read and as high as the line.
    public let glyphs: [Quadrilateral]

    /// Its characters as one text.
    public var text: String { reading.text }
    /// The mean of the confidences of its characters, from 0 to 1.
    public var confidence: Double { reading.confidence }
  }

  /// A word of a line.
  public struct Word: Sendable {
    /// Its characters as one text.
    public let text: String
    /// Around its characters.
    public let bounds: PageBounds
    /// The mean of the confidences of its characters, from 0 to 1.
    public let confidence: Double
  }

  /// The page's height in pixels.
  public let height: Int
  /// The page's width in pixels.
  public let width: Int
  /// How far its text is turned clockwise from upright, in whole quarters: 0 to 3.
  public let quarterTurns: Int
  /// How far its text is turned clockwise beside the quarters, in degrees.
  public let angle: Double
  /// In reading order, those without any text left out.
  public let lines: [Line]

  /// All text: lines below each other, an empty line between paragraphs.
  public var text: String {
    var text = ""
    for (index, line) in lines.enumerated() {
      if index > 0 { text += lines[index - 1].paragraph == line.paragraph ? "\n" : "\n\n" }
      text += line.text
    }
    return text
  }
}

/// An upright rectangle in whole pixels of a page.
public struct PageBounds: Sendable, Hashable {
  /// The first column inside.
  public var left: Int
  /// The first row inside.
  public var top: Int
  /// The column behind the last one inside.
  public var right: Int
  /// The row behind the last one inside.
  public var bottom: Int

  /// The smallest around some corners.
  public init(_ quadrilaterals: [Quadrilateral]) {
    let corners = quadrilaterals.flatMap(\.corners)
    left = Int((corners.map(\.x).min() ?? 0).rounded(.down))
    top = Int((corners.map(\.y).min() ?? 0).rounded(.down))
    right = Int((corners.map(\.x).max() ?? 0).rounded(.up))
    bottom = Int((corners.map(\.y).max() ?? 0).rounded(.up))
  }
}

extension PageText.Line {
  /// - Parameters:
  ///   - length: of the picture that was read, in its pixels along the line.
  ///   - margin: that the picture has around the line, in parts of its thickness.
  init(_ reading: LineReading, of line: FoundLine, length: Int, margin: Float) {
    let quad = line.quadrilateral
    let thickness = min(quad.topLeft.distance(to: quad.topRight), quad.topLeft.distance(to: quad.bottomLeft))
    let edge = max(1, (margin * thickness).rounded())
    let inner = max(1, Float(length) - 2 * edge)
    func share(_ column: Double) -> Float { min(max((Float(column) - edge) / inner, 0), 1) }
    self.init(
      reading: reading, quadrilateral: quad, isVertical: line.isVertical, block: line.block, paragraph: line.paragraph,
      glyphs: reading.glyphs.map { glyph in
        quad.part(share(glyph.columns.lowerBound), share(glyph.columns.upperBound), isVertical: line.isVertical)
      })
  }

  /// A picture that is one line.
  init(_ reading: LineReading, height: Int, width: Int) {
    let (right, bottom) = (Float(width), Float(height))
    let quad = Quadrilateral(
      topLeft: PagePoint(x: 0, y: 0), topRight: PagePoint(x: right, y: 0), bottomRight: PagePoint(x: right, y: bottom),
      bottomLeft: PagePoint(x: 0, y: bottom))
    self.init(
      reading: reading, quadrilateral: quad, isVertical: false, block: 0, paragraph: 0,
      glyphs: reading.glyphs.map { glyph in
        quad.part(
          Float(glyph.columns.lowerBound) / right, Float(glyph.columns.upperBound) / right, isVertical: false)
      })
  }

  /// Its words: what stands between spaces.
  public var words: [PageText.Word] {
    reading.glyphs.indices.split { reading.glyphs[$0].character == " " }.map { range in
      let letters = range.map { reading.glyphs[$0] }
      return PageText.Word(
        text: String(letters.map(\.character)), bounds: PageBounds(range.map { glyphs[$0] }),
        confidence: letters.reduce(0) { $0 + $1.confidence } / Double(letters.count))
    }
  }

  /// The smallest upright rectangle around it, in whole pixels of the page.
  public var bounds: PageBounds { PageBounds([quadrilateral]) }
}

extension PagePoint {
  func distance(to other: PagePoint) -> Float {
    ((other.x - x) * (other.x - x) + (other.y - y) * (other.y - y)).squareRoot()
  }
}

extension Quadrilateral {
  /// What lies between two shares of its length.
  func part(_ from: Float, _ to: Float, isVertical: Bool) -> Quadrilateral {
    func between(_ a: PagePoint, _ b: PagePoint, _ share: Float) -> PagePoint {
      PagePoint(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
    }
    guard isVertical else {
      return Quadrilateral(
        topLeft: between(topLeft, topRight, from), topRight: between(topLeft, topRight, to),
        bottomRight: between(bottomLeft, bottomRight, to), bottomLeft: between(bottomLeft, bottomRight, from))
    }
    return Quadrilateral(
      topLeft: between(topLeft, bottomLeft, from), topRight: between(topRight, bottomRight, from),
      bottomRight: between(topRight, bottomRight, to), bottomLeft: between(topLeft, bottomLeft, to))
  }
}

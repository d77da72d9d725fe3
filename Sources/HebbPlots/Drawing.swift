import HebbArrays

/// A picture as a list of marks, each drawn over those before it. It knows nothing of what it is written to: ``svg()``
/// and ``raster(scale:)`` are two views of the same list.
public struct Drawing: Sendable {
  /// In points.
  public let width: Double
  /// In points.
  public let height: Double
  /// In the order of drawing.
  public private(set) var marks: [Mark] = []

  /// An empty white sheet.
  public init(width: Double, height: Double) {
    require(width > 0 && height > 0, "a drawing of \(width) by \(height) points has no area")
    self.width = width
    self.height = height
  }

  /// One thing to draw.
  public enum Mark: Sendable {
    /// A filled rectangle.
    case rectangle(Rectangle, Color)
    /// A connected line with round ends; `dashes` gives the lengths of strokes and gaps in turn, none for a solid
    /// line.
    case line([Point], Color, width: Double, dashes: [Double])
    /// A filled circle, its radius in points.
    case disk(Point, radius: Double, Color)
    /// A line of text.
    case text(Text)
    /// A picture `[height, width, 3]` of bytes, stretched without smoothing.
    case picture(NDArray, Rectangle)
  }

  /// A line of text.
  public struct Text: Sendable {
    /// What is written.
    public var string: String
    /// Where the text's anchor stands on its base line.
    public var position: Point
    /// The font's size in points.
    public var size: Double
    /// The colour of the letters.
    public var color: Color
    /// Which part of the text stands at ``position``.
    public var anchor: Anchor
    /// Whether the strokes are thick.
    public var isBold: Bool
    /// Whether the text runs upwards.
    public var isTurned: Bool

    /// Which part of a text lies at its place.
    public enum Anchor: String, Sendable { case start, middle, end }
  }
}

extension Drawing {
  /// Adds a filled rectangle.
  public mutating func rectangle(_ area: Rectangle, _ color: Color) { marks.append(.rectangle(area, color)) }

  /// Adds a connected line.
  public mutating func line(_ points: [Point], _ color: Color, width: Double = 1, dashes: [Double] = []) {
    guard !points.isEmpty else { return }
    marks.append(.line(points, color, width: width, dashes: dashes))
  }

  /// Adds a filled circle.
  public mutating func disk(_ center: Point, radius: Double, _ color: Color) {
    marks.append(.disk(center, radius: radius, color))
  }

  /// Adds a picture `[height, width, 3]` of bytes, stretched over an area.
  public mutating func picture(_ pixels: NDArray, in area: Rectangle) {
    require(
      pixels.rank == 3 && pixels.shape[2] == 3 && pixels.dtype == .uint8,
      "a picture has the shape [height, width, 3] and bytes, not \(pixels.shape) \(pixels.dtype)")
    guard pixels.count > 0 else { return }
    marks.append(.picture(pixels, area))
  }

  /// Adds a line of text, whose anchor stands at a position on its base line.
  public mutating func text(
    _ string: String, at position: Point, size: Double = 12, color: Color = .ink, anchor: Text.Anchor = .start,
    bold: Bool = false, turned: Bool = false
  ) {
    guard !string.isEmpty else { return }
    marks.append(
      .text(
        Text(
          string: string, position: position, size: size, color: color, anchor: anchor, isBold: bold, isTurned: turned))
    )
  }
}

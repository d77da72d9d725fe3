import HebbArrays

/// What a ``LineFinder`` found on a page.
public struct FoundPage: Sendable {
  /// The page's height in pixels.
  public let height: Int
  /// The page's width in pixels.
  public let width: Int
  /// The lines in reading order.
  public let lines: [FoundLine]
  /// How many blocks they stand in: numbers of blocks are below it.
  public let blockCount: Int
  /// How far the text is turned clockwise from upright, in whole quarters: 0 to 3.
  public let quarterTurns: Int
  /// How far the text is turned clockwise beside the quarters, in degrees.
  public let angle: Double
}

/// A point of a page: pixels from its upper left corner, whose centre lies at (½, ½).
public struct PagePoint: Sendable, Hashable {
  /// Pixels from the page's left edge.
  public var x: Float
  /// Pixels from the page's upper edge.
  public var y: Float

  /// A point so many pixels from the left and the upper edge.
  public init(x: Float, y: Float) { (self.x, self.y) = (x, y) }
}

/// A rectangle that may be turned; its corners are named as a reader of its text sees them.
public struct Quadrilateral: Sendable, Hashable {
  /// The upper left corner, as its reader sees it.
  public var topLeft: PagePoint
  /// The upper right corner, as its reader sees it.
  public var topRight: PagePoint
  /// The lower right corner, as its reader sees it.
  public var bottomRight: PagePoint
  /// The lower left corner, as its reader sees it.
  public var bottomLeft: PagePoint

  /// A rectangle with these corners.
  public init(topLeft: PagePoint, topRight: PagePoint, bottomRight: PagePoint, bottomLeft: PagePoint) {
    (self.topLeft, self.topRight, self.bottomRight, self.bottomLeft) = (topLeft, topRight, bottomRight, bottomLeft)
  }

  /// All four, clockwise from the upper left.
  public var corners: [PagePoint] { [topLeft, topRight, bottomRight, bottomLeft] }
}

/// A line of text on a page.
public struct FoundLine: Sendable {
  /// Around its ink, in the page's pixels.
  public let quadrilateral: Quadrilateral
  /// Whether its characters stand below each other.
  public let isVertical: Bool
  /// The block that it stands in: a column, a caption, a heading.
  public let block: Int
  /// The paragraph, counted over the whole page.
  public let paragraph: Int

  /// Ink of other lines within the picture of this one, in pixels of the plane that was searched.
  let intruders: [InkRun]
  /// How many of the page's pixels make one of that plane.
  let scale: Int

  /// The smallest upright rectangle around it, in whole pixels of the page.
  public var bounds: PageBounds { PageBounds([quadrilateral]) }
}

/// A place in a drawing, in points (1/96 inch): x to the right, y down.
public struct Point: Sendable, Hashable {
  /// The distance from the left edge.
  public var x: Double
  /// The distance from the top edge.
  public var y: Double

  /// To the right, and down.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle in a drawing, in points.
public struct Rectangle: Sendable, Hashable {
  /// The x of the left side.
  public var left: Double
  /// The y of the upper side.
  public var top: Double
  /// The x of the right side.
  public var right: Double
  /// The y of the lower side.
  public var bottom: Double

  /// Four sides; y runs down.
  public init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// right − left.
  public var width: Double { right - left }
  /// bottom − top.
  public var height: Double { bottom - top }

  /// The part of the straight line between two points that lies inside; `nil` where none does.
  ///
  /// - Source: Liang and Barsky 1984, doi:10.1145/357332.357333.
  func clip(from a: Point, to b: Point) -> (Point, Point)? {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var (enter, leave) = (0.0, 1.0)
    for (direction, distance) in [(-dx, a.x - left), (dx, right - a.x), (-dy, a.y - top), (dy, bottom - a.y)] {
      if direction == 0 {
        if distance < 0 { return nil }
      } else if direction < 0 {
        enter = max(enter, distance / direction)
      } else {
        leave = min(leave, distance / direction)
      }
    }
    guard enter <= leave else { return nil }
    return (Point(a.x + enter * dx, a.y + enter * dy), Point(a.x + leave * dx, a.y + leave * dy))
  }

  func contains(_ point: Point) -> Bool {
    point.x >= left && point.x <= right && point.y >= top && point.y <= bottom
  }
}

import HebbArrays

/// Numbers to draw in ``Axes``, with a name for the legend.
public struct Series: Sendable {
  /// For the legend; empty to leave the series out of it.
  public var name: String
  /// Where the points lie from left to right.
  public var x: [Double]
  /// Where they lie from bottom to top, one number for each of `x`.
  public var y: [Double]
  /// Whether they become a line, dots or bars.
  public var kind: Kind
  /// By default, the next colour of ``Color/palette``.
  public var color: Color?
  /// Whether a line is dashed.
  public var isDashed = false
  /// The sign at each point; by default none on a line, a disk in a scatter plot.
  public var marker: Marker?

  /// How numbers become marks.
  public enum Kind: Sendable {
    /// A line from point to point. Where a number is missing (NaN, infinite, or not positive on a logarithmic axis) the
    /// line has a gap.
    case line
    /// A dot for each point.
    case scatter
    /// A bar from zero for each point; several series stand beside each other.
    case bars
  }

  /// A sign at each point.
  public enum Marker: Sendable { case disk, ring, square }

  /// A series; without `x` the points are numbered from 0.
  public init(
    _ name: String = "", x: [Double]? = nil, y: [Double], kind: Kind = .line, color: Color? = nil, dashed: Bool = false,
    marker: Marker? = nil
  ) {
    require(x == nil || x?.count == y.count, "\(x?.count ?? 0) places on x do not fit \(y.count) numbers on y")
    self.name = name
    self.x = x ?? y.indices.map(Double.init)
    self.y = y
    self.kind = kind
    self.color = color
    self.isDashed = dashed
    self.marker = marker
  }
}

/// A straight line across a plot at one number, with a label at its end.
public struct ReferenceLine: Sendable {
  /// The number on its axis.
  public var value: Double
  /// At its end; empty for none.
  public var label: String
  /// Whether it runs from bottom to top, at a place on x.
  public var isVertical: Bool
  /// The colour of the line.
  public var color: Color

  /// A line from bottom to top, at a place on x.
  public static func vertical(_ value: Double, _ label: String = "", color: Color = .quiet) -> ReferenceLine {
    ReferenceLine(value: value, label: label, isVertical: true, color: color)
  }

  /// A line from left to right, at a height on y.
  public static func horizontal(_ value: Double, _ label: String = "", color: Color = .quiet) -> ReferenceLine {
    ReferenceLine(value: value, label: label, isVertical: false, color: color)
  }
}

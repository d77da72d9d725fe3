/// A plot with an x and a y axis: lines, dots and bars, with marker lines and a legend.
///
/// The legend stands in rows above the plot, and labels of marker lines at its edges, so that no text covers the data.
public struct Axes: Panel {
  /// Above the plot; empty for none.
  public var title: String
  /// From left to right.
  public var x: Axis
  /// From bottom to top.
  public var y: Axis
  /// The data; bars lie below lines, and lines below dots.
  public var series: [Series]
  /// Marker lines across the plot.
  public var lines: [ReferenceLine]

  /// A plot of some series. Those with names stand in the legend.
  public init(
    _ title: String = "", x: Axis = Axis(), y: Axis = Axis(), series: [Series], lines: [ReferenceLine] = []
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.lines = lines
  }

  public func draw(in area: Rectangle, on drawing: inout Drawing) {
    var plot = Style.title(title, in: area, on: &drawing)
    plot.top = drawLegend(in: plot, on: &drawing)
    let frame = Frame(self, in: plot)
    frame.drawGrid(on: &drawing)
    for kind in [Series.Kind.bars, .line, .scatter] {
      if kind == .line { frame.drawLines(on: &drawing) }
      for index in series.indices where series[index].kind == kind {
        draw(index, in: frame, on: &drawing)
      }
    }
    frame.drawEdges(on: &drawing)
  }

  /// The colour of a series: its own or the palette's.
  func color(_ index: Int) -> Color { series[index].color ?? Color.palette[index % Color.palette.count] }

  // MARK: - Legend

  /// Draws the names of the series in rows and returns where the next thing may begin.
  private func drawLegend(in area: Rectangle, on drawing: inout Drawing) -> Double {
    let entries = series.indices.filter { !series[$0].name.isEmpty }
    guard !entries.isEmpty else { return area.top }
    let size = Style.labelSize
    var (left, top) = (area.left, area.top)
    for index in entries {
      let sample = series[index].kind == .line ? 28.0 : 12.0
      let name = StrokeFont.fitted(series[index].name, size: size, width: area.width - sample - 6)
      let width = sample + 6 + StrokeFont.width(of: name, size: size)
      if left + width > area.right && left > area.left {
        left = area.left
        top += Style.lineHeight(size)
      }
      drawSample(index, in: Rectangle(left: left, top: top, right: left + sample, bottom: top + size), on: &drawing)
      drawing.text(name, at: Point(left + sample + 6, top + size - 1.5), size: size, color: .quiet)
      left += width + 18
    }
    return top + size + 10
  }

  /// The short piece of a series that stands beside its name.
  private func drawSample(_ index: Int, in area: Rectangle, on drawing: inout Drawing) {
    let (series, color) = (series[index], color(index))
    let middle = (area.top + area.bottom) / 2
    switch series.kind {
    case .bars:
      drawing.rectangle(
        Rectangle(left: area.left, top: middle - 5, right: area.right, bottom: middle + 5), color)
    case .line:
      drawing.line(
        [Point(area.left + 1, middle), Point(area.right - 1, middle)], color, width: 2,
        dashes: series.isDashed ? Axes.dashes : [])
      if let marker = series.marker {
        Axes.draw(marker, at: Point((area.left + area.right) / 2, middle), color, on: &drawing)
      }
    case .scatter:
      Axes.draw(series.marker ?? .disk, at: Point((area.left + area.right) / 2, middle), color, on: &drawing)
    }
  }

  static let dashes = [6.0, 4.0]

  static func draw(_ marker: Series.Marker, at point: Point, _ color: Color, on drawing: inout Drawing) {
    switch marker {
    case .disk: drawing.disk(point, radius: 3.2, color)
    case .ring:
      drawing.disk(point, radius: 3.8, color)
      drawing.disk(point, radius: 2.1, .white)
    case .square:
      drawing.rectangle(
        Rectangle(left: point.x - 3, top: point.y - 3, right: point.x + 3, bottom: point.y + 3), color)
    }
  }
}

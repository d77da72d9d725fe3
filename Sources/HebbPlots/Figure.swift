import HebbArrays

/// A figure: a title over panels that stand side by side. It is described once and written twice, as SVG and as pixels.
///
///     let figure = Figure("Loss", panels: [Axes(x: Axis("epoch"), series: [Series("training", y: losses)])])
///     figure.svg()
///     figure.raster(scale: 2)
public struct Figure: Sendable {
  /// Above all panels; empty for none.
  public var title: String
  /// In points.
  public var width: Double
  /// In points.
  public var height: Double
  /// From left to right, all of one width.
  public var panels: [any Panel]

  /// A figure of a size in points; by default, the width grows with the number of panels.
  public init(_ title: String = "", width: Double? = nil, height: Double = 380, panels: [any Panel]) {
    self.title = title
    self.width = width ?? (panels.count <= 1 ? 620 : Double(460 * panels.count))
    self.height = height
    self.panels = panels
  }

  /// The figure as a list of marks.
  public func drawing() -> Drawing {
    var drawing = Drawing(width: width, height: height)
    let margin = 18.0
    var top = margin
    if !title.isEmpty {
      let size = Style.figureTitleSize
      drawing.text(
        StrokeFont.fitted(title, size: size, bold: true, width: width - 2 * margin), at: Point(margin, top + size - 2),
        size: size, bold: true)
      top += size + 14
    }
    let gap = 30.0
    let share = (width - 2 * margin - gap * Double(panels.count - 1)) / Double(max(panels.count, 1))
    for (index, panel) in panels.enumerated() {
      let left = margin + Double(index) * (share + gap)
      panel.draw(
        in: Rectangle(left: left, top: top, right: left + share, bottom: height - margin + 4), on: &drawing)
    }
    return drawing
  }

  /// The figure as the text of an SVG file.
  public func svg() -> String { drawing().svg() }

  /// The figure as a picture `[height, width, 3]` of bytes, with `scale` pixels to the point.
  public func raster(scale: Double = 2) -> NDArray { drawing().raster(scale: scale) }
}

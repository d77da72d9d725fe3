/// One picture within a figure: axes with lines and bars, a heat map, a sheet of images. A panel of your own draws
/// itself with the calls of ``Drawing``.
public protocol Panel: Sendable {
  /// Draws the panel inside of an area of the drawing.
  func draw(in area: Rectangle, on drawing: inout Drawing)
}

/// Sizes and distances that all panels share, in points.
enum Style {
  static let figureTitleSize = 16.0
  static let panelTitleSize = 13.0
  static let labelSize = 12.0
  static let tickSize = 11.0
  /// Height of a line of text of a size.
  static func lineHeight(_ size: Double) -> Double { size * 1.5 }

  /// Writes a panel's title at its top left and gives back the area below.
  static func title(_ title: String, in area: Rectangle, on drawing: inout Drawing) -> Rectangle {
    guard !title.isEmpty else { return area }
    drawing.text(
      StrokeFont.fitted(title, size: panelTitleSize, bold: true, width: area.width),
      at: Point(area.left, area.top + panelTitleSize), size: panelTitleSize, bold: true)
    var rest = area
    rest.top += panelTitleSize + 11
    return rest
  }
}

import HebbArrays

/// A matrix as coloured cells, with names along its edges and, where there is room, a text in each cell.
public struct HeatMap: Panel {
  /// Above the cells; empty for none.
  public var title: String
  /// Row by row; NaN cells stay grey.
  public var values: [[Double]]
  /// What stands in each cell; empty for colours alone.
  public var texts: [[String]]
  /// To the left of each row, from the top; empty for none.
  public var rowNames: [String]
  /// Below each column, from the left; empty for none.
  public var columnNames: [String]
  /// What the rows are, at the left edge; empty for none.
  public var rowLabel: String
  /// What the columns are, at the bottom; empty for none.
  public var columnLabel: String
  /// From the low end of the range to the high one.
  public var colors: ColorMap
  /// The numbers at both ends of the colour map; by default the smallest and the largest.
  public var range: ClosedRange<Double>?
  /// Whether a scale stands beside cells without text.
  public var hasScale: Bool

  /// A heat map of rows of equal length; a scale stands beside it where the cells carry no text.
  public init(
    _ title: String = "", values: [[Double]], texts: [[String]] = [], rowNames: [String] = [],
    columnNames: [String] = [], rowLabel: String = "", columnLabel: String = "", colors: ColorMap = .viridis,
    range: ClosedRange<Double>? = nil, hasScale: Bool = true
  ) {
    let columns = values.first?.count ?? 0
    require(values.allSatisfy { $0.count == columns }, "the rows of a heat map have different lengths")
    require(
      texts.isEmpty || texts.map(\.count) == values.map(\.count), "a heat map needs a text for each cell, or none")
    self.title = title
    self.values = values
    self.texts = texts
    self.rowNames = rowNames
    self.columnNames = columnNames
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
    self.colors = colors
    self.range = range
    self.hasScale = hasScale
  }

  public func draw(in area: Rectangle, on drawing: inout Drawing) {
    let grid = cells(in: Style.title(title, in: area, on: &drawing))
    guard let columns = values.first?.count, columns > 0 else { return }
    let (width, height) = (grid.width / Double(columns), grid.height / Double(values.count))
    if texts.isEmpty && min(width, height) < 30 || columns * values.count > 4096 {
      drawing.picture(picture(columns), in: grid)
    } else {
      let gap = 1.0
      for (row, line) in values.enumerated() {
        for (column, value) in line.enumerated() {
          let (left, top) = (grid.left + Double(column) * width, grid.top + Double(row) * height)
          drawing.rectangle(
            Rectangle(left: left, top: top, right: left + width - gap, bottom: top + height - gap),
            colors[share(value)])
        }
      }
      drawTexts(in: grid, width, height, on: &drawing)
    }
    drawNames(in: grid, width, height, on: &drawing)
    if texts.isEmpty && hasScale { drawScale(beside: grid, on: &drawing) }
  }

  /// How far a value lies between the ends of the colour map.
  private func share(_ value: Double) -> Double {
    let (low, high) = ends
    return high > low ? (value - low) / (high - low) : value.isNaN ? .nan : 0.5
  }

  var ends: (Double, Double) {
    if let range { return (range.lowerBound, range.upperBound) }
    let valid = values.joined().filter(\.isFinite)
    return (valid.min() ?? 0, valid.max() ?? 0)
  }

  /// One pixel for each cell.
  private func picture(_ columns: Int) -> NDArray {
    let bytes = values.joined().flatMap { value in
      let color = colors[share(value)]
      return [color.red, color.green, color.blue]
    }
    return NDArray(bytes, shape: [values.count, columns, 3])
  }

  private func drawTexts(in grid: Rectangle, _ width: Double, _ height: Double, on drawing: inout Drawing) {
    let longest = texts.joined().map { StrokeFont.width(of: $0, size: 1) }.max() ?? 0
    guard longest > 0 else { return }
    let size = min(Style.labelSize, height * 0.6, (width - 4) / longest)
    guard size >= 6 else { return }
    for (row, line) in texts.enumerated() {
      for (column, text) in line.enumerated() {
        let middle = Point(
          grid.left + (Double(column) + 0.5) * width - 0.5, grid.top + (Double(row) + 0.5) * height + size * 0.35 - 0.5)
        let ink = colors[share(values[row][column])].readableInk
        drawing.text(text, at: middle, size: size, color: ink, anchor: .middle)
      }
    }
  }
}

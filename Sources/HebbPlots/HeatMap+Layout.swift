import HebbArrays

extension HeatMap {
  private static let longestName = 130.0
  private static let nameSize = Style.tickSize

  /// Where the cells lie once the names have their room.
  func cells(in area: Rectangle) -> Rectangle {
    var grid = area
    grid.left += nameWidth(rowNames) + (rowNames.isEmpty ? 0 : 8)
    if !rowLabel.isEmpty { grid.left += Style.lineHeight(Style.labelSize) + 2 }
    if !columnLabel.isEmpty { grid.bottom -= Style.lineHeight(Style.labelSize) + 4 }
    if !columnNames.isEmpty {
      grid.bottom -= isTurned(in: grid) ? nameWidth(columnNames) + 8 : HeatMap.nameSize + 8
    }
    if texts.isEmpty && hasScale { grid.right -= 26 + (scaleTicks(grid).map { length($0.label) }.max() ?? 0) }
    return grid
  }

  // MARK: - Scale

  private func length(_ text: String) -> Double { StrokeFont.width(of: text, size: HeatMap.nameSize) }

  private func scaleTicks(_ grid: Rectangle) -> [Tick] {
    let (low, high) = ends
    return high > low ? Ticks.linear(low...high, count: max(2, Int(grid.height / 50))) : []
  }

  /// Draws the colour map as a bar right of the cells, with the numbers that it stands for.
  func drawScale(beside grid: Rectangle, on drawing: inout Drawing) {
    let (low, high) = ends
    guard high > low else { return }
    let bytes = (0..<128).flatMap { step in
      let color = colors[1 - Double(step) / 127]
      return [color.red, color.green, color.blue]
    }
    drawing.picture(
      NDArray(bytes, shape: [128, 1, 3]),
      in: Rectangle(left: grid.right + 10, top: grid.top, right: grid.right + 20, bottom: grid.bottom))
    for tick in scaleTicks(grid) {
      let y = grid.bottom - (tick.value - low) / (high - low) * grid.height
      let size = HeatMap.nameSize
      let baseline = min(max(y + size * 0.35, grid.top + size * 0.7), grid.bottom)
      drawing.text(tick.label, at: Point(grid.right + 25, baseline), size: size, color: .quiet)
    }
  }

  // MARK: - Names

  private func nameWidth(_ names: [String]) -> Double {
    min(names.map { StrokeFont.width(of: $0, size: HeatMap.nameSize) }.max() ?? 0, HeatMap.longestName)
  }

  /// Whether the columns are too narrow for their names. Columns without a name leave theirs to the one before.
  private func isTurned(in grid: Rectangle) -> Bool {
    let named = columnNames.indices.filter { !columnNames[$0].isEmpty }
    let nearest = zip(named.dropFirst(), named).map(-).min() ?? columnNames.count
    return nameWidth(columnNames) + 4 > grid.width / Double(max(columnNames.count, 1)) * Double(nearest)
  }

  /// The names that are written: those that do not touch the one before, and no empty ones.
  private func written(_ names: [String], apart size: Double, cell: Double) -> [(place: Int, name: String)] {
    var last = -Double.infinity
    return names.enumerated().compactMap { place, name in
      guard !name.isEmpty, Double(place) * cell - last >= size else { return nil }
      last = Double(place) * cell
      return (place, name)
    }
  }

  func drawNames(in grid: Rectangle, _ width: Double, _ height: Double, on drawing: inout Drawing) {
    let size = HeatMap.nameSize
    let turned = isTurned(in: grid)
    for (index, name) in written(columnNames, apart: turned ? size * 1.05 : 0, cell: width) {
      let x = grid.left + (Double(index) + 0.5) * width
      let text = StrokeFont.fitted(name, size: size, width: HeatMap.longestName)
      drawing.text(
        text, at: turned ? Point(x + size * 0.35, grid.bottom + 6) : Point(x, grid.bottom + size + 4), size: size,
        color: .quiet, anchor: turned ? .end : .middle, turned: turned)
    }
    for (index, name) in written(rowNames, apart: size * 1.05, cell: height) {
      let text = StrokeFont.fitted(name, size: size, width: HeatMap.longestName)
      let y = grid.top + (Double(index) + 0.5) * height + size * 0.35
      drawing.text(text, at: Point(grid.left - 8, y), size: size, color: .quiet, anchor: .end)
    }
    let below = columnNames.isEmpty ? 0 : turned ? nameWidth(columnNames) + 6 : size + 6
    drawing.text(
      columnLabel, at: Point((grid.left + grid.right) / 2, grid.bottom + below + Style.labelSize + 4),
      size: Style.labelSize, anchor: .middle)
    let beside = nameWidth(rowNames) + (rowNames.isEmpty ? 8 : 16)
    drawing.text(
      rowLabel, at: Point(grid.left - beside, (grid.top + grid.bottom) / 2), size: Style.labelSize, anchor: .middle,
      turned: true)
  }
}

/// Where a plot's axes lie in the drawing: ranges, ticks, margins, and the place of every point.
struct Frame {
  let axes: Axes
  /// Inside of the axes.
  private(set) var plot: Rectangle
  let xRange: ClosedRange<Double>
  let yRange: ClosedRange<Double>
  private var xTicks: [Tick] = []
  private var yTicks: [Tick] = []
  /// Whether the labels under the plot run upwards, because they are too long to stand side by side.
  private var isTurned = false
  /// Labels of horizontal lines, with the heights that keep them apart.
  private var sideLabels: [(line: ReferenceLine, y: Double)] = []
  /// Labels of vertical lines, with their places above the plot.
  private var topLabels: [(line: ReferenceLine, text: String, at: Point)] = []

  private static let longestLabel = 120.0

  /// Makes room for all labels around the plot.
  init(_ axes: Axes, in area: Rectangle) {
    self.axes = axes
    plot = area
    let bars = axes.series.filter { $0.kind == .bars }
    let verticals = axes.lines.filter(\.isVertical).map(\.value)
    let horizontals = axes.lines.filter { !$0.isVertical }.map(\.value)
    var xs = axes.series.flatMap(\.x) + verticals
    if !axes.x.names.isEmpty { xs += [-0.5, Double(axes.x.names.count) - 0.5] }
    for x in bars.flatMap(\.x) { xs += [x - axes.barDistance / 2, x + axes.barDistance / 2] }
    let isExact = !bars.isEmpty || !axes.x.names.isEmpty
    xRange = axes.x.range(for: xs, padding: isExact ? 0 : 0.02, isRounded: false)
    let ground = bars.isEmpty || axes.y.scale == .logarithmic ? [] : [0.0]
    yRange = axes.y.range(for: axes.series.flatMap(\.y) + horizontals + ground, padding: 0.06, isRounded: true)
    reserveMargins()
  }

  private mutating func reserveMargins() {
    func length(_ text: String) -> Double { StrokeFont.width(of: text, size: Style.tickSize) }
    plot.top += 6
    plot.bottom -= Style.lineHeight(Style.tickSize) + 4
    if !axes.x.label.isEmpty { plot.bottom -= Style.lineHeight(Style.labelSize) }
    yTicks = axes.y.ticks(in: yRange, count: max(2, Int(plot.height / 54)))
    let longest = yTicks.map { length(fitted($0.label)) }.max() ?? 0
    plot.left += longest + 10 + (axes.y.label.isEmpty ? 0 : Style.lineHeight(Style.labelSize))
    let side = axes.lines.filter { !$0.isVertical && !$0.label.isEmpty && yRange.contains($0.value) }
    plot.right -= max(8, (side.map { length($0.label) }.max() ?? -6) + 6)

    let isWhole = axes.series.allSatisfy { $0.x.allSatisfy { $0 == $0.rounded() } }
    var (widest, slot) = (0.0, 0.0)
    for count in stride(from: max(2, Int(plot.width / 64)), through: 1, by: -1) {
      xTicks = axes.x.ticks(in: xRange, count: count, isWhole: isWhole)
      widest = xTicks.map { length($0.label) }.max() ?? 0
      slot = plot.width / Double(max(xTicks.count, 1))
      if widest + 12 <= slot || !axes.x.names.isEmpty { break }
    }
    if !axes.x.names.isEmpty, widest + 6 > slot {
      isTurned = true
      plot.bottom -= min(widest, Frame.longestLabel) - Style.tickSize
    } else if let last = xTicks.last {
      let overhang = left(last.value) + length(last.label) / 2 - plot.right
      if overhang > 8 { plot.right -= overhang - 8 }
    }
    placeTopLabels(length)
    placeSideLabels(side)
  }

  /// Labels of vertical lines stand above the plot, in as many rows as keep them apart.
  private mutating func placeTopLabels(_ length: (String) -> Double) {
    let lines = axes.lines.filter { $0.isVertical && !$0.label.isEmpty && xRange.contains($0.value) }
    var ends: [Double] = []
    for line in lines.sorted(by: { $0.value < $1.value }) {
      let text = StrokeFont.fitted(line.label, size: Style.tickSize, width: plot.width)
      let width = length(text)
      let start = min(max(left(line.value) - width / 2, plot.left), max(plot.left, plot.right - width))
      let row = ends.firstIndex { $0 + 8 <= start } ?? ends.count
      if row == ends.count { ends.append(0) }
      ends[row] = start + width
      topLabels.append((line, text, Point(start, Double(row))))
    }
    guard !ends.isEmpty else { return }
    let height = Style.lineHeight(Style.tickSize)
    plot.top += Double(ends.count) * height
    for index in topLabels.indices { topLabels[index].at.y = plot.top - 5 - topLabels[index].at.y * height }
  }

  /// Labels of horizontal lines stand right of the plot; labels that would touch are moved apart.
  private mutating func placeSideLabels(_ lines: [ReferenceLine]) {
    var lowest = -Double.infinity
    for line in lines.sorted(by: { $0.value > $1.value }) {
      let y = max(top(line.value) + Style.tickSize * 0.35, lowest + Style.tickSize * 1.2)
      sideLabels.append((line, y))
      lowest = y
    }
  }

  // MARK: - Places

  /// Where a point lies in the drawing; `nil` where one of its numbers has no place on its axis.
  func place(_ x: Double, _ y: Double) -> Point? {
    guard axes.x.accepts(x), axes.y.accepts(y) else { return nil }
    return Point(left(x), top(y))
  }

  private func left(_ x: Double) -> Double { plot.left + axes.x.position(x, in: xRange) * plot.width }
  private func top(_ y: Double) -> Double { plot.bottom - axes.y.position(y, in: yRange) * plot.height }

  private func fitted(_ label: String) -> String {
    StrokeFont.fitted(label, size: Style.tickSize, width: Frame.longestLabel)
  }

  // MARK: - Drawing

  /// Draws the grid, which stands behind the data.
  func drawGrid(on drawing: inout Drawing) {
    for tick in yTicks { drawing.line([Point(plot.left, top(tick.value)), Point(plot.right, top(tick.value))], .grid) }
    if axes.x.names.isEmpty && !axes.series.contains(where: { $0.kind == .bars }) {
      for tick in xTicks {
        drawing.line([Point(left(tick.value), plot.top), Point(left(tick.value), plot.bottom)], .grid)
      }
    }
  }

  /// Draws the marker lines.
  func drawLines(on drawing: inout Drawing) {
    for line in axes.lines where (line.isVertical ? xRange : yRange).contains(line.value) {
      let ends =
        line.isVertical
        ? [Point(left(line.value), plot.top), Point(left(line.value), plot.bottom)]
        : [Point(plot.left, top(line.value)), Point(plot.right, top(line.value))]
      drawing.line(ends, line.color, width: 1.25, dashes: [3, 3])
    }
  }

  /// Draws the axes and everything that is written around the plot.
  func drawEdges(on drawing: inout Drawing) {
    drawing.line([Point(plot.left, plot.bottom), Point(plot.right, plot.bottom)], .axis)
    let size = Style.tickSize
    for tick in yTicks {
      drawing.text(
        fitted(tick.label), at: Point(plot.left - 8, top(tick.value) + size * 0.35), size: size, color: .quiet,
        anchor: .end)
    }
    for tick in xTicks {
      let x = left(tick.value)
      drawing.text(
        isTurned ? fitted(tick.label) : tick.label,
        at: isTurned ? Point(x + size * 0.35, plot.bottom + 7) : Point(x, plot.bottom + size + 6), size: size,
        color: .quiet, anchor: isTurned ? .end : .middle, turned: isTurned)
    }
    for label in topLabels { drawing.text(label.text, at: label.at, size: size, color: label.line.color) }
    for label in sideLabels {
      drawing.text(label.line.label, at: Point(plot.right + 6, label.y), size: size, color: label.line.color)
    }
    drawAxisLabels(on: &drawing)
  }

  private func drawAxisLabels(on drawing: inout Drawing) {
    let size = Style.labelSize
    let below =
      isTurned
      ? min(xTicks.map { StrokeFont.width(of: $0.label, size: Style.tickSize) }.max() ?? 0, Frame.longestLabel)
      : Style.tickSize
    drawing.text(
      axes.x.label, at: Point((plot.left + plot.right) / 2, plot.bottom + below + 10 + size), size: size,
      anchor: .middle)
    let longest = yTicks.map { StrokeFont.width(of: fitted($0.label), size: Style.tickSize) }.max() ?? 0
    drawing.text(
      axes.y.label, at: Point(plot.left - longest - 18, (plot.top + plot.bottom) / 2), size: size, anchor: .middle,
      turned: true)
  }
}

extension Axes {
  /// Draws one series inside of the frame.
  func draw(_ index: Int, in frame: Frame, on drawing: inout Drawing) {
    let (series, color) = (series[index], color(index))
    switch series.kind {
    case .line:
      for run in runs(series, in: frame) {
        if run.count == 1 && series.marker == nil {
          drawing.disk(run[0], radius: 2, color)
        } else {
          drawing.line(run, color, width: 2, dashes: series.isDashed ? Axes.dashes : [])
        }
      }
      if let marker = series.marker { draw(marker, at: series, color, in: frame, on: &drawing) }
    case .scatter:
      draw(series.marker ?? .disk, at: series, color.opacity(color.opacity * 0.75), in: frame, on: &drawing)
    case .bars:
      drawBars(index, in: frame, on: &drawing)
    }
  }

  /// The unbroken pieces of a line, cut off at the frame's edges.
  func runs(_ series: Series, in frame: Frame) -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    var previous: Point?
    func finish() {
      if !run.isEmpty { runs.append(run) }
      run = []
    }
    for (x, y) in zip(series.x, series.y) {
      guard let point = frame.place(x, y) else {
        finish()
        previous = nil
        continue
      }
      if let previous {
        if let (start, end) = frame.plot.clip(from: previous, to: point) {
          if run.last != start {
            finish()
            run = [start]
          }
          if end != start { run.append(end) }
        }
      } else if frame.plot.contains(point) {
        run = [point]
      }
      previous = point
    }
    finish()
    return runs
  }

  private func draw(
    _ marker: Series.Marker, at series: Series, _ color: Color, in frame: Frame, on drawing: inout Drawing
  ) {
    for (x, y) in zip(series.x, series.y) {
      guard let point = frame.place(x, y), frame.plot.contains(point) else { continue }
      Axes.draw(marker, at: point, color, on: &drawing)
    }
  }

  private func drawBars(_ index: Int, in frame: Frame, on drawing: inout Drawing) {
    let count = series.count { $0.kind == .bars }
    let slot = series[..<index].count { $0.kind == .bars }
    let breadth = 0.76 * barDistance / Double(count)
    let (low, high) = (frame.yRange.lowerBound, frame.yRange.upperBound)
    let base = y.scale == .linear ? min(max(0, low), high) : low
    for (x, y) in zip(series[index].x, series[index].y) {
      let left = x + (Double(slot) - Double(count) / 2) * breadth
      guard let foot = frame.place(left, base), let head = frame.place(left + breadth, y) else { continue }
      let gap = count > 1 ? min(1, (head.x - foot.x) * 0.1) : 0
      drawing.rectangle(
        Rectangle(
          left: max(foot.x, frame.plot.left), top: max(min(foot.y, head.y), frame.plot.top),
          right: min(head.x - gap, frame.plot.right), bottom: min(max(foot.y, head.y), frame.plot.bottom)), color(index)
      )
    }
  }

  /// The smallest distance on x between bars of one series; 1 where there is only one.
  var barDistance: Double {
    var smallest = Double.infinity
    for series in series where series.kind == .bars {
      let places = series.x.filter(\.isFinite).sorted()
      for (a, b) in zip(places, places.dropFirst()) where b > a { smallest = min(smallest, b - a) }
    }
    return smallest.isFinite ? smallest : 1
  }
}

import HebbArrays

extension Drawing {
  /// The drawing as a picture `[height, width, 3]` of bytes, with `scale` pixels to the point. The same bytes on every
  /// machine: text is drawn with the built-in stroke font.
  public func raster(scale: Double = 2) -> NDArray {
    require(scale > 0, "a scale of \(scale) leaves no pixels")
    var canvas = Canvas(
      width: max(1, Int((width * scale).rounded(.up))), height: max(1, Int((height * scale).rounded(.up))))
    for mark in marks { paint(mark, on: &canvas, scale) }
    return NDArray(canvas.pixels, shape: [canvas.height, canvas.width, 3])
  }

  private func paint(_ mark: Mark, on canvas: inout Canvas, _ scale: Double) {
    func scaled(_ point: Point) -> Point { Point(point.x * scale, point.y * scale) }
    func scaled(_ area: Rectangle) -> Rectangle {
      Rectangle(
        left: area.left * scale, top: area.top * scale, right: area.right * scale, bottom: area.bottom * scale)
    }
    switch mark {
    case .rectangle(let area, let color):
      canvas.fill(scaled(area), color)
    case .disk(let center, let radius, let color):
      canvas.stroke([[scaled(center)]], pen: 2 * radius * scale, color)
    case .line(let points, let color, let width, let dashes):
      let path = points.map(scaled)
      canvas.stroke(
        dashes.isEmpty ? [path] : Drawing.dashed(path, dashes.map { $0 * scale }, pen: width * scale),
        pen: width * scale, color)
    case .text(let text):
      canvas.stroke(
        Drawing.strokes(text, scale), pen: StrokeFont.penWidth(bold: text.isBold) * text.size * scale, text.color)
    case .picture(let pixels, let area):
      Drawing.paint(pixels, in: scaled(area), on: &canvas)
    }
  }

  /// A line cut into dashes. The round pen reaches past both ends of a dash, which is cut shorter for it.
  static func dashed(_ path: [Point], _ dashes: [Double], pen: Double) -> [[Point]] {
    guard dashes.reduce(0, +) > 0 else { return [path] }
    var pieces: [[Point]] = []
    var (index, left, isStroke) = (0, max(dashes[0] - pen, 0.1), true)
    var piece: [Point] = []
    for (a, b) in zip(path, path.dropFirst()) {
      let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      guard length > 0 else { continue }
      var done = 0.0
      if isStroke && piece.isEmpty { piece = [a] }
      while length - done > left {
        done += left
        let point = Point(a.x + (b.x - a.x) * done / length, a.y + (b.y - a.y) * done / length)
        if isStroke { pieces.append(piece + [point]) }
        isStroke.toggle()
        piece = isStroke ? [point] : []
        index = (index + 1) % dashes.count
        left = max(dashes[index] + (isStroke ? -pen : pen), 0.1)
      }
      left -= length - done
      if isStroke { piece.append(b) }
    }
    if isStroke && piece.count > 1 { pieces.append(piece) }
    return pieces
  }

  /// The pen's paths for a text, in pixels. Base lines stand on whole pixels.
  private static func strokes(_ text: Text, _ scale: Double) -> [[Point]] {
    let (paths, length) = StrokeFont.strokes(text.string)
    let size = text.size * scale
    let shift = text.anchor == .start ? 0 : text.anchor == .middle ? length / 2 : length
    let half = StrokeFont.penWidth(bold: text.isBold) * size / 2
    let (x, y) = (text.position.x * scale, text.position.y * scale)
    return paths.map { path in
      path.map { point in
        let (along, up) = ((point.x - shift) * size, point.y * (size - 2 * half) + half)
        return text.isTurned
          ? Point(x.rounded() - up, y - along) : Point(x + along, y.rounded() - up)
      }
    }
  }

  private static func paint(_ pixels: NDArray, in area: Rectangle, on canvas: inout Canvas) {
    let (height, width) = (pixels.shape[0], pixels.shape[1])
    let box = canvas.pixelBox(
      left: area.left.rounded(), top: area.top.rounded(), right: area.right.rounded(), bottom: area.bottom.rounded())
    pixels.read { (bytes: UnsafeBufferPointer<UInt8>) in
      for y in box.rows {
        let row = min(max(Int((Double(y) + 0.5 - area.top) / area.height * Double(height)), 0), height - 1)
        for x in box.columns {
          let column = min(max(Int((Double(x) + 0.5 - area.left) / area.width * Double(width)), 0), width - 1)
          let start = (row * width + column) * 3
          canvas.set(x, y, bytes[start], bytes[start + 1], bytes[start + 2])
        }
      }
    }
  }
}

/// A sheet of pixels that shapes are painted on with smooth edges.
///
/// Every shape is first a coverage, the share of each pixel that lies inside of it, and then blended once, so that
/// lines that cross themselves stay even.
struct Canvas {
  let width: Int
  let height: Int
  /// Red, green and blue of each pixel, row by row.
  private(set) var pixels: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 255, count: width * height * 3)
  }

  /// Paints an upright rectangle given in pixels.
  mutating func fill(_ area: Rectangle, _ color: Color) {
    let box = pixelBox(left: area.left, top: area.top, right: area.right, bottom: area.bottom)
    for y in box.rows {
      let vertical = min(Double(y + 1), area.bottom) - max(Double(y), area.top)
      for x in box.columns {
        let horizontal = min(Double(x + 1), area.right) - max(Double(x), area.left)
        blend(x, y, color, coverage: max(0, vertical) * max(0, horizontal))
      }
    }
  }

  /// Paints lines drawn with a round pen.
  mutating func stroke(_ paths: [[Point]], pen: Double, _ color: Color) {
    let points = paths.joined()
    guard let first = points.first else { return }
    var bounds = Rectangle(left: first.x, top: first.y, right: first.x, bottom: first.y)
    for point in points {
      bounds.left = min(bounds.left, point.x)
      bounds.right = max(bounds.right, point.x)
      bounds.top = min(bounds.top, point.y)
      bounds.bottom = max(bounds.bottom, point.y)
    }
    let reach = pen / 2 + 1
    let box = pixelBox(
      left: bounds.left - reach, top: bounds.top - reach, right: bounds.right + reach, bottom: bounds.bottom + reach)
    guard !box.rows.isEmpty, !box.columns.isEmpty else { return }
    var coverage = [Float](repeating: 0, count: box.rows.count * box.columns.count)
    for path in paths {
      for index in path.indices where index > 0 || path.count == 1 {
        cover(&coverage, box, from: path[max(index - 1, 0)], to: path[index], pen: pen)
      }
    }
    for y in box.rows {
      for x in box.columns {
        let share = coverage[(y - box.rows.lowerBound) * box.columns.count + x - box.columns.lowerBound]
        if share > 0 { blend(x, y, color, coverage: Double(share)) }
      }
    }
  }

  /// Sets one pixel.
  mutating func set(_ x: Int, _ y: Int, _ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    let start = (y * width + x) * 3
    pixels[start] = red
    pixels[start + 1] = green
    pixels[start + 2] = blue
  }

  typealias PixelBox = (columns: Range<Int>, rows: Range<Int>)

  /// The pixels that a rectangle touches.
  func pixelBox(left: Double, top: Double, right: Double, bottom: Double) -> PixelBox {
    func range(_ low: Double, _ high: Double, _ limit: Int) -> Range<Int> {
      let start = Int(min(max(low.rounded(.down), 0), Double(limit)))
      return start..<max(start, Int(min(max(high.rounded(.up), 0), Double(limit))))
    }
    return (range(left, right, width), range(top, bottom, height))
  }

  /// Raises the coverage near one straight piece of a line: 1 inside, falling to 0 over one pixel at the edge.
  private func cover(_ coverage: inout [Float], _ box: PixelBox, from a: Point, to b: Point, pen: Double) {
    let reach = pen / 2 + 0.5
    let near = pixelBox(
      left: min(a.x, b.x) - reach, top: min(a.y, b.y) - reach, right: max(a.x, b.x) + reach,
      bottom: max(a.y, b.y) + reach)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let squared = dx * dx + dy * dy
    let strength = min(pen, 1)  // A line thinner than a pixel is paler, not narrower.
    for y in near.rows {
      let py = Double(y) + 0.5 - a.y
      for x in near.columns {
        let px = Double(x) + 0.5 - a.x
        let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
        let (ex, ey) = (px - along * dx, py - along * dy)
        let edge = max(pen, 1) / 2 + 0.5 - (ex * ex + ey * ey).squareRoot()
        guard edge > 0 else { continue }
        let index = (y - box.rows.lowerBound) * box.columns.count + x - box.columns.lowerBound
        coverage[index] = max(coverage[index], Float(min(edge, 1) * strength))
      }
    }
  }

  private mutating func blend(_ x: Int, _ y: Int, _ color: Color, coverage: Double) {
    let share = coverage * color.opacity
    let start = (y * width + x) * 3
    func mix(_ channel: Int, _ ink: UInt8) {
      let old = Double(pixels[start + channel])
      pixels[start + channel] = UInt8((old + (Double(ink) - old) * share).rounded())
    }
    mix(0, color.red)
    mix(1, color.green)
    mix(2, color.blue)
  }
}

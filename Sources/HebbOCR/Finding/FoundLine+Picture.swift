import HebbArrays

extension FoundLine {
  /// The line cut out of its page and turned upright, with a margin on all sides; ink of other lines that reaches into it is
  /// covered with the colour of the paper. A vertical line's picture is as high as the line is long.
  ///
  /// - Parameters:
  ///   - page: the picture in which the line was found: `uint8` `[height, width, 1 or 3]`
  ///   - margin: in parts of the line's thickness.
  /// - Returns: `uint8` `[height, width, 1 or 3]`, the page's pixels between which it lies interpolated.
  public func picture(of page: NDArray, margin: Float = 0.12) -> NDArray {
    let (rows, columns, channels) = (page.shape[0], page.shape[1], page.shape[2])
    let quad = quadrilateral
    let (across, down) = (
      PagePoint(x: quad.topRight.x - quad.topLeft.x, y: quad.topRight.y - quad.topLeft.y),
      PagePoint(x: quad.bottomLeft.x - quad.topLeft.x, y: quad.bottomLeft.y - quad.topLeft.y)
    )
    let (long, high) = (
      (across.x * across.x + across.y * across.y).squareRoot(), (down.x * down.x + down.y * down.y).squareRoot()
    )
    let edge = max(1, (margin * min(long, high)).rounded())
    let (width, height) = (max(1, Int((long + 2 * edge).rounded())), max(1, Int((high + 2 * edge).rounded())))
    // Unit steps along the picture's axes; their turn is that of the line.
    let right = long > 0 ? PagePoint(x: across.x / long, y: across.y / long) : PagePoint(x: 1, y: 0)
    let below = high > 0 ? PagePoint(x: down.x / high, y: down.y / high) : PagePoint(x: 0, y: 1)
    // The picture's middle is the line's.
    let centre = PagePoint(
      x: quad.topLeft.x + (across.x + down.x) / 2, y: quad.topLeft.y + (across.y + down.y) / 2)
    let start = PagePoint(
      x: centre.x - right.x * Float(width) / 2 - below.x * Float(height) / 2,
      y: centre.y - right.y * Float(width) / 2 - below.y * Float(height) / 2)
    let covered = IntruderMask(intruders, scale: scale)
    // The paper's colour may change along the line.
    let pieces = max(1, min(32, Int(max(long, high) / (2 * min(long, high) + 1))))
    let paper = (0..<pieces).map {
      paperColor(of: page, from: Float($0) / Float(pieces), to: Float($0 + 1) / Float(pieces))
    }
    return page.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [height, width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        let pixels = pixels.baseAddress!
        for row in 0..<height {
          for column in 0..<width {
            let (i, j) = (Float(column) + 0.5, Float(row) + 0.5)
            let x = start.x + right.x * i + below.x * j
            let y = start.y + right.y * i + below.y * j
            let place = (row * width + column) * channels
            // What lies beyond the page goes on as its border.
            let (px, py) = (min(max(x - 0.5, 0), Float(columns - 1)), min(max(y - 0.5, 0), Float(rows - 1)))
            if covered.contains(px, py) {
              let piece = long > high ? column * pieces / width : row * pieces / height
              for c in 0..<channels { out[place + c] = paper[piece][c] }
              continue
            }
            let (x0, y0) = (Int(px), Int(py))
            let (x1, y1) = (min(x0 + 1, columns - 1), min(y0 + 1, rows - 1))
            let (fx, fy) = (px - Float(x0), py - Float(y0))
            for c in 0..<channels {
              let upper =
                Float(pixels[(y0 * columns + x0) * channels + c]) * (1 - fx)
                + Float(pixels[(y0 * columns + x1) * channels + c]) * fx
              let lower =
                Float(pixels[(y1 * columns + x0) * channels + c]) * (1 - fx)
                + Float(pixels[(y1 * columns + x1) * channels + c]) * fx
              out[place + c] = UInt8(min(max(upper + fy * (lower - upper) + 0.5, 0), 255))
            }
          }
        }
      }
    }
  }

  /// The colour of the paper under a part of the line: of each channel the median over its long edges.
  private func paperColor(of page: NDArray, from first: Float, to last: Float) -> [UInt8] {
    let (rows, columns, channels) = (page.shape[0], page.shape[1], page.shape[2])
    let quad = quadrilateral
    func length(_ a: PagePoint, _ b: PagePoint) -> Float { abs(a.x - b.x) + abs(a.y - b.y) }
    let isLong = length(quad.topLeft, quad.topRight) > length(quad.topLeft, quad.bottomLeft)
    let edges =
      isLong
      ? [(quad.topLeft, quad.topRight), (quad.bottomLeft, quad.bottomRight)]
      : [(quad.topLeft, quad.bottomLeft), (quad.topRight, quad.bottomRight)]
    return page.read { (pixels: UnsafeBufferPointer<UInt8>) in
      var samples = [[UInt8]](repeating: [], count: channels)
      for (a, b) in edges {
        for step in 0..<32 {
          let part = first + (last - first) * (Float(step) + 0.5) / 32
          let x = min(max(Int(a.x + part * (b.x - a.x)), 0), columns - 1)
          let y = min(max(Int(a.y + part * (b.y - a.y)), 0), rows - 1)
          for c in 0..<channels { samples[c].append(pixels[(y * columns + x) * channels + c]) }
        }
      }
      return samples.map { $0.sorted()[$0.count / 2] }
    }
  }
}

/// Runs of foreign ink by rows, each a pixel wider on all sides: their soft edges go too.
private struct IntruderMask {
  private let rows: [Int: [ClosedRange<Int>]]
  private let scale: Float

  init(_ runs: [InkRun], scale: Int) {
    self.scale = Float(scale)
    var rows: [Int: [ClosedRange<Int>]] = [:]
    for run in runs {
      for row in Int(run.row) - 1...Int(run.row) + 1 {
        rows[row, default: []].append(Int(run.start) - 1...Int(run.end))
      }
    }
    self.rows = rows
  }

  func contains(_ x: Float, _ y: Float) -> Bool {
    guard !rows.isEmpty, let row = rows[Int((y + 0.5) / scale)] else { return false }
    let column = Int((x + 0.5) / scale)
    return row.contains { $0.contains(column) }
  }
}

import HebbArrays

/// A page drawn out of rectangles, with glyph-like blobs for letters.
struct FindingPage {
  let width: Int
  let height: Int
  private(set) var pixels: [UInt8]

  init(_ height: Int, _ width: Int, paper: UInt8 = 255) {
    (self.width, self.height) = (width, height)
    pixels = [UInt8](repeating: paper, count: height * width)
  }

  var picture: NDArray { NDArray(pixels, shape: [height, width, 1]) }

  mutating func fill(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ value: UInt8 = 0) {
    for row in max(0, y)..<max(0, min(height, y + h)) {
      for column in max(0, x)..<max(0, min(width, x + w)) { pixels[row * width + column] = value }
    }
  }

  /// A line of letters as high as an x, some of which rise above it and fewer of which reach below, in words.
  ///
  /// - Returns: where its ink is.
  @discardableResult
  mutating func line(
    x: Int, y: Int, words: [Int], size: Int = 16, ink: UInt8 = 0
  ) -> (left: Int, top: Int, right: Int, bottom: Int) {
    var place = x
    var (letter, isRising, isFalling) = (0, false, false)
    for (number, word) in words.enumerated() {
      for _ in 0..<word {
        let w = size * 5 / 8
        let rises = letter % 4 == 1
        let falls = letter % 11 == 5
        (isRising, isFalling) = (isRising || rises, isFalling || falls)
        let (top, bottom) = (rises ? y - size / 2 : y, falls ? y + size + size / 2 : y + size)
        // A stem, and a ring beside it.
        fill(place, top, 3, bottom - top, ink)
        fill(place, y, w, 3, ink)
        fill(place, y + size - 3, w, 3, ink)
        fill(place + w - 3, y, 3, size, ink)
        place += w + size / 4
        letter += 1
      }
      if number + 1 < words.count { place += size / 2 }
    }
    return (x, isRising ? y - size / 2 : y, place - size / 4, isFalling ? y + size + size / 2 : y + size)
  }

  /// A square character: of two to four pieces.
  mutating func character(x: Int, y: Int, size: Int, kind: Int) {
    let (half, stroke) = (size / 2, max(2, size / 10))
    switch kind % 4 {
    case 0:  // an upper and a lower piece
      fill(x, y, size, stroke)
      fill(x + half - 1, y, stroke, half - 2)
      fill(x, y + half, size, stroke)
      fill(x, y + size - stroke, size, stroke)
      fill(x, y + half, stroke, half)
    case 1:  // a left and a right piece
      fill(x, y, stroke, size)
      fill(x, y, half - 3, stroke)
      fill(x + half, y, stroke, size)
      fill(x + half, y + half, half, stroke)
      fill(x + size - stroke, y, stroke, size)
    case 2:  // a frame with a dot
      fill(x, y, size, stroke)
      fill(x, y + size - stroke, size, stroke)
      fill(x, y, stroke, size)
      fill(x + size - stroke, y, stroke, size)
      fill(x + half - 2, y + half - 2, 4, 4)
    default:  // a cross
      fill(x + half - 1, y, stroke, size)
      fill(x, y + half, size, stroke)
      fill(x, y + size - stroke, size, stroke)
    }
  }

  /// The page turned clockwise about its middle, on white, its size kept.
  func turned(_ degrees: Double) -> NDArray {
    let (c, s) = (Mathematics.cos(degrees * .pi / 180), Mathematics.sin(degrees * .pi / 180))
    let (cx, cy) = (Double(width - 1) / 2, Double(height - 1) / 2)
    return NDArray(shape: [height, width, 1]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      for row in 0..<height {
        for column in 0..<width {
          let (dx, dy) = (Double(column) - cx, Double(row) - cy)
          let (x, y) = (cx + c * dx + s * dy, cy - s * dx + c * dy)
          let (x0, y0) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
          guard x0 >= 0, y0 >= 0, x0 + 1 < width, y0 + 1 < height else {
            out[row * width + column] = 255
            continue
          }
          func at(_ i: Int, _ j: Int) -> Double { Double(pixels[j * width + i]) }
          let (fx, fy) = (x - Double(x0), y - Double(y0))
          let upper = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx
          let lower = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx
          out[row * width + column] = UInt8(upper * (1 - fy) + lower * fy + 0.5)
        }
      }
    }
  }

  /// The page turned clockwise by quarters, its sides exchanged.
  func turned(quarters: Int) -> NDArray {
    var (rows, columns, now) = (height, width, pixels)
    for _ in 0..<quarters {
      var next = now
      for row in 0..<rows {
        for column in 0..<columns { next[column * rows + rows - 1 - row] = now[row * columns + column] }
      }
      (rows, columns, now) = (columns, rows, next)
    }
    return NDArray(now, shape: [rows, columns, 1])
  }
}

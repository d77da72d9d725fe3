import HebbArrays

/// A page in grey, small enough to look for lines in.
struct GreyPlane {
  let width: Int
  let height: Int
  /// How many of the page's pixels make one here, along each axis.
  let scale: Int
  var pixels: [UInt8]

  init(width: Int, height: Int, scale: Int = 1, pixels: [UInt8]) {
    (self.width, self.height, self.scale, self.pixels) = (width, height, scale, pixels)
  }

  /// The luma (ITU-R BT.601) of a page, shrunk by a whole number where it has more pixels than `limit`: each pixel is the
  /// mean of a square. Only the shrunk plane takes memory.
  ///
  /// - Parameter page: `uint8` `[height, width, 1 or 3]`
  init(_ page: NDArray, limit: Int) {
    let (rows, columns, channels) = (page.shape[0], page.shape[1], page.shape[2])
    var scale = 1
    while (rows / scale) * (columns / scale) > limit { scale += 1 }
    // A picture of one row stays one.
    self.scale = min(scale, rows, columns)
    (height, width) = (rows / self.scale, columns / self.scale)
    let (width, height, step) = (width, height, self.scale)
    pixels = [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      page.read { (source: UnsafeBufferPointer<UInt8>) in
        let out = out.baseAddress!
        let source = source.baseAddress!
        let band = 64
        ThreadPool.shared.run((height + band - 1) / band) { piece in
          for y in piece * band..<min(height, (piece + 1) * band) {
            let line = out + y * width
            if step == 1 {
              let from = source + y * columns * channels
              if channels == 1 {
                line.update(from: from, count: width)
              } else {
                for x in 0..<width { line[x] = UInt8(truncatingIfNeeded: GreyPlane.luma(from + 3 * x) >> 16) }
              }
              continue
            }
            for x in 0..<width {
              var sum: UInt64 = 0
              for row in y * step..<(y + 1) * step {
                let from = source + (row * columns + x * step) * channels
                for i in 0..<step {
                  sum += channels == 1 ? UInt64(from[i]) << 16 : UInt64(GreyPlane.luma(from + 3 * i))
                }
              }
              line[x] = UInt8(truncatingIfNeeded: (sum / UInt64(step * step)) >> 16)
            }
          }
        }
      }
      count = width * height
    }
  }

  @inline(__always)
  private static func luma(_ pixel: UnsafePointer<UInt8>) -> UInt32 {
    19595 * UInt32(pixel[0]) + 38470 * UInt32(pixel[1]) + 7471 * UInt32(pixel[2]) + 32768
  }

  /// How many pixels have each value.
  func histogram() -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for value in pixels { counts[Int(value)] += 1 }
    return counts
  }

  mutating func invert() {
    pixels.withUnsafeMutableBufferPointer { pixels in for i in pixels.indices { pixels[i] = 255 - pixels[i] } }
  }

  /// Each pixel the mean of the nine around it.
  func smoothed() -> GreyPlane {
    guard width > 2, height > 2 else { return self }
    var result = self
    pixels.withUnsafeBufferPointer { source in
      result.pixels.withUnsafeMutableBufferPointer { out in
        for y in 1..<height - 1 {
          for x in 1..<width - 1 {
            let i = y * width + x
            var sum = 0
            for j in [i - width, i, i + width] { sum += Int(source[j - 1]) + Int(source[j]) + Int(source[j + 1]) }
            out[i] = UInt8(sum / 9)
          }
        }
      }
    }
    return result
  }

  /// How far neighbours lie apart where there is nothing but noise: the standard deviation behind the median of their
  /// differences.
  func noise() -> Float {
    guard width > 1 else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    var total = 0
    pixels.withUnsafeBufferPointer { pixels in
      for y in stride(from: 0, to: height, by: 7) {
        for x in 1..<width {
          counts[abs(Int(pixels[y * width + x]) - Int(pixels[y * width + x - 1]))] += 1
        }
        total += width - 1
      }
    }
    var below = 0
    for (difference, count) in counts.enumerated() {
      below += count
      if 2 * below >= total { return Float(difference) / (0.6745 * 1.4142) }
    }
    return 0
  }
}

/// The value that parts a histogram into two classes: `isDark` is a value of at most `threshold`.
///
/// - Source: Otsu 1979, doi:10.1109/TSMC.1979.4310076.
struct TwoClasses {
  let threshold: Int
  /// The part of all pixels that is dark.
  let darkPart: Float
  let darkMean: Float
  let brightMean: Float

  init(_ histogram: [Int]) {
    let total = Double(histogram.reduce(0, +))
    let sum = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var (best, bestSpread) = (0, -1.0)
    var (count, partial) = (0.0, 0.0)
    var (darkPart, darkMean, brightMean) = (0.0, 0.0, 255.0)
    for value in 0..<histogram.count {
      count += Double(histogram[value])
      partial += Double(value * histogram[value])
      guard count > 0, count < total else { continue }
      let (dark, bright) = (partial / count, (sum - partial) / (total - count))
      let spread = count * (total - count) * (bright - dark) * (bright - dark)
      if spread > bestSpread {
        (best, bestSpread) = (value, spread)
        (darkPart, darkMean, brightMean) = (count / total, dark, bright)
      }
    }
    threshold = best
    (self.darkPart, self.darkMean, self.brightMean) = (Float(darkPart), Float(darkMean), Float(brightMean))
  }
}

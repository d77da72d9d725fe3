import HebbArrays

/// A picture of one channel in floats, grey levels 0 to 255.
struct TonePlane {
  let height: Int
  let width: Int
  var values: [Float]

  init(height: Int, width: Int, values: [Float]) {
    self.height = height
    self.width = width
    self.values = values
  }

  init(_ picture: NDArray) {
    self.init(
      height: picture.shape[0], width: picture.shape[1],
      values: picture.read { (pixels: UnsafeBufferPointer<UInt8>) in pixels.map(Float.init) })
  }

  /// Rounded to `uint8` `[height, width, 1]`.
  var picture: NDArray {
    values.withUnsafeBufferPointer { values in
      NDArray(shape: [height, width, 1]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for i in 0..<out.count { out[i] = UInt8(min(max(values[i], 0), 255) + 0.5) }
      }
    }
  }

  /// A neighbour of a pixel and its weight.
  struct Tap {
    let dx: Int
    let dy: Int
    let weight: Float
  }

  /// Each pixel the weighted sum of its neighbours; beyond the border stands the border.
  func gathered(_ taps: [Tap]) -> TonePlane {
    var sums = [Float](repeating: 0, count: values.count)
    let (height, width) = (height, width)
    values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        for y in 0..<height {
          let row = y * width
          for tap in taps {
            let from = min(max(y + tap.dy, 0), height - 1) * width
            let first = min(max(-tap.dx, 0), width)
            let last = max(first, min(width - tap.dx, width))
            for x in 0..<first { sums[row + x] += tap.weight * values[from] }
            for x in first..<last { sums[row + x] += tap.weight * values[from + x + tap.dx] }
            for x in last..<width { sums[row + x] += tap.weight * values[from + width - 1] }
          }
        }
      }
    }
    return TonePlane(height: height, width: width, values: sums)
  }

  /// Blurred by a Gaussian of this standard deviation in pixels.
  func blurred(_ deviation: Float) -> TonePlane {
    let radius = Int((2.5 * deviation).rounded(.up))
    guard radius > 0, deviation > 0.05 else { return self }
    let weights = (-radius...radius).map { i in
      Float(Mathematics.exp(-0.5 * (Double(i) / Double(deviation)) * (Double(i) / Double(deviation))))
    }
    let total = weights.reduce(0, +)
    let steps = zip(-radius...radius, weights)
    return gathered(steps.map { Tap(dx: $0, dy: 0, weight: $1 / total) })
      .gathered(steps.map { Tap(dx: 0, dy: $0, weight: $1 / total) })
  }

  /// Blurred along a line of this length in pixels.
  func moved(_ length: Float, angle: Float) -> TonePlane {
    let count = max(2, Int(length.rounded(.up)) + 1)
    let (cos, sin) = (Float(Mathematics.cos(Double(angle))), Float(Mathematics.sin(Double(angle))))
    return gathered(
      (0..<count).map { i in
        let along = length * (Float(i) / Float(count - 1) - 0.5)
        return Tap(dx: Int((along * cos).rounded()), dy: Int((along * sin).rounded()), weight: 1 / Float(count))
      })
  }

  /// In another size, each pixel between its four nearest.
  func resampled(height newHeight: Int, width newWidth: Int) -> TonePlane {
    var out = [Float](repeating: 0, count: newHeight * newWidth)
    let columns = Self.places(from: width, to: newWidth)
    let rows = Self.places(from: height, to: newHeight)
    let width = width
    values.withUnsafeBufferPointer { values in
      out.withUnsafeMutableBufferPointer { out in
        for (y, row) in rows.enumerated() {
          let (top, bottom) = (row.low * width, row.high * width)
          for x in 0..<newWidth {
            let column = columns[x]
            let above =
              values[top + column.low] + column.part * (values[top + column.high] - values[top + column.low])
            let below =
              values[bottom + column.low] + column.part * (values[bottom + column.high] - values[bottom + column.low])
            out[y * newWidth + x] = above + row.part * (below - above)
          }
        }
      }
    }
    return TonePlane(height: newHeight, width: newWidth, values: out)
  }

  private static func places(from old: Int, to new: Int) -> [(low: Int, high: Int, part: Float)] {
    let scale = Float(old) / Float(new)
    return (0..<new).map { i in
      let place = min(max((Float(i) + 0.5) * scale - 0.5, 0), Float(old - 1))
      let low = Int(place)
      return (low, min(low + 1, old - 1), place - Float(low))
    }
  }
}

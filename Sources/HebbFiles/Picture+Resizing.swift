import HebbArrays

extension Picture {
  /// The picture in another size: each new pixel is the mean of the area that it covers where the picture shrinks, and lies
  /// between its two neighbours where it grows, each axis by itself.
  ///
  /// - Shape: `uint8` `[height, width, channels]` → `[newHeight, newWidth, channels]`
  public static func resized(_ picture: NDArray, height: Int, width: Int) -> NDArray {
    requirePicture(picture)
    require(height > 0 && width > 0, "a picture cannot have \(height) × \(width) pixels")
    let shape = picture.shape
    guard shape[0] != height || shape[1] != width else { return picture }
    let columns = taps(from: shape[1], to: width)
    let rows = taps(from: shape[0], to: height)
    let channels = shape[2]
    var narrow = [Float](repeating: 0, count: shape[0] * width * channels)
    picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      for y in 0..<shape[0] {
        for (x, tap) in columns.enumerated() {
          for c in 0..<channels {
            var sum: Float = 0
            for (i, weight) in tap.weights.enumerated() {
              sum += weight * Float(pixels[(y * shape[1] + tap.first + i) * channels + c])
            }
            narrow[(y * width + x) * channels + c] = sum
          }
        }
      }
    }
    let line = width * channels
    return NDArray(shape: [height, width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      for (y, tap) in rows.enumerated() {
        for x in 0..<line {
          var sum: Float = 0
          for (i, weight) in tap.weights.enumerated() { sum += weight * narrow[(tap.first + i) * line + x] }
          out[y * line + x] = UInt8(min(max(sum + 0.5, 0), 255))
        }
      }
    }
  }

  /// The old pixels from `first` on that make a new one.
  private struct Tap {
    let first: Int
    let weights: [Float]
  }

  private static func taps(from old: Int, to new: Int) -> [Tap] {
    let scale = Double(old) / Double(new)
    return (0..<new).map { index in
      if scale > 1 {
        let start = Double(index) * scale
        let end = min(start + scale, Double(old))
        let first = Int(start)
        let last = max(first, min(old - 1, Int(end.rounded(.up)) - 1))
        let covered = (first...last).map { min(end, Double($0 + 1)) - max(start, Double($0)) }
        let total = covered.reduce(0, +)
        return Tap(first: first, weights: covered.map { Float($0 / total) })
      }
      let centre = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(old - 1))
      let first = min(Int(centre), max(0, old - 2))
      guard old > 1 else { return Tap(first: 0, weights: [1]) }
      let part = Float(centre - Double(first))
      return Tap(first: first, weights: [1 - part, part])
    }
  }

  /// The picture in grey: luma after ITU-R BT.601, as in the Python Imaging Library.
  ///
  /// - Shape: `uint8` `[height, width, 1 or 3]` → `[height, width, 1]`
  public static func grey(_ picture: NDArray) -> NDArray {
    requirePicture(picture)
    guard picture.shape[2] == 3 else { return picture }
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [picture.shape[0], picture.shape[1], 1]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for i in out.indices {
          let (red, green, blue) = (UInt32(pixels[3 * i]), UInt32(pixels[3 * i + 1]), UInt32(pixels[3 * i + 2]))
          out[i] = UInt8((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16)
        }
      }
    }
  }

  /// The picture with one channel or with three.
  public static func picture(_ picture: NDArray, channels: Int) -> NDArray {
    requirePicture(picture)
    require(channels == 1 || channels == 3, "a picture cannot have \(channels) channels")
    guard channels != picture.shape[2] else { return picture }
    guard channels == 3 else { return grey(picture) }
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [picture.shape[0], picture.shape[1], 3]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for i in out.indices { out[i] = pixels[i / 3] }
      }
    }
  }
}

import HebbArrays

/// How a picture comes to another size without being distorted.
public enum PictureFit: Sendable, Hashable {
  /// All of it is kept: its longer side is scaled to fit, and what is left on both sides of the shorter one is filled with
  /// the colour of its border.
  case pad
  /// As much as fits of its middle is kept: its shorter side is scaled to fit, and the longer one is cut on both sides.
  case crop
}

extension Picture {
  /// The picture in another size, its proportions kept, in the middle of the new one. A picture of that size stays as it is.
  ///
  /// - Shape: `uint8` `[height, width, channels]` → `[newHeight, newWidth, channels]`
  public static func fitted(_ picture: NDArray, height: Int, width: Int, by fit: PictureFit) -> NDArray {
    requirePicture(picture)
    require(height > 0 && width > 0, "a picture cannot have \(height) × \(width) pixels")
    let (oldHeight, oldWidth) = (picture.shape[0], picture.shape[1])
    switch fit {
    case .crop:
      // The part of the old picture that has the new one's proportions; cut before it is scaled.
      let rows = min(oldHeight, max(1, rounded(oldWidth, times: height, over: width)))
      let columns = min(oldWidth, max(1, rounded(oldHeight, times: width, over: height)))
      let part = placed(
        picture, at: ((rows - oldHeight) / 2, (columns - oldWidth) / 2), height: rows, width: columns, fill: [])
      return resized(part, height: height, width: width)
    case .pad:
      let rows = min(height, max(1, rounded(oldHeight, times: width, over: oldWidth)))
      let columns = min(width, max(1, rounded(oldWidth, times: height, over: oldHeight)))
      let part = resized(picture, height: rows, width: columns)
      guard rows < height || columns < width else { return part }
      return placed(
        part, at: ((height - rows) / 2, (width - columns) / 2), height: height, width: width,
        fill: borderColor(of: picture))
    }
  }

  private static func rounded(_ number: Int, times factor: Int, over divisor: Int) -> Int {
    Int((Double(number) * Double(factor) / Double(divisor)).rounded())
  }

  /// A picture laid on a canvas of another size; a negative place cuts it.
  package static func placed(
    _ picture: NDArray, at place: (row: Int, column: Int), height: Int, width: Int, fill: [UInt8]
  ) -> NDArray {
    let (oldHeight, oldWidth, channels) = (picture.shape[0], picture.shape[1], picture.shape[2])
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: [height, width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
        for y in 0..<height {
          for x in 0..<width {
            let (row, column) = (y - place.row, x - place.column)
            let isInside = row >= 0 && row < oldHeight && column >= 0 && column < oldWidth
            for c in 0..<channels {
              out[(y * width + x) * channels + c] =
                isInside ? pixels[(row * oldWidth + column) * channels + c] : fill[c]
            }
          }
        }
      }
    }
  }

  /// The colour of a picture's background: of each channel the median over the outermost pixels.
  package static func borderColor(of picture: NDArray) -> [UInt8] {
    let (height, width, channels) = (picture.shape[0], picture.shape[1], picture.shape[2])
    var counts = [Int](repeating: 0, count: 256 * channels)
    var total = 0
    picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      func count(_ row: Int, _ column: Int) {
        for c in 0..<channels { counts[256 * c + Int(pixels[(row * width + column) * channels + c])] += 1 }
        total += 1
      }
      for column in 0..<width { for row in Set([0, height - 1]) { count(row, column) } }
      for row in 0..<height { for column in Set([0, width - 1]) { count(row, column) } }
    }
    return (0..<channels).map { c in
      var below = 0
      for value in 0..<256 {
        below += counts[256 * c + value]
        if 2 * below >= total { return UInt8(value) }
      }
      return 255
    }
  }
}

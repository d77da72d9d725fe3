import HebbArrays

/// Turns a picture about its centre by a random angle; in between pixels the value is interpolated.
///
/// - Shape: `[height, width, channels]` → the same.
public struct Rotation: Augmentation {
  /// The largest angle, in degrees, either way.
  public let degrees: Float
  /// What lies outside of the picture.
  public let fill: Float

  /// Angles up to `degrees` either way; what lies outside of the picture is `fill`.
  public init(degrees: Float, fill: Float = 0) {
    self.degrees = degrees
    self.fill = fill
  }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    let (height, width, _) = pictureShape(sample)
    let angle = Double(random.number(in: -degrees...degrees)) * (Double.pi / 180)
    let (sine, cosine) = (Float(Mathematics.sin(angle)), Float(Mathematics.cos(angle)))
    let (middleRow, middleColumn) = (Float(height - 1) / 2, Float(width - 1) / 2)
    return resampled(sample, fill: fill) { row, column in
      let (down, right) = (row - middleRow, column - middleColumn)
      return (middleRow + down * cosine - right * sine, middleColumn + down * sine + right * cosine)
    }
  }
}

/// Moves a picture by a random distance; in between pixels the value is interpolated.
///
/// - Shape: `[height, width, channels]` → the same.
public struct Shift: Augmentation {
  /// The largest distance along each axis, as a fraction of the picture's extent, either way.
  public let fraction: Float
  /// What lies outside of the picture.
  public let fill: Float

  /// Distances up to `fraction` of the extent either way; what lies outside of the picture is `fill`.
  public init(fraction: Float, fill: Float = 0) {
    self.fraction = fraction
    self.fill = fill
  }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    let (height, width, _) = pictureShape(sample)
    let down = random.number(in: -fraction...fraction) * Float(height)
    let right = random.number(in: -fraction...fraction) * Float(width)
    return resampled(sample, fill: fill) { row, column in (row - down, column - right) }
  }
}

/// A picture whose pixels are taken from other places of the old one, bilinearly between the four nearest.
private func resampled(
  _ sample: NDArray, fill: Float, from place: (_ row: Float, _ column: Float) -> (row: Float, column: Float)
) -> NDArray {
  let (height, width, channels) = pictureShape(sample)
  return sample.read { (x: UnsafeBufferPointer<Float>) in
    func pixel(_ row: Int, _ column: Int, _ channel: Int) -> Float {
      guard row >= 0, row < height, column >= 0, column < width else { return fill }
      return x[(row * width + column) * channels + channel]
    }
    return NDArray(shape: sample.shape) { (y: UnsafeMutableBufferPointer<Float>) in
      for row in 0..<height {
        for column in 0..<width {
          let from = place(Float(row), Float(column))
          // Added so that cutting the fraction off rounds down; places further out are all fill.
          let top = Int(min(max(from.row, -2), Float(height) + 1) + 4) - 4
          let left = Int(min(max(from.column, -2), Float(width) + 1) + 4) - 4
          let (low, near) = (from.row - Float(top), from.column - Float(left))
          for c in 0..<channels {
            let above = pixel(top, left, c) * (1 - near) + pixel(top, left + 1, c) * near
            let below = pixel(top + 1, left, c) * (1 - near) + pixel(top + 1, left + 1, c) * near
            y[(row * width + column) * channels + c] = above * (1 - low) + below * low
          }
        }
      }
    }
  }
}

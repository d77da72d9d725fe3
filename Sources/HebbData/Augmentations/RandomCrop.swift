import HebbArrays

/// Pads a picture on all sides and cuts a piece of the old size out of it at random.
///
/// - Shape: `[height, width, channels]` → the same.
public struct RandomCrop: Augmentation {
  /// How many pixels are added on each side.
  public let padding: Int
  /// What they hold.
  public let fill: Float

  /// A frame of `padding` pixels, 0 or more, filled with `fill`.
  public init(padding: Int, fill: Float = 0) {
    require(padding >= 0, "a padding of \(padding) pixels")
    self.padding = padding
    self.fill = fill
  }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    let (height, width, channels) = pictureShape(sample)
    let down = random.index(below: 2 * padding + 1) - padding
    let right = random.index(below: 2 * padding + 1) - padding
    return sample.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: sample.shape) { (y: UnsafeMutableBufferPointer<Float>) in
        y.update(repeating: fill)
        for row in max(0, -down)..<max(max(0, -down), min(height, height - down)) {
          for column in max(0, -right)..<max(max(0, -right), min(width, width - right)) {
            let from = ((row + down) * width + column + right) * channels
            for c in 0..<channels { y[(row * width + column) * channels + c] = x[from + c] }
          }
        }
      }
    }
  }
}

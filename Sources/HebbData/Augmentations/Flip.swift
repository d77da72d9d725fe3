import HebbArrays

/// Mirrors a picture left to right, with a probability.
///
/// - Shape: `[height, width, channels]` → the same.
public struct Flip: Augmentation {
  /// The share of pictures that is mirrored, from 0 to 1.
  public let probability: Float

  /// Flips this share of the pictures, from 0 to 1.
  public init(probability: Float = 0.5) { self.probability = probability }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    let (_, width, channels) = pictureShape(sample)
    guard random.fraction() < probability else { return sample }
    return sample.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: sample.shape) { (y: UnsafeMutableBufferPointer<Float>) in
        for row in stride(from: 0, to: x.count, by: width * channels) {
          for column in 0..<width {
            for c in 0..<channels { y[row + column * channels + c] = x[row + (width - 1 - column) * channels + c] }
          }
        }
      }
    }
  }
}

/// Height, width and channels of a sample that must be a picture.
func pictureShape(_ sample: NDArray) -> (height: Int, width: Int, channels: Int) {
  require(sample.rank == 3, "a picture is [height, width, channels], not \(sample.shape)")
  return (sample.shape[0], sample.shape[1], sample.shape[2])
}

import HebbArrays

/// Covers a square at a random place, so that a network does not rely on one part of a picture. The square's centre lies
/// in the picture; what reaches beyond it is cut.
///
/// - Shape: `[height, width, channels]` → the same.
/// - Source: DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout",
///   arXiv:1708.04552.
public struct CutOut: Augmentation {
  /// The square's side in pixels.
  public let side: Int
  /// What it holds.
  public let fill: Float

  /// A square of `side` pixels, 0 or more.
  public init(side: Int, fill: Float = 0) {
    require(side >= 0, "a square of side \(side)")
    self.side = side
    self.fill = fill
  }

  public func callAsFunction(_ sample: NDArray, using random: inout Philox) -> NDArray {
    let (height, width, channels) = pictureShape(sample)
    let top = random.index(below: height) - side / 2
    let left = random.index(below: width) - side / 2
    var changed = sample
    changed.mutate { (y: UnsafeMutableBufferPointer<Float>) in
      for row in max(0, top)..<max(0, min(height, top + side)) {
        for column in max(0, left)..<max(0, min(width, left + side)) {
          for c in 0..<channels { y[(row * width + column) * channels + c] = fill }
        }
      }
    }
    return changed
  }
}

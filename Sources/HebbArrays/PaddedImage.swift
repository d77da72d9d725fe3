/// One picture with zeros around it, in memory that stays in the caches.
struct PaddedImage {
  let height: Int, width: Int, channels: Int
  private let above: Int, left: Int
  private let scratch: Scratch

  /// Room for a picture of `inner` pixels with the given zeros around it; negative ones crop.
  init(inner: Pair, above: Int, below: Int, left: Int, right: Int, channels: Int) {
    height = inner.height + above + below
    width = inner.width + left + right
    (self.above, self.left, self.channels) = (above, left, channels)
    scratch = Scratch(height * width * channels)
    scratch.floats.update(repeating: 0, count: height * width * channels)
  }

  var floats: UnsafeMutablePointer<Float> { scratch.floats }
  /// Floats from one row to the next.
  var row: Int { width * channels }

  /// Copies a picture of `inner` pixels to its place; the zeros around it stay.
  func fill(from picture: UnsafePointer<Float>, _ inner: Pair) {
    let first = max(0, -left)
    let last = min(inner.width, width - left)
    guard first < last else { return }
    for i in max(0, -above)..<max(0, -above, min(inner.height, height - above)) {
      let target = floats + ((i + above) * width + first + left) * channels
      target.update(from: picture + (i * inner.width + first) * channels, count: (last - first) * channels)
    }
  }
}

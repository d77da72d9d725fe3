/// Where ink lies, in pixels from a canvas' top left corner.
struct InkBox {
  var left: Float
  var top: Float
  var right: Float
  var bottom: Float

  mutating func formUnion(_ other: InkBox) {
    left = min(left, other.left)
    top = min(top, other.top)
    right = max(right, other.right)
    bottom = max(bottom, other.bottom)
  }

  /// The part of it on a canvas of this size; `nil` where that is empty.
  func clipped(height: Int, width: Int) -> InkBox? {
    let part = InkBox(
      left: max(left, 0), top: max(top, 0), right: min(right, Float(width)), bottom: min(bottom, Float(height)))
    return part.left < part.right && part.top < part.bottom ? part : nil
  }
}

/// How much of each pixel is covered by ink, 0 to 255, row by row.
struct InkCanvas {
  let height: Int
  let width: Int
  var coverage: [UInt8]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    coverage = [UInt8](repeating: 0, count: height * width)
  }
}

extension InkCanvas {
  /// Covers a rectangle; pixels at its border as much as it covers of them.
  mutating func fill(left: Float, top: Float, right: Float, bottom: Float) {
    let (left, top) = (max(left, 0), max(top, 0))
    let (right, bottom) = (min(right, Float(width)), min(bottom, Float(height)))
    guard left < right, top < bottom else { return }
    for y in Int(top)..<Int(bottom.rounded(.up)) {
      let rowShare = min(Float(y + 1), bottom) - max(Float(y), top)
      for x in Int(left)..<Int(right.rounded(.up)) {
        let share = rowShare * (min(Float(x + 1), right) - max(Float(x), left))
        coverage[y * width + x] = max(coverage[y * width + x], UInt8(min(share * 255 + 0.5, 255)))
      }
    }
  }
}

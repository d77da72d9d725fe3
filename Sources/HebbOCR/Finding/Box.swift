/// A rectangle in a picture or in a turned frame; the right and lower ends lie outside.
struct Box: Hashable {
  var left: Float
  var top: Float
  var right: Float
  var bottom: Float

  var width: Float { right - left }
  var height: Float { bottom - top }
  var centreX: Float { (left + right) / 2 }
  var centreY: Float { (top + bottom) / 2 }
  var area: Float { width * height }

  func joined(with other: Box) -> Box {
    Box(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  /// How much of the vertical range both have in common; negative where a gap lies between.
  func sharedHeight(with other: Box) -> Float { min(bottom, other.bottom) - max(top, other.top) }

  func sharedWidth(with other: Box) -> Float { min(right, other.right) - max(left, other.left) }

  func grown(_ x: Float, _ y: Float) -> Box { Box(left: left - x, top: top - y, right: right + x, bottom: bottom + y) }

  func contains(_ x: Float, _ y: Float) -> Bool { x >= left && x < right && y >= top && y < bottom }
}

extension Sequence where Element == Box {
  /// The smallest box around all of them; `nil` where there are none.
  func enclosing() -> Box? { reduce(nil) { $0?.joined(with: $1) ?? $1 } }
}

extension [Float] {
  /// The value below which this part of the numbers lies; the numbers need no order.
  func quantile(_ part: Float) -> Float {
    guard !isEmpty else { return 0 }
    return sorted()[Swift.min(count - 1, Int(Float(count) * part))]
  }

  var median: Float { quantile(0.5) }
}

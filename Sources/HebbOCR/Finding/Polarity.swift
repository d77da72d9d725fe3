/// Whether a page's text is brighter than its paper.
enum Polarity {
  /// Paper is what most of a place is made of: in every square of the page the median is held against the middle between the
  /// darkest and the brightest; squares vote with their contrast. So neither shadows nor pictures decide.
  static func isDark(_ plane: GreyPlane) -> Bool {
    let side = 48
    var vote: Float = 0
    plane.pixels.withUnsafeBufferPointer { pixels in
      var counts = [Int](repeating: 0, count: 64)
      for y0 in stride(from: 0, to: plane.height, by: side) {
        for x0 in stride(from: 0, to: plane.width, by: side) {
          let (y1, x1) = (min(plane.height, y0 + side), min(plane.width, x0 + side))
          for i in counts.indices { counts[i] = 0 }
          for y in y0..<y1 { for x in x0..<x1 { counts[Int(pixels[y * plane.width + x] >> 2)] += 1 } }
          let total = (y1 - y0) * (x1 - x0)
          let (low, middle, high) = (
            value(counts, total / 50), value(counts, total / 2), value(counts, total - total / 50)
          )
          let contrast = high - low
          guard contrast >= 24 else { continue }
          let lean = middle - (low + high) / 2
          if abs(lean) > 0.1 * contrast { vote += (lean > 0 ? 1 : -1) * contrast * Float(total) }
        }
      }
    }
    if vote != 0 { return vote < 0 }
    let classes = TwoClasses(plane.histogram())
    return classes.brightMean > classes.darkMean + 8 && classes.darkPart > 0.5
  }

  private static func value(_ counts: [Int], _ rank: Int) -> Float {
    var below = 0
    for (value, count) in counts.enumerated() {
      below += count
      if below > rank { return Float(value * 4) }
    }
    return 252
  }
}

import HebbArrays

/// The angle at which lines lie on a page, by projection: seen along the lines, the lower ends of letters fall on few places.
///
/// For every angle the components' lower and upper edges are projected on the axis across the lines and counted in bins;
/// the angle with the largest sum of squared counts wins. Angles are tried coarsely first, then finely around the best.
///
/// - Source: Postl 1986 (the simulated skew scan); Baird 1987 (projection of components' lower edges).
struct SkewEstimate {
  static let limit = 15.0

  /// The points that are projected: the middles of the lower and of the upper edges of letters.
  private let points: [(x: Float, y: Float, isLower: Bool)]
  private let size: Float
  /// Upright strips of the page, each projected by itself: columns whose lines are not level with each other would
  /// otherwise be tilted until they are.
  private let strips: Int
  private let left: Float
  private let stripWidth: Float

  init(_ boxes: [Box], size: Float) {
    let letters = boxes.filter { $0.height > 0.5 * size && $0.height < 2 * size && $0.width < 4 * size }
    let step = max(1, letters.count / 3000)
    points = stride(from: 0, to: letters.count, by: step).flatMap { i -> [(x: Float, y: Float, isLower: Bool)] in
      [(letters[i].centreX, letters[i].bottom, true), (letters[i].centreX, letters[i].top, false)]
    }
    self.size = size
    strips = max(1, min(4, letters.count / 100))
    left = points.map(\.x).min() ?? 0
    stripWidth = max(1, ((points.map(\.x).max() ?? 0) - left) / Float(strips))
  }

  /// In degrees, clockwise; 0 where too little tells of another.
  func angle() -> Double {
    guard points.count >= 16 else { return 0 }
    let (low, high) = (points.map(\.x).min()!, points.map(\.x).max()!)
    let extent = Double(max(high - low, size))
    // A step moves the far end by a quarter of a letter.
    let coarse = max(0.05, min(0.5, 14 * Double(size) / extent))
    var (best, bestScore) = (0.0, score(0, bin: size / 3, strips: strips))
    let level = bestScore
    for i in 1...Int(SkewEstimate.limit / coarse) {
      for angle in [Double(i) * coarse, -Double(i) * coarse] {
        let value = score(angle, bin: size / 3, strips: strips)
        if value > bestScore { (best, bestScore) = (angle, value) }
      }
    }
    // A few letters line up by chance.
    if bestScore <= level * (points.count < 200 ? 1.2 : 1.04) {
      guard points.count >= 200 else { return 0 }
      best = 0
    }
    // The strips say where about, the whole width how much.
    best = finest(around: best, reach: coarse, strips: strips)
    if strips > 1 { best = finest(around: best, reach: 0.35, strips: 1) }
    // What lies level to the pixel is not turned.
    let bin = max(1, size / 10)
    if abs(best) < 0.35, score(0, bin: bin, strips: strips) > 0.97 * score(best, bin: bin, strips: strips) { return 0 }
    return abs(best) < 0.03 || abs(best) > SkewEstimate.limit ? 0 : best
  }

  /// The best angle near another; the middle of those that are nearly as good.
  private func finest(around rough: Double, reach: Double, strips: Int) -> Double {
    let bin = max(1, size / 10)
    let angles = (-24...24).map { rough + Double($0) * reach / 24 }
    let scores = angles.map { score($0, bin: bin, strips: strips) }
    let best = scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) }!
    // What is as good further away is another way of lining up.
    var (first, last) = (best, best)
    while first > 0, scores[first - 1] > 0.97 * scores[best] { first -= 1 }
    while last + 1 < scores.count, scores[last + 1] > 0.97 * scores[best] { last += 1 }
    return (angles[first] + angles[last]) / 2
  }

  private func score(_ angle: Double, bin: Float, strips: Int) -> Float {
    let radians = angle * .pi / 180
    let (c, s) = (Float(Mathematics.cos(radians)), Float(Mathematics.sin(radians)))
    var (low, high) = (Float.infinity, -Float.infinity)
    for point in points {
      let v = c * point.y - s * point.x
      (low, high) = (min(low, v), max(high, v))
    }
    let count = Int((high - low) / bin) + 3
    var sum: Float = 0
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * strips * count) { bins in
      bins.initialize(repeating: 0)
      for point in points {
        let place = (c * point.y - s * point.x - low) / bin
        let first = Int(place)
        let part = place - Float(first)
        let strip = min(strips - 1, Int((point.x - left) / stripWidth))
        let offset = (point.isLower ? 2 * strip : 2 * strip + 1) * count
        bins[offset + first] += 1 - part
        bins[offset + first + 1] += part
      }
      for value in bins { sum += value * value }
    }
    return sum
  }
}

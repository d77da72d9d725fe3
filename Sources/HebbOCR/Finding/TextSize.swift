import HebbArrays

/// How large most of a page's text is.
enum TextSize {
  /// The most frequent size, where a size counts as much as the area of so many pixels of stroke: to the power of 1.5, so
  /// that specks do not outweigh letters. Sizes are counted by eighths of an octave.
  static func estimate(_ sizes: [Float]) -> Float? {
    guard !sizes.isEmpty else { return nil }
    let bins = 8 * 16
    var weights = [Float](repeating: 0, count: bins)
    var counts = [Int](repeating: 0, count: bins)
    func bin(_ size: Float) -> Int {
      max(0, min(bins - 1, Int(8 * Float(Mathematics.log(Double(size)) / 0.6931471805599453))))
    }
    for size in sizes {
      weights[bin(size)] += size * size.squareRoot()
      counts[bin(size)] += 1
    }
    func smooth(_ i: Int) -> Float {
      (weights[max(0, i - 2)] + 2 * weights[max(0, i - 1)] + 3 * weights[i] + 2 * weights[min(bins - 1, i + 1)]
        + weights[min(bins - 1, i + 2)])
    }
    func crowd(_ i: Int) -> Int { counts[max(0, i - 2)...min(bins - 1, i + 2)].reduce(0, +) }
    let needed = (0..<bins).contains { crowd($0) >= 3 } ? 3 : 1
    var best = -1
    for i in 0..<bins where crowd(i) >= needed && (best < 0 || smooth(i) > smooth(best)) { best = i }
    guard best >= 0 else { return nil }
    return sizes.filter { abs(bin($0) - best) <= 2 }.median
  }
}

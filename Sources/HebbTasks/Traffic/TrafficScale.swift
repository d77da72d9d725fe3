import Hebb

/// The mean of every node, and the spread of all nodes around theirs.
struct TrafficScale {
  let means: [Float]
  let spread: Float

  init(means: [Float], spread: Float) { (self.means, self.spread) = (means, spread) }

  /// - Parameter values: steps × nodes; NaN is left out. The mean of all stands for that of a node without values.
  init(_ values: ArraySlice<Float>, nodes: Int) {
    var sums = [Double](repeating: 0, count: nodes), counts = sums
    for (place, value) in values.enumerated() where !value.isNaN {
      sums[place % nodes] += Double(value)
      counts[place % nodes] += 1
    }
    let whole = sums.reduce(0, +) / max(1, counts.reduce(0, +))
    let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : whole }
    var squares = 0.0
    for (place, value) in values.enumerated() where !value.isNaN {
      let error = Double(value) - means[place % nodes]
      squares += error * error
    }
    let spread = (squares / max(1, counts.reduce(0, +))).squareRoot()
    self.init(means: means.map { Float($0) }, spread: spread > 0 ? Float(spread) : 1)
  }

  /// (x − mean of the node) / spread
  func standardised(_ values: [Float]) -> [Float] {
    values.enumerated().map { ($1 - means[$0 % means.count]) / spread }
  }

  func inUnits(_ values: [Float]) -> [Float] { values.enumerated().map { $1 * spread + means[$0 % means.count] } }

  /// Where a value is missing, the last that is known of the node; its mean before the first.
  func filled(_ values: [Float]) -> [Float] {
    var result = values
    for place in result.indices where result[place].isNaN {
      result[place] = place >= means.count ? result[place - means.count] : means[place]
    }
    return result
  }
}

import HebbArrays

/// What a map says of samples: names and meanings as in MiniSom.
extension SelfOrganizingMap {
  /// The distances of all units to one sample: `[rows, columns]`.
  public func activate(_ sample: NDArray) throws(RuleError) -> NDArray {
    let x = try checked(sample.reshaped([1, sample.count]))
    let all = winners(x, depth: grid.count)
    return NDArray(shape: [grid.rows, grid.columns]) { (out: UnsafeMutableBufferPointer<Float>) in
      for (unit, distance) in zip(all.units, all.distances) { out[Int(unit)] = distance }
    }
  }

  /// The number i · columns + j of each sample's unit.
  public func predict(_ x: NDArray) throws(RuleError) -> [Int] { winners(try checked(x)).units.map(Int.init) }

  /// Row and column of one sample's unit.
  public func winner(_ sample: NDArray) throws(RuleError) -> (row: Int, column: Int) {
    let unit = try predict(sample.reshaped([1, sample.count]))[0]
    return (unit / grid.columns, unit % grid.columns)
  }

  /// The weights of each sample's unit, the nearest by Euclid: `[samples, features]`.
  public func quantization(_ x: NDArray) throws(RuleError) -> NDArray {
    units.gathered(rows: NDArray(winners(try checked(x), by: .euclidean).units))
  }

  /// The mean Euclidean distance of the samples to their units.
  public func quantizationError(of x: NDArray) throws(RuleError) -> Double {
    winners(try checked(x), by: .euclidean).meanDistance
  }

  /// The part of the samples whose two nearest units do not touch. 0 for a map of one unit.
  public func topographicError(of x: NDArray) throws(RuleError) -> Double {
    let x = try checked(x)
    guard grid.count > 1 else { return 0 }
    let nearest = winners(x, depth: 2, by: .euclidean).units
    let torn = (0..<x.shape[0]).filter { !grid.areNeighbors(Int(nearest[2 * $0]), Int(nearest[2 * $0 + 1])) }
    return Double(torn.count) / Double(x.shape[0])
  }

  /// Σ over samples and units of h(c, unit, σ) ‖x − w‖ with the first radius (MiniSom's `distortion_measure`).
  public func distortion(of x: NDArray) throws(RuleError) -> Double {
    let x = try checked(x)
    let found = winners(x)
    var table = MapNeighborhood.Table()
    var factors = [Float](repeating: 0, count: grid.count)
    var total = 0.0
    for row in 0..<x.shape[0] {
      let apart = (units - x[row..<row + 1]).squared().sum(axis: 1).squareRoot().elements(as: Float.self)
      factors.withUnsafeMutableBufferPointer {
        neighborhood.factors(grid, winner: Int(found.units[row]), sigma: sigma, rate: 1, into: $0, using: &table)
      }
      for unit in 0..<grid.count { total += Double(factors[unit]) * Double(apart[unit]) }
    }
    return total
  }

  /// How the distances of a unit to its neighbours are put together.
  public enum DistanceMapScaling: Sendable { case sum, mean }

  /// The U-matrix: how far each unit's weights are from its neighbours', the largest being 1: `[rows, columns]`.
  public func distanceMap(_ scaling: DistanceMapScaling = .sum) -> NDArray {
    let map = units.read { (w: UnsafeBufferPointer<Float>) in
      (0..<grid.count).map { unit -> Double in
        let neighbors = grid.neighbors(of: unit)
        let sum = neighbors.reduce(0.0) { sum, other in
          var square = 0.0
          for f in 0..<features {
            let d = Double(w[unit * features + f]) - Double(w[other * features + f])
            square += d * d
          }
          return sum + square.squareRoot()
        }
        return scaling == .sum ? sum : sum / Double(max(neighbors.count, 1))
      }
    }
    let top = map.max() ?? 0
    return NDArray(map.map { top > 0 ? Float($0 / top) : 0 }, shape: [grid.rows, grid.columns])
  }

  /// How many samples each unit wins: `[rows, columns]`.
  public func activationResponse(_ x: NDArray) throws(RuleError) -> NDArray {
    var hits = [Float](repeating: 0, count: grid.count)
    for unit in try predict(x) { hits[unit] += 1 }
    return NDArray(hits, shape: [grid.rows, grid.columns])
  }

  /// The numbers of the samples that each unit wins, by unit; units that win none are missing.
  public func winMap(_ x: NDArray) throws(RuleError) -> [Int: [Int]] {
    var map: [Int: [Int]] = [:]
    for (sample, unit) in try predict(x).enumerated() { map[unit, default: []].append(sample) }
    return map
  }

  /// How often each label comes among the samples that a unit wins, by unit.
  public func labelsMap(_ x: NDArray, labels: [Int]) throws(RuleError) -> [Int: [Int: Int]] {
    let x = try checked(x)
    try RuleSamples.checked(labels, count: x.shape[0], "the map")
    var map: [Int: [Int: Int]] = [:]
    for (unit, label) in zip(try predict(x), labels) { map[unit, default: [:]][label, default: 0] += 1 }
    return map
  }

  /// The label of each unit: the commonest of the samples that it wins, the smaller of two. A unit that wins none takes that
  /// of the unit with the nearest weights that wins some.
  public func unitLabels(_ x: NDArray, labels: [Int]) throws(RuleError) -> [Int] {
    let own = try labelsMap(x, labels: labels).mapValues { counts in
      counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    }
    let labelled = own.keys.sorted()
    let places = NDArray(labelled.map(Int32.init))
    let neighbors = SelfOrganizingMap(
      MapGrid(1, labelled.count), weights: units.gathered(rows: places).reshaped([1, labelled.count, features]))
    let nearest = neighbors.winners(units).units
    return (0..<grid.count).map { unit in own[unit] ?? own[labelled[Int(nearest[unit])]] ?? 0 }
  }

  /// The weights of one feature over the grid: `[rows, columns]`.
  public func componentPlane(_ feature: Int) -> NDArray {
    require((0..<features).contains(feature), "feature \(feature) of \(features)")
    return weights.sliced(axis: 2, from: feature, to: feature + 1).reshaped([grid.rows, grid.columns])
  }

  /// The numbers of the samples that lie furthest from their units: a part of them, at least one where `part` > 0.
  public func outliers(_ x: NDArray, part: Double = 0.05) throws(RuleError) -> [Int] {
    require(part >= 0 && part <= 1, "\(part) is not a part of the samples")
    let apart = winners(try checked(x), by: .euclidean).distances
    let count = Int((Double(apart.count) * part).rounded(.up))
    return apart.indices.sorted { (apart[$0], $1) > (apart[$1], $0) }.prefix(count).sorted()
  }
}

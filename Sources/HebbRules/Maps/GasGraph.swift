import CHebbKernels
import HebbArrays

/// The graph of a growing neural gas while it learns.
struct GasGraph {
  private(set) var weights: [Float]
  private let width: Int
  private var errors: [Double]
  /// The age of each edge, by unit and neighbour, both ways.
  private var ages: [[Int: Int]]
  private let kernel = hebb_map_metric_kernel(hebb_isa(), Int32(HEBB_SQUARED_EUCLIDEAN.rawValue))

  init(weights: [Float], width: Int, edges: [GrowingNeuralGas.Edge]) {
    (self.weights, self.width) = (weights, width)
    errors = [Double](repeating: 0, count: weights.count / width)
    ages = [[Int: Int]](repeating: [:], count: errors.count)
    for edge in edges { join(edge.first, edge.second) }
  }

  /// What a checkpoint keeps besides weights and edges: errors, and the age of each edge in their order.
  var arrays: [(name: String, value: NDArray)] {
    let ages = edges.map { Int32(clamping: self.ages[$0.first][$0.second] ?? 0) }
    return [("errors", NDArray(errors)), ("ages", NDArray(ages))]
  }

  mutating func restore(_ state: RuleState) throws(DataError) {
    let edges = edges
    errors = try state.array("errors", [count], .float64).elements()
    let kept = try state.array("ages", [edges.count], .int32).elements(as: Int32.self)
    for (edge, age) in zip(edges, kept) {
      (ages[edge.first][edge.second], ages[edge.second][edge.first]) = (Int(age), Int(age))
    }
  }

  var count: Int { errors.count }

  var edges: [GrowingNeuralGas.Edge] {
    ages.indices.flatMap { unit in
      ages[unit].keys.filter { $0 > unit }.sorted().map { GrowingNeuralGas.Edge(first: unit, second: $0) }
    }
  }

  private mutating func join(_ a: Int, _ b: Int) { (ages[a][b], ages[b][a]) = (0, 0) }
  private mutating func part(_ a: Int, _ b: Int) { (ages[a][b], ages[b][a]) = (nil, nil) }

  /// One sample.
  mutating func learn(_ x: UnsafeBufferPointer<Float>, _ growth: GrowingNeuralGas.Growth) {
    guard let x = x.baseAddress else { return }
    var distances = [Float](repeating: 0, count: count)
    let (units, width, kernel) = (count, width, kernel)
    weights.withUnsafeMutableBufferPointer { w in
      distances.withUnsafeMutableBufferPointer { d in
        var step = hebb_map_step(
          w: w.baseAddress!, features: width, x: nil, factor: nil, next: x, distance: d.baseAddress)
        kernel(&step, 0, units)
      }
    }
    var (first, second) = distances[1] < distances[0] ? (1, 0) : (0, 1)
    for unit in 2..<max(units, 2) {
      if distances[unit] < distances[first] {
        (first, second) = (unit, first)
      } else if distances[unit] < distances[second] {
        second = unit
      }
    }
    errors[first] += Double(distances[first])
    move(first, to: x, by: Float(growth.winnerRate))
    for neighbor in ages[first].keys.sorted() {
      move(neighbor, to: x, by: Float(growth.neighborRate))
      let age = (ages[first][neighbor] ?? 0) + 1
      (ages[first][neighbor], ages[neighbor][first]) = (age, age)
    }
    join(first, second)
    for neighbor in ages[first].keys.sorted() where ages[first][neighbor] ?? 0 > growth.maximumAge {
      part(first, neighbor)
    }
    removeLonely()
  }

  private mutating func move(_ unit: Int, to x: UnsafePointer<Float>, by rate: Float) {
    for i in 0..<width { weights[unit * width + i] += rate * (x[i] - weights[unit * width + i]) }
  }

  /// Units without edges go; two always stay.
  private mutating func removeLonely() {
    var unit = 0
    while unit < count {
      guard ages[unit].isEmpty, count > 2 else {
        unit += 1
        continue
      }
      let last = count - 1
      weights.removeSubrange(unit * width..<(unit + 1) * width)
      errors.remove(at: unit)
      ages.remove(at: unit)
      guard unit < last else { return }
      for other in ages.indices {
        ages[other] = Dictionary(
          uniqueKeysWithValues: ages[other].map { ($0.key > unit ? $0.key - 1 : $0.key, $0.value) })
      }
    }
  }

  /// Puts a unit between the one of the greatest error and its neighbour of the greatest error.
  mutating func grow(_ growth: GrowingNeuralGas.Growth) {
    guard let worst = errors.indices.max(by: { (errors[$0], $1) < (errors[$1], $0) }),
      let neighbor = ages[worst].keys.max(by: { (errors[$0], $1) < (errors[$1], $0) })
    else { return }
    let new = count
    for i in 0..<width { weights.append((weights[worst * width + i] + weights[neighbor * width + i]) / 2) }
    errors[worst] *= growth.split
    errors[neighbor] *= growth.split
    errors.append(errors[worst])
    ages.append([:])
    part(worst, neighbor)
    join(worst, new)
    join(neighbor, new)
  }

  mutating func forget(_ growth: GrowingNeuralGas.Growth) {
    for unit in errors.indices { errors[unit] *= growth.forgetting }
  }
}

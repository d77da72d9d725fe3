import CHebbKernels
import HebbArrays

/// The units nearest to samples.
struct MapWinners {
  /// Units by sample, the nearest first: `depth` for each.
  var units: [Int32]
  /// Their distances.
  var distances: [Float]
  let depth: Int
}

extension SelfOrganizingMap {
  /// The `depth` nearest units of each sample.
  ///
  /// Euclidean and cosine distances are one matrix product for a batch of samples; what it leaves undecided, because
  /// ‖x‖² − 2 x·w + ‖w‖² loses digits, is measured directly.
  func winners(_ x: NDArray, depth: Int = 1, by distance: MapDistance? = nil) -> MapWinners {
    let distance = distance ?? self.distance
    let (rows, count, width) = (x.shape[0], grid.count, features)
    var result = MapWinners(
      units: [Int32](repeating: 0, count: rows * depth), distances: [Float](repeating: 0, count: rows * depth),
      depth: depth)
    let units = units
    let squares: [Float] = units.squared().sum(axis: 1).elements()
    let top = squares.max() ?? 0
    let kernel = hebb_map_metric_kernel(hebb_isa(), Int32(distance.metric))
    let byProduct = distance == .euclidean || distance == .cosine
    let chunk = 2_048
    for start in stride(from: 0, to: rows, by: chunk) {
      let part = x[start..<min(rows, start + chunk)]
      let dots = byProduct ? part.matmul(units, transposingRight: true) : nil
      result.units.withUnsafeMutableBufferPointer { winners in
        result.distances.withUnsafeMutableBufferPointer { distances in
          let (winners, distances) = (winners.baseAddress! + start * depth, distances.baseAddress! + start * depth)
          units.read { (w: UnsafeBufferPointer<Float>) in
            part.read { (x: UnsafeBufferPointer<Float>) in
              let search = MapSearch(
                distance: distance, kernel: kernel, units: UnsafeMutablePointer(mutating: w.baseAddress!),
                squares: squares, top: top, count: count, features: width, depth: depth)
              let each = { (range: Range<Int>, dots: UnsafePointer<Float>?) in
                for row in range {
                  search.find(
                    x.baseAddress! + row * width, dots.map { $0 + row * count }, winners + row * depth,
                    distances + row * depth)
                }
              }
              let share = { (dots: UnsafePointer<Float>?) in
                ThreadPool.shared.run((part.shape[0] + 63) / 64) { piece in
                  each(piece * 64..<min(part.shape[0], piece * 64 + 64), dots)
                }
              }
              if let dots { dots.read { (d: UnsafeBufferPointer<Float>) in share(d.baseAddress) } } else { share(nil) }
            }
          }
        }
      }
    }
    return result
  }
}

/// Finds the nearest units of one sample.
private struct MapSearch {
  let distance: MapDistance
  let kernel: hebb_map_kernel
  let units: UnsafeMutablePointer<Float>
  let squares: [Float]
  let top: Float
  let count: Int
  let features: Int
  let depth: Int

  func find(
    _ x: UnsafePointer<Float>, _ dots: UnsafePointer<Float>?, _ winners: UnsafeMutablePointer<Int32>,
    _ distances: UnsafeMutablePointer<Float>
  ) {
    for place in 0..<depth { (winners[place], distances[place]) = (0, .infinity) }
    guard let dots else {
      for unit in 0..<count { enter(unit, exact(unit, x), winners, distances) }
      return
    }
    if distance == .cosine {
      var square: Float = 0
      for i in 0..<features { square = square.addingProduct(x[i], x[i]) }
      let norm = square.squareRoot()
      for unit in 0..<count {
        enter(unit, 1 - dots[unit] / (norm * squares[unit].squareRoot() + 1e-8), winners, distances)
      }
      return
    }
    // The depth-th smallest score, then all that rounding may have put on the wrong side of it.
    var bound = Float.infinity
    if depth == 1 {
      for unit in 0..<count { bound = min(bound, squares[unit] - 2 * dots[unit]) }
    } else {
      var least = [Float](repeating: .infinity, count: depth)
      for unit in 0..<count {
        var score = squares[unit] - 2 * dots[unit]
        guard score < least[depth - 1] else { continue }
        for place in 0..<depth where score < least[place] { swap(&score, &least[place]) }
      }
      bound = least[depth - 1]
    }
    let slack = 1e-5 * (top + abs(bound))
    for unit in 0..<count where squares[unit] - 2 * dots[unit] <= bound + slack {
      enter(unit, exact(unit, x), winners, distances)
    }
    for place in 0..<depth { distances[place] = distances[place].squareRoot() }
  }

  private func exact(_ unit: Int, _ x: UnsafePointer<Float>) -> Float {
    var found: Float = 0
    var step = hebb_map_step(
      w: units + unit * features, features: features, x: nil, factor: nil, next: x, distance: nil)
    withUnsafeMutablePointer(to: &found) {
      step.distance = $0
      kernel(&step, 0, 1)
    }
    return found
  }

  /// Keeps the nearest, the first of equals.
  private func enter(
    _ unit: Int, _ value: Float, _ winners: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Float>
  ) {
    var (unit, value) = (Int32(unit), value)
    for place in 0..<depth where value < distances[place] {
      swap(&value, &distances[place])
      swap(&unit, &winners[place])
    }
  }
}

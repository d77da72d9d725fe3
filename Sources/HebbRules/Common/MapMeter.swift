import CHebbKernels
import HebbArrays

/// Units that move to one sample and are measured against the next, in one pass over memory.
struct MapMeter {
  private let distance: MapDistance
  private let units: UnsafeMutablePointer<Float>
  private let count: Int
  private let features: Int
  private var measured: [Float]
  private var norms: [Float]
  /// Units that one thread takes at a time: some 64 KB of weights.
  private let length: Int

  init(_ distance: MapDistance, units: UnsafeMutablePointer<Float>, count: Int, features: Int) {
    (self.distance, self.units, self.count, self.features) = (distance, units, count, features)
    measured = [Float](repeating: 0, count: count)
    norms = [Float](repeating: 0, count: distance == .cosine ? count : 0)
    length = max(1, 16_384 / features)
  }

  /// Moves the units by factors, and measures what comes next.
  mutating func step(from x: UnsafePointer<Float>?, factors: UnsafePointer<Float>?, to next: UnsafePointer<Float>?) {
    let (units, features) = (units, features)
    let kernel = hebb_map_metric_kernel(hebb_isa(), Int32(distance.metric))
    let isCosine = distance == .cosine
    let norm = hebb_map_metric_kernel(hebb_isa(), Int32(MapDistance.cosine.metric))
    measured.withUnsafeMutableBufferPointer { measured in
      norms.withUnsafeMutableBufferPointer { norms in
        let (target, normTarget) = (measured.baseAddress, norms.baseAddress)
        let body = { (units: UnsafeMutablePointer<Float>, range: Range<Int>) in
          var step = hebb_map_step(
            w: units, features: features, x: x, factor: factors, next: next, distance: target)
          kernel(&step, range.lowerBound, range.upperBound)
          guard isCosine, next != nil else { return }
          for unit in range {
            var square = hebb_map_step(
              w: units + unit * features, features: features, x: nil, factor: nil, next: units + unit * features,
              distance: normTarget.map { $0 + unit })
            norm(&square, 0, 1)
          }
        }
        guard count * features >= 131_072 else { return body(units, 0..<count) }
        ThreadPool.shared.run((count + length - 1) / length) { piece in
          body(units, piece * length..<min((piece + 1) * length, count))
        }
      }
    }
  }

  /// The nearest unit, the first of equals.
  func winner() -> Int {
    var best = 0
    var least = Float.infinity
    for unit in 0..<count {
      // The sample's norm is the same for all units: it changes no order.
      let value = distance == .cosine ? -measured[unit] / (norms[unit].squareRoot() + 1e-30) : measured[unit]
      if value < least { (best, least) = (unit, value) }
    }
    return best
  }

  /// The two nearest units with their Euclidean distances, the first of equals; the second is −1 where there is none.
  func nearestTwo() -> (first: Int, second: Int, distances: (Double, Double)) {
    var (first, second) = (0, -1)
    for unit in 1..<max(count, 1) {
      if measured[unit] < measured[first] {
        (first, second) = (unit, first)
      } else if second < 0 || measured[unit] < measured[second] {
        second = unit
      }
    }
    let far = second < 0 ? 0 : Double(measured[second]).squareRoot()
    return (first, second, (Double(measured[first]).squareRoot(), far))
  }
}

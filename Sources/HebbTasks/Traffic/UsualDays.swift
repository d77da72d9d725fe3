import Hebb

/// What is usual at a time of the day: the mean over the days, the first of which begins with the first step.
///
/// Of the days that were learned each is compared with the others alone; or else the mean would tell of what is to be
/// forecast, as it does not of new days.
struct UsualDays {
  let stepsPerDay: Int
  private let nodes: Int
  /// Sums over the days, and of how many values: `time of day · nodes + node`.
  private var sums: [Float], counts: [Float]
  /// The values that were learned.
  private let values: [Float]

  /// - Parameters:
  ///   - values: steps × nodes, standardised; NaN is left out.
  ///   - learned: how many steps are looked at.
  init(_ values: [Float], nodes: Int, learned: Int, stepsPerDay: Int) {
    (self.nodes, self.stepsPerDay) = (nodes, stepsPerDay)
    self.values = Array(values[..<(learned * nodes)])
    sums = [Float](repeating: 0, count: stepsPerDay * nodes)
    counts = sums
    for (place, value) in self.values.enumerated() where !value.isNaN {
      sums[place % sums.count] += value
      counts[place % sums.count] += 1
    }
  }

  /// What is usual at a step without what its own day tells; 0, the mean, where no day tells anything.
  func callAsFunction(_ step: Int, _ node: Int) -> Float {
    let (place, own) = (step % stepsPerDay * nodes + node, step * nodes + node)
    let isLearned = own < values.count && !values[own].isNaN
    let count = counts[place] - (isLearned ? 1 : 0)
    return count > 0 ? (sums[place] - (isLearned ? values[own] : 0)) / count : 0
  }

  /// What is usual on a new day: `[day, nodes]`.
  var table: NDArray {
    NDArray(zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }, shape: [stepsPerDay, nodes])
  }
}

/// What the network reads of every step and node.
enum TrafficFeatures {
  /// `[time, nodes, features]`: the value; where there are days, also what is usual now and `horizon` steps later, and the
  /// time of the day on a circle.
  static func make(
    _ values: [Float], nodes: Int, horizon: Int, day: Int?, firstStep: Int = 0, usual: ((Int, Int) -> Float)?
  ) -> NDArray {
    let steps = values.count / nodes
    guard let day, let usual else { return NDArray(values, shape: [steps, nodes, 1]) }
    let width = count(hasDays: true)
    return NDArray(shape: [steps, nodes, width]) { (y: UnsafeMutableBufferPointer<Float>) in
      for t in 0..<steps {
        let step = firstStep + t
        let angle = 2 * Double.pi * Double(step % day) / Double(day)
        let (sine, cosine) = (Float(Mathematics.sin(angle)), Float(Mathematics.cos(angle)))
        for node in 0..<nodes {
          let place = (t * nodes + node) * width
          y[place] = values[t * nodes + node]
          y[place + 1] = usual(step, node)
          y[place + 2] = usual(step + horizon, node)
          y[place + 3] = sine
          y[place + 4] = cosine
        }
      }
    }
  }

  /// How many numbers are read of a node.
  static func count(hasDays: Bool) -> Int { hasDays ? 5 : 1 }
}

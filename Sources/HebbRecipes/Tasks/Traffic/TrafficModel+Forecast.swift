import Hebb

extension TrafficModel {
  /// The end of the series that was learned: steps × nodes.
  package var learnedValues: [Float] { history.value.elements() }

  /// What comes behind a series: a row of all nodes for each step.
  ///
  /// Beyond its horizon the network reads its own forecasts.
  ///
  /// - Parameters:
  ///   - values: steps × nodes in the order of ``nodeNames``; NaN is missing.
  ///   - clock: the time of the day of the first step, in steps; that of ``learnedValues`` unless given.
  package func forecast(
    behind values: [Float], clock: Int? = nil, steps: Int
  ) throws(DataError) -> [[Double]] {
    let nodes = nodeNames.count
    let count = values.count / nodes
    guard count >= window else {
      throw DataError(
        "the series", "\(count) steps are fewer than the \(window) that the network reads", advice: "give more steps")
    }
    let scale = TrafficScale(means: means.value.elements(), spread: Float(spread.value.scalar))
    var known = scale.standardised(scale.filled(values))
    let day = usual?.shape[0]
    let table: [Float] = usual?.value.elements() ?? []
    var result: [[Double]] = []
    while result.count < steps {
      let first = known.count / nodes - window
      let x = TrafficFeatures.make(
        Array(known.suffix(window * nodes)), nodes: nodes, horizon: horizon, day: day,
        firstStep: (clock ?? self.clock) + first, usual: day.map { day in { table[$0 % day * nodes + $1] } })
      let y: [Float] = traffic(x.expanded(at: 0)).elements()
      known += y
      for (step, row) in scale.inUnits(y).chunked(nodes).enumerated() where result.count < steps {
        guard row.allSatisfy(\.isFinite) else {
          throw DataError(
            "the series", "its forecast \(step + 1) is not finite", advice: "check the series for values out of scale")
        }
        result.append(row.map(Double.init))
      }
    }
    return result
  }
}

extension Array {
  /// Pieces of one length.
  fileprivate func chunked(_ length: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
  }
}

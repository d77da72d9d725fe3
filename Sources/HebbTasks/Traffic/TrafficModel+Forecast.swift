import Hebb
import HebbPlots

extension TrafficModel {
  /// The end of the series that was learned: steps × nodes.
  package var learnedValues: [Float] { history.value.elements() }

  /// What comes behind a series: a row of all nodes for each step.
  ///
  /// Beyond its horizon the network reads its own forecasts; what runs away from all that was learned is refused.
  ///
  /// - Parameters:
  ///   - values: steps × nodes in the order of ``nodeNames``; NaN is missing.
  ///   - clock: the time of the day of the first step, in steps; that of ``learnedValues`` unless given.
  ///   - name: what errors call the series.
  package func forecast(
    behind values: [Float], clock: Int? = nil, steps: Int, name: String = "the series"
  ) throws(DataError) -> [[Double]] {
    let nodes = nodeNames.count
    let count = values.count / nodes
    guard count >= window else {
      throw DataError(
        name, "\(count) steps are fewer than the \(window) that the network reads", advice: "give more steps")
    }
    let scale = TrafficScale(means: means.value.elements(), spread: Float(spread.value.scalar))
    var known = scale.standardised(scale.filled(values))
    let day = usual?.shape[0]
    let table: [Float] = usual?.value.elements() ?? []
    let bounds = self.bounds
    var result: [[Double]] = []
    while result.count < steps {
      let first = known.count / nodes - window
      let x = TrafficFeatures.make(
        Array(known.suffix(window * nodes)), nodes: nodes, horizon: horizon, day: day,
        firstStep: (clock ?? self.clock) + first, usual: day.map { day in { table[$0 % day * nodes + $1] } })
      let y: [Float] = traffic(x.expanded(at: 0)).elements()
      known += y
      for values in scale.inUnits(y).chunked(nodes) where result.count < steps {
        let row = values.map { Double($0) }
        if let node = row.firstIndex(where: { !$0.isFinite || !bounds.contains($0) }) {
          throw runaway(row[node], at: node, behind: result.count, name)
        }
        result.append(row)
      }
    }
    return result
  }

  /// The least and the largest of the values that were learned.
  private var learnedRange: (low: Double, high: Double) {
    let values = learnedValues
    return (Double(values.min() ?? 0), Double(values.max() ?? 0))
  }

  /// What forecasts may be: ten times the range of the learned values to either side of it.
  private var bounds: ClosedRange<Double> {
    let (low, high) = learnedRange
    let reach = 10 * max(high - low, Double(spread.value.scalar))
    return low - reach...high + reach
  }

  private func runaway(_ value: Double, at node: Int, behind steps: Int, _ name: String) -> DataError {
    let (low, high) = learnedRange
    let range = "the \(NumberText.short(low)) to \(NumberText.short(high)) that were learned"
    return DataError(
      name, at: "step \(steps + 1) of its forecast",
      "\(nodeNames[node]) is " + (value.isFinite ? "\(NumberText.short(value)), far beyond \(range)" : "not finite"),
      advice: steps > 0 ? "forecast \(steps) steps or fewer" : "check the series for values out of scale")
  }
}

extension Array {
  /// Pieces of one length.
  fileprivate func chunked(_ length: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
  }
}

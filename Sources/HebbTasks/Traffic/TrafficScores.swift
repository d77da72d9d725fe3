import Hebb
import HebbPlots
import HebbRuns

/// How far a forecaster of a graph is off in the part to test on, beside repeating the last value and answering the mean.
struct TrafficScores {
  private let data: TrafficData
  /// Of the network, of the last value again, of every node's mean: sums by step ahead.
  private var sums: [[Sums]]
  /// Squared errors of the network by node, and how many.
  private var byNode: [(square: Double, count: Double)]
  /// What was forecast for the last step ahead: samples × nodes.
  private var found: [[Float]] = []

  private struct Sums {
    var square = 0.0, absolute = 0.0, count = 0.0

    var rootMeanSquare: Double { (square / max(1, count)).squareRoot() }
    var meanAbsolute: Double { absolute / max(1, count) }

    mutating func add(_ error: Double) {
      square += error * error
      absolute += abs(error)
      count += 1
    }
  }

  init(_ data: TrafficData, _ model: TrafficModel) {
    self.data = data
    let (test, nodes, horizon) = (data.test, data.series.nodes, data.horizon)
    sums = Array(repeating: Array(repeating: Sums(), count: horizon), count: 3)
    byNode = Array(repeating: (0, 0), count: nodes)
    let truth = data.series.values.elements(as: Float.self)
    for batch in Loader(test, batchSize: 32, prefetch: 0).batches(epoch: 0) {
      let y = data.scale.inUnits(model.traffic(batch.inputs).elements())
      for (row, sample) in batch.indices.enumerated() {
        let start = test.start(sample)
        for step in 0..<horizon {
          for node in 0..<nodes {
            let real = truth[(start + step) * nodes + node]
            guard !real.isNaN else { continue }
            let answers = [
              y[(row * horizon + step) * nodes + node], data.filled[(start - 1) * nodes + node], data.scale.means[node],
            ]
            for (which, answer) in answers.enumerated() { sums[which][step].add(Double(answer) - Double(real)) }
            let error = Double(answers[0]) - Double(real)
            byNode[node] = (byNode[node].square + error * error, byNode[node].count + 1)
          }
        }
        let last = (row * horizon + horizon - 1) * nodes
        found.append(Array(y[last..<last + nodes]))
      }
    }
  }

  private func pooled(_ which: Int) -> Sums {
    sums[which].reduce(into: Sums()) {
      $0.square += $1.square
      $0.absolute += $1.absolute
      $0.count += $1.count
    }
  }

  var numbers: [(name: String, value: Double)] {
    let (all, last) = (pooled(0), sums[0][data.horizon - 1])
    return [
      ("rmse", all.rootMeanSquare), ("mae", all.meanAbsolute), ("mse", all.square / max(1, all.count)),
      ("rmseOfLastStep", last.rootMeanSquare), ("maeOfLastStep", last.meanAbsolute),
      ("rmseOfRepeating", pooled(1).rootMeanSquare), ("rmseOfMean", pooled(2).rootMeanSquare),
    ]
  }

  var sentences: [String] {
    func cells(_ sums: Sums) -> [String] {
      [NumberText.fixed(sums.rootMeanSquare, places: 3), NumberText.fixed(sums.meanAbsolute, places: 3)]
    }
    let shown = data.horizon <= 12 ? Array(0..<data.horizon) : [0, 2, 5, data.horizon - 1]
    let rows =
      shown.map { step in [String(step + 1)] + sums.flatMap { cells($0[step]) } }
      + [["all"] + (0..<3).flatMap { cells(pooled($0)) }]
    let table = TextTable(
      ["steps ahead", "RMSE", "MAE", "last value: RMSE", "MAE", "mean: RMSE", "MAE"], rows: rows)
    var lines = [
      "\(data.test.count) windows of the last \(data.series.count - data.ends.validation) steps:", table.description,
      "mean squared error \(NumberText.short(pooled(0).square / max(1, pooled(0).count))), "
        + "of the mean \(NumberText.short(pooled(2).square / max(1, pooled(2).count)))",
    ]
    if pooled(0).square >= min(pooled(1).square, pooled(2).square) {
      lines.append("warning: repeating the last value, or the mean, does as well; try other settings or more epochs")
    }
    return lines
  }

  /// Adds figures of the nodes' errors, and of one node.
  func show(in outcome: inout RunOutcome) {
    let errors = byNode.map { ($0.square / max(1, $0.count)).squareRoot() }
    let order = errors.indices.sorted { errors[$0] < errors[$1] }
    if let positions = data.series.positions {
      outcome.figures.append(("map", map(errors, order, positions)))
    } else if errors.count <= 60 {
      outcome.show("errors", naming: order.map { data.series.nodeNames[$0] }) { names in
        .bars(
          "Error of every node", names: names, series: [("", order.map { errors[$0] })],
          label: "root mean squared error")
      }
    } else {
      let sorted = Series(y: order.map { errors[$0] }, marker: .disk)
      outcome.figures.append(
        (
          "errors",
          Figure(
            "Error of every node",
            panels: [
              Axes(x: Axis("nodes, by their error"), y: Axis("root mean squared error"), series: [sorted])
            ])
        ))
    }
    outcome.figures.append(("sensor", sensor(order[order.count / 2])))
  }

  /// The nodes at their places, coloured by their error.
  private func map(_ errors: [Double], _ order: [Int], _ positions: [GraphSeries.Position]) -> Figure {
    let groups = min(5, order.count)
    let parts = (0..<groups).map { group -> ArraySlice<Int> in
      order[order.count * group / groups..<order.count * (group + 1) / groups]
    }
    let bounds = NumberText.distinct(parts.flatMap { part in [part.first, part.last].map { errors[$0 ?? 0] } })
    let series = parts.enumerated().map { group, members -> Series in
      let (low, high) = (bounds[2 * group], bounds[2 * group + 1])
      return Series(
        low == high ? low : "\(low) to \(high)", x: members.map { positions[$0].longitude },
        y: members.map { positions[$0].latitude }, kind: .scatter,
        color: ColorMap.viridis[Double(group) / Double(max(groups - 1, 1))])
    }
    return Figure(
      "Root mean squared error of every sensor", width: 720, height: 560,
      panels: [Axes(x: Axis("longitude"), y: Axis("latitude"), series: series)])
  }

  /// A node: what it did, and what was said of it.
  private func sensor(_ node: Int) -> Figure {
    let shown = max(0, found.count - (data.series.stepsPerDay ?? 120))..<found.count
    let truth = data.series.values.elements(as: Float.self)
    let x = shown.map { Double(data.test.start($0) + data.horizon - 1) }
    return Figure(
      "\(data.series.nodeNames[node]): forecast \(data.horizon) steps before", width: 900,
      panels: [
        Axes(
          x: Axis("step"), y: Axis(),
          series: [
            Series("true", x: x, y: x.map { Double(truth[Int($0) * data.series.nodes + node]) }),
            Series("forecast", x: x, y: shown.map { Double(found[$0][node]) }),
          ])
      ])
  }
}

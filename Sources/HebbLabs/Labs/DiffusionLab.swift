import Hebb
import HebbPlots

/// Forecasts speeds on roads where jams move on, by recurrent layers that see other roads or not.
struct DiffusionLab: Lab {
  let name = "diffusion"
  let title = "what a road knows of its neighbours"
  let question = "Does a forecast need the graph, and which of its directions?"

  private static let nodes = 36, window = 6, horizon = 3, units = 12

  /// Roads around a ring, with a branch to the road across at every sixth.
  private static let edges: [(from: Int, to: Int)] = {
    var edges = (0..<nodes).map { (from: $0, to: ($0 + 1) % nodes) }
    for node in stride(from: 0, to: nodes, by: 6) { edges.append((from: node, to: (node + 10) % nodes)) }
    return edges
  }()

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let train = speeds(500, options, 1), test = speeds(300, options, 2)
    let graph = SparseMatrix(edges: Self.edges, nodes: Self.nodes)
    let readers: [(name: String, diffusion: SparseDiffusion)] = [
      ("no neighbours", walks([SparseMatrix(edges: [], nodes: Self.nodes)])),
      ("roads ahead", walks([graph.walk])), ("roads behind", walks([graph.reverseWalk])),
      ("both directions", walks([graph.walk, graph.reverseWalk])),
      ("both, shuffled graph", shuffled(options)),
    ]
    let data = test.windows(history: Self.window, horizon: Self.horizon)
    var errors = [("the last value again", rootMeanSquares(repeating(data), data.targets))]
    for reader in readers {
      var random = options.random(10)
      let model = RoadForecaster(reader.diffusion, units: Self.units, horizon: Self.horizon, using: &random)
      let trainer = Trainer(
        model, loss: .meanSquaredError, optimizer: Adam(learningRate: 0.01), schedule: .cosine(), seed: options.seed)
      let windows = train.windows(history: Self.window, horizon: Self.horizon)
      try trainer.fit(
        Loader(windows, batchSize: 16, sampler: .shuffled(seed: options.seed), prefetch: 0), validation: nil,
        epochs: options.scaled(20))
      errors.append((reader.name, rootMeanSquares(model(data.inputs), data.targets)))
    }
    return report(errors, test)
  }

  private func walks(_ walks: [SparseMatrix]) -> SparseDiffusion { SparseDiffusion(walks, steps: 2) }

  /// The same edges between other nodes.
  private func shuffled(_ options: LabOptions) -> SparseDiffusion {
    var random = options.random(3)
    let other = Array(0..<Self.nodes).shuffled(using: &random)
    let graph = SparseMatrix(edges: Self.edges.map { (other[$0.from], other[$0.to]) }, nodes: Self.nodes)
    return walks([graph.walk, graph.reverseWalk])
  }

  /// Speeds between 0 and 1. A jam begins on a road now and then, is one road further at the next step, and a sixth weaker.
  private func speeds(_ steps: Int, _ options: LabOptions, _ purpose: UInt64) -> GraphSeries {
    var random = options.random(purpose)
    var jam = [Float](repeating: 0, count: Self.nodes)
    var values: [Float] = []
    for _ in 0..<steps {
      var next = jam.map { _ in Float.random(in: 0..<1, using: &random) < 0.012 ? Float(1) : 0 }
      for (from, to) in Self.edges { next[to] = max(next[to], jam[from] * 5 / 6) }
      jam = next
      values += jam.map { 1 - $0 + Float.random(in: -0.05...0.05, using: &random) }
    }
    return GraphSeries(
      name: "roads", nodeNames: (0..<Self.nodes).map(String.init),
      graph: SparseMatrix(edges: Self.edges, nodes: Self.nodes),
      values: NDArray(values, shape: [steps, Self.nodes, 1]))
  }

  private func repeating(_ data: ArrayDataset) -> NDArray {
    let last = data.inputs.sliced(axis: 1, from: Self.window - 1, to: Self.window)
    return .concatenated(Array(repeating: last, count: Self.horizon), axis: 1)
  }

  /// One number for each step ahead.
  private func rootMeanSquares(_ found: NDArray, _ truth: NDArray) -> [Double] {
    (0..<Self.horizon).map { step in
      let error = (found - truth).sliced(axis: 1, from: step, to: step + 1)
      return (error * error).mean().scalar.squareRoot()
    }
  }

  private func report(_ errors: [(name: String, errors: [Double])], _ test: GraphSeries) -> LabReport {
    var report = LabReport()
    report.show(
      "Root mean squared error on new days, for speeds between 0 and 1",
      TextTable(
        ["a layer that sees"] + (1...Self.horizon).map { "step \($0)" },
        rows: errors.map { [$0.name] + $0.errors.map(Wording.number) }))
    report.draw(
      "diffusion",
      .bars(
        "Error of forecasts", names: (1...Self.horizon).map { "step \($0)" },
        series: errors.map { ($0.name, $0.errors) }, label: "root mean squared error"))
    let values = test.values.elements(as: Float.self)
    let shown = 40
    report.draw(
      "jams",
      Figure(
        "Jams move on", width: 760, height: 460,
        panels: [
          HeatMap(
            values: (0..<Self.nodes).map { node in (0..<shown).map { Double(values[$0 * Self.nodes + node]) } },
            rowLabel: "road", columnLabel: "step", colors: .viridis, range: 0...1)
        ]))
    let means = Dictionary(uniqueKeysWithValues: errors.map { ($0.name, Wording.mean($0.errors)) })
    func mean(_ name: String) -> Double { means[name] ?? .nan }
    let (alone, ahead, behind) = (mean("no neighbours"), mean("roads ahead"), mean("roads behind"))
    report.say(
      behind < 0.9 * alone
        ? "A jam comes from the roads behind: who sees them has \(Wording.percent(behind / alone)) of the error of one who sees "
          + "no other road."
        : "The roads behind are of little help here.")
    report.say(
      ahead < 0.9 * alone
        ? "The roads ahead help too." : "The roads ahead tell next to nothing: a jam there has passed already.")
    let (both, wrong) = (mean("both directions"), mean("both, shuffled graph"))
    report.say(
      both < 1.1 * min(ahead, behind)
        ? "Who sees both directions finds out by itself which one tells something."
        : "Both directions together are behind the better one.")
    report.say(
      wrong > 1.1 * both
        ? "With the same edges between other roads the error is \(Wording.short(wrong / both)) times as large: what helps is "
          + "the graph, not the larger layer."
        : "A shuffled graph does as well here.")
    return report
  }
}

/// A recurrent layer over a graph, and a linear one from its last state to the steps that come.
private struct RoadForecaster: Layer {
  let encoder: DCGRU
  let output: Linear

  var members: Members { ["encoder": encoder, "output": output] }
  var window: Window? { nil }

  init(_ diffusion: SparseDiffusion, units: Int, horizon: Int, using random: inout Philox) {
    encoder = DCGRU(1, units, over: diffusion, using: &random)
    output = Linear(units, horizon, using: &random)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    output(encoder.run(x).state.tensors[0]).transposed([0, 2, 1]).expanded(at: 3)
  }
}

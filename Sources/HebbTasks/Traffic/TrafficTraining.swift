import Hebb
import HebbPlots
import HebbRuns

extension TaskRecipe {
  /// Speeds on a graph of roads, or other numbers at the nodes of a graph.
  ///
  /// On the last fifth of Los-loop, 12 steps in and 3 out, in miles per hour and as means over three seeds: a root mean
  /// squared error of 4.69, at the third step 5.34 (the last value again: 5.54 and 6.42), after 20 to 40 seconds on two
  /// cores; `tgcn`, one seed: 4.89 and 5.57. On the last fifth of chickenpox, 8 steps in and 1 out: a mean squared error of 0.657
  /// (the mean of every county: 0.994), in a second.
  static let traffic = TaskRecipe(
    name: "traffic", summary: "what comes next at every sensor of a road network, or at the nodes of any graph",
    data: "los-loop", kinds: [("dcrnn", 8), ("tgcn", 8)], use: "hebb forecast RUN",
    options: [
      ("units", "of the recurrent layers"), ("layers", "of dcrnn"), ("walk", "longest walk of dcrnn"),
      ("embedding", "numbers of each node's own"), ("window", "steps read"), ("horizon", "steps forecast"),
      ("day", "steps of a day"), ("batch", "samples"),
      ("rate", "of learning, in millionths"), ("decay", "of the weights, in millionths"),
      ("dropout", "per cent of a node's own numbers"), ("validation", "per cent of the part to learn from"),
    ],
    own: "a folder with speeds.csv or values.csv (a column for each node), adjacency.csv and, for a map, positions.csv",
    prepare: { plan in try TrafficTraining(plan) })
}

/// Learns to forecast the nodes of a graph.
final class TrafficTraining: TaskTraining {
  private let data: TrafficData
  private let traffic: TrafficModel
  private let batchSize: Int
  let trainer: Trainer

  init(_ plan: TaskPlan) throws(DataError) {
    let data = try TrafficData(plan)
    var random = Philox(seed: plan.seed)
    let model = try TrafficModel(data, plan, using: &random)
    let rate = Double(try plan.integer("rate", 1...1_000_000) ?? 3_000) / 1e6
    let decay = Double(try plan.integer("decay", 0...1_000_000) ?? 10_000) / 1e6
    batchSize = try plan.integer("batch", 1...1_000) ?? 16
    self.data = data
    traffic = model
    trainer = Trainer(
      model.traffic, optimizer: AdamW(learningRate: rate, weightDecay: WeightDecay(l2: decay)),
      schedule: data.isChickenpox ? .constant : .oneCycle(), seed: plan.seed
    ) { batch in
      let y = model.traffic(Tensor(batch.inputs))
      return Outcome(loss: TrafficTraining.error(y, batch.targets), prediction: y)
    }
    trainer.clipping = .norm(5)
    trainer.average = WeightAverage(decay: 0.98)
  }

  /// The mean of the squared errors of the targets that are there.
  private static func error(_ prediction: Tensor, _ truth: NDArray) -> Tensor {
    let isThere = truth.equal(to: truth)
    let error = (prediction - Tensor(isThere.select(truth, .zeros(truth.shape)))) * Tensor(isThere)
    return (error * error).sum() / max(1, isThere.sum().scalar)
  }

  var introduction: String {
    let series = data.series
    let alone = series.graph.isolatedNodes.count
    return "\(series.count) steps of \(series.nodes) nodes with \(series.graph.entryCount) edges"
      + (alone > 0 ? ", \(alone) without any" : "") + "; windows of \(data.window), \(data.horizon) steps ahead"
      + series.notes.map { "; \($0)" }.joined()
  }

  var train: Loader {
    Loader(data.train, batchSize: batchSize, sampler: .shuffled(seed: trainer.seed), prefetch: 0)
  }
  var validation: Loader? { data.validation.map { Loader($0, batchSize: 32, prefetch: 0) } }
  var best: Measure? { data.validation == nil ? nil : .validationLoss }
  var model: any TaskModel { traffic }

  var fingerprint: DataFingerprint? {
    let series = data.series
    let edges = series.graph.entries.map { DataFingerprint.Value.text("\($0.row) \($0.column) \($0.value)") }
    return DataFingerprint(
      sizes: [series.count, series.nodes], [.array(series.values)] + series.nodeNames.map { .text($0) } + edges)
  }

  func outcome() throws -> RunOutcome {
    let scores = TrafficScores(data, traffic)
    var outcome = RunOutcome()
    outcome.numbers = scores.numbers
    outcome.sentences = scores.sentences
    scores.show(in: &outcome)
    return outcome
  }
}

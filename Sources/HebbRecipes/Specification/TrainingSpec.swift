import HebbArrays
import HebbLayers
import HebbTraining

/// How a network is trained.
///
///     training:
///       epochs: 12
///       batch: 64
///       optimizer: {adam: {rate: 0.002}}
///       schedule: one-cycle
package struct TrainingSpec: Sendable {
  package var epochs = 10
  package var batchSize = 64
  package var seed: UInt64 = 1
  package var loss: LossSpec?
  package var optimizer: any Optimizer = Adam(learningRate: 1e-3)
  package var schedule = Schedule.constant
  package var plateau: PlateauSpec?
  package var clipping: Clipping?
  /// How many batches make one step of the weights.
  package var batchesPerStep = 1
  package var averageDecay: Double?
  package var earlyStopping: EarlyStoppingSpec?
  /// What is measured; nil for what goes with the targets.
  package var metrics: [MetricSpec]?
  package var groups: [GroupSpec] = []
  package var sampling: SamplingSpec?
  package var keep: KeepSpec?
  /// The learning rate, as the optimiser has it.
  package var learningRate: Double { optimizer.learningRate }

  private static let settings = [
    "epochs", "batch", "seed", "loss", "optimizer", "schedule", "clip", "accumulate", "average", "early-stopping",
    "metrics", "groups", "sample", "keep",
  ]

  package init() {}

  package init(_ node: SpecNode) throws(DataError) {
    let settings = try node.settings(TrainingSpec.settings, of: "training")
    epochs = try settings["epochs"]?.integer(in: 1...100_000) ?? epochs
    batchSize = try settings["batch"]?.integer(in: 1...65_536) ?? batchSize
    seed = UInt64(try settings["seed"]?.integer(in: 0...Int.max) ?? 1)
    loss = try settings["loss"].map { (node) throws(DataError) in try LossSpec(node) }
    optimizer = try settings["optimizer"].map { (node) throws(DataError) in try OptimizerSpec.read(node) } ?? optimizer
    if let schedule = try settings["schedule"].map({ (node) throws(DataError) in try ScheduleSpec(node) }) {
      (self.schedule, plateau) = (schedule.schedule, schedule.plateau)
    }
    clipping = try settings["clip"].map { (node) throws(DataError) in try TrainingSpec.clipping(node) }
    batchesPerStep = try settings["accumulate"]?.integer(in: 1...65_536) ?? 1
    averageDecay = try settings["average"]?.number(in: 0...0.999999)
    earlyStopping = try settings["early-stopping"].map { (node) throws(DataError) in try EarlyStoppingSpec(node) }
    metrics = try settings["metrics"].map { (node) throws(DataError) in try MetricSpec.list(node) }
    for item in try settings["groups"]?.items ?? [] { groups.append(try GroupSpec(item)) }
    sampling = try settings["sample"].map { (node) throws(DataError) in try SamplingSpec(node) }
    keep = try settings["keep"].map { (node) throws(DataError) in try KeepSpec(node) }
  }

  /// `clip: 1` bounds the norm of all gradients together, `clip: {value: 0.5}` each of their elements.
  private static func clipping(_ node: SpecNode) throws(DataError) -> Clipping {
    guard case .entries = node.value else { return .norm(try node.number(in: 1e-6...1e6)) }
    let settings = try node.settings(["norm", "value"], of: "clip")
    guard settings.entries.count == 1 else { throw node.expected("norm or value, one of them") }
    if let norm = settings["norm"] { return .norm(try norm.number(in: 1e-6...1e6)) }
    return .value(try settings.required("value").number(in: 1e-9...1e6))
  }
}

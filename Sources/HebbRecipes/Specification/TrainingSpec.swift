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
  package var loss: Loss?
  package var optimizer: any Optimizer = Adam(learningRate: 1e-3)
  package var schedule = Schedule.constant
  package var clipping: Clipping?
  package var averageDecay: Double?
  package var earlyStopping: EarlyStoppingSpec?
  /// The learning rate, as the optimiser has it.
  package var learningRate: Double { optimizer.learningRate }

  private static let settings = [
    "epochs", "batch", "seed", "loss", "optimizer", "schedule", "clip", "average", "early-stopping",
  ]

  package init() {}

  package init(_ node: SpecNode) throws(DataError) {
    let settings = try node.settings(TrainingSpec.settings, of: "training")
    epochs = try settings["epochs"]?.integer(in: 1...100_000) ?? epochs
    batchSize = try settings["batch"]?.integer(in: 1...65_536) ?? batchSize
    seed = UInt64(try settings["seed"]?.integer(in: 0...Int.max) ?? 1)
    loss = try settings["loss"].map { (node) throws(DataError) in try LossSpec.read(node) }
    optimizer = try settings["optimizer"].map { (node) throws(DataError) in try OptimizerSpec.read(node) } ?? optimizer
    schedule = try settings["schedule"].map { (node) throws(DataError) in try ScheduleSpec.read(node) } ?? schedule
    clipping = try settings["clip"].map { (node) throws(DataError) in .norm(try node.number(in: 1e-6...1e6)) }
    averageDecay = try settings["average"]?.number(in: 0...0.999999)
    earlyStopping = try settings["early-stopping"].map { (node) throws(DataError) in try EarlyStoppingSpec(node) }
  }
}

/// When training ends before its last epoch: `early-stopping: {patience: 5}`.
package struct EarlyStoppingSpec: Sendable {
  /// How many epochs may pass without a better one.
  package let patience: Int
  package let node: SpecNode

  init(_ node: SpecNode) throws(DataError) {
    self.node = node
    if case .integer = node.value {
      patience = try node.integer(in: 1...10_000)
    } else {
      patience = try node.settings(["patience"], of: "early-stopping").required("patience").integer(in: 1...10_000)
    }
  }
}

/// What training makes small, by name: `cross-entropy`, `{cross-entropy: {smoothing: 0.1}}`, `mean-squared-error`.
enum LossSpec {
  static func read(_ node: SpecNode) throws(DataError) -> Loss {
    let item = try node.item
    switch item.name {
    case "cross-entropy":
      let smoothing = try item.argument.settings(["smoothing"], of: item.name)["smoothing"]?.number(in: 0...0.9)
      return .crossEntropy(smoothing: smoothing ?? 0)
    case "mean-squared-error": return .meanSquaredError
    case "mean-absolute-error": return .meanAbsoluteError
    case "huber":
      let delta = try item.argument.settings(["delta"], of: item.name)["delta"]?.number(in: 1e-6...1e6) ?? 1
      return .huber(delta: delta)
    default:
      throw item.node.unknown(
        item.name, among: ["cross-entropy", "mean-squared-error", "mean-absolute-error", "huber"], "loss")
    }
  }
}

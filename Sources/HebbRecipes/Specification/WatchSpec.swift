import HebbArrays
import HebbTraining

/// What a run is watched by: `watch: validation-loss`, `training-loss` or `accuracy`.
package struct WatchSpec: Sendable {
  package let measure: Measure
  let node: SpecNode

  static let setting = "watch"

  /// - Parameter settings: those of early stopping or of a plateau.
  init(_ settings: SpecSettings) throws(DataError) {
    node = settings[WatchSpec.setting] ?? settings.node
    measure =
      try settings[WatchSpec.setting]?.choice(
        [("validation-loss", .validationLoss), ("training-loss", .trainingLoss), ("accuracy", .metric("accuracy"))],
        of: "measure") ?? .validationLoss
  }

  /// - Parameter node: stands for all settings.
  init(standardAt node: SpecNode) { (measure, self.node) = (.validationLoss, node) }

  /// Refuses a measure that the data do not have, or that would choose by the test set.
  func check(_ what: String, _ data: PreparedData) throws(DataError) {
    if measure == .trainingLoss { return }
    if data.validatesOnTest {
      throw node.failure(
        "\(what) would choose by the test set", advice: "add validation: 0.1 to data, or watch: training-loss")
    }
    if measure != .validationLoss, !data.isClassified {
      throw node.failure("there is no accuracy where targets are numbers", advice: "watch: validation-loss")
    }
  }
}

/// When training ends before its last epoch: `early-stopping: {patience: 5}`.
package struct EarlyStoppingSpec: Sendable {
  /// How many epochs may pass without a better one.
  package let patience: Int
  /// What counts as better: more than this.
  package let minimumChange: Double
  package let watch: WatchSpec

  init(_ node: SpecNode) throws(DataError) {
    if case .integer = node.value {
      (patience, minimumChange, watch) = (try node.integer(in: 1...10_000), 0, WatchSpec(standardAt: node))
      return
    }
    let settings = try node.settings(["patience", "minimum-change", WatchSpec.setting], of: "early-stopping")
    patience = try settings.required("patience").integer(in: 1...10_000)
    minimumChange = try settings["minimum-change"]?.number(in: 0...1e6) ?? 0
    watch = try WatchSpec(settings)
  }

  var callback: EarlyStopping { EarlyStopping(watch.measure, patience: patience, minimumChange: minimumChange) }
}

/// When and how the rate is lowered where nothing improves.
package struct PlateauSpec: Sendable {
  package let watch: WatchSpec
  let factor: Double
  let patience: Int
  let threshold: Double
  let cooldown: Int
  let minimumFactor: Double

  init(_ item: SpecNode.Item) throws(DataError) {
    let settings = try item.argument.settings(
      ["factor", "patience", "threshold", "cooldown", "minimum-factor", WatchSpec.setting], of: item.name)
    factor = try settings["factor"]?.number(in: 1e-6...0.999999) ?? 0.1
    patience = try settings["patience"]?.integer(in: 0...10_000) ?? 10
    threshold = try settings["threshold"]?.number(in: 0...1) ?? 1e-4
    cooldown = try settings["cooldown"]?.integer(in: 0...10_000) ?? 0
    minimumFactor = try settings["minimum-factor"]?.number(in: 0...1) ?? 0
    watch = try WatchSpec(settings)
  }

  var callback: ReduceOnPlateau {
    ReduceOnPlateau(
      watch.measure, factor: factor, patience: patience, threshold: threshold, cooldown: cooldown,
      minimumFactor: minimumFactor)
  }
}

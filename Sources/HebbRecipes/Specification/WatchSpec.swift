import HebbArrays
import HebbTraining

/// What a run is watched by: `watch: validation-loss`, `training-loss`, `accuracy` or another metric of the file.
package struct WatchSpec: Sendable {
  package let measure: Measure
  let node: SpecNode

  static let setting = "watch"

  /// - Parameter settings: those of early stopping or of a plateau.
  init(_ settings: SpecSettings) throws(DataError) {
    guard let node = settings[WatchSpec.setting] else {
      self.init(standardAt: settings.node)
      return
    }
    try self.init(measure: node)
  }

  /// The measure that a node names.
  init(measure node: SpecNode) throws(DataError) {
    self.node = node
    switch try node.text("a measure") {
    case "validation-loss": measure = .validationLoss
    case "training-loss": measure = .trainingLoss
    case let name:
      do throws(DataError) { measure = .metric(try MetricSpec(node).measuredName) } catch {
        let names = ["validation-loss", "training-loss"] + MetricSpec.words.map(\.name)
        throw node.unknown(name, among: names, "measure")
      }
    }
  }

  /// - Parameter node: stands for all settings.
  init(standardAt node: SpecNode) { (measure, self.node) = (.validationLoss, node) }

  /// Refuses a measure that is not measured, or that would choose by the test set.
  func check(_ what: String, _ data: PreparedData, _ metrics: [any Metric]) throws(DataError) {
    if measure == .trainingLoss { return }
    if data.validatesOnTest {
      throw node.failure(
        "\(what) would choose by the test set", advice: "add validation: 0.1 to data, or watch: training-loss")
    }
    guard case .metric(let name) = measure, !metrics.contains(where: { $0.name == name }) else { return }
    if name == Accuracy().name, !data.isClassified {
      throw node.failure("there is no accuracy where targets are numbers", advice: "watch: validation-loss")
    }
    throw node.failure("\(node.shown) is not measured", advice: "add it to metrics in training")
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

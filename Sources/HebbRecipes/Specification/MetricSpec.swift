import HebbArrays
import HebbTraining

/// What is measured besides the loss, by name.
///
///     metrics: [accuracy, top-3, f1]        # of classes; accuracy where the file says nothing
///     metrics: [mae, r2]                    # of numbers; these where the file says nothing
package struct MetricSpec: Sendable {
  /// As the file writes it.
  package let name: String
  private let isOfClasses: Bool
  private let make: @Sendable (_ classes: Int) -> any Metric
  private let node: SpecNode

  package static let words = [
    SpecWord("accuracy", "the share of samples whose class was found"),
    SpecWord("top-3", "the share of samples whose class is among the first three; any number"),
    SpecWord("precision", "of a class's answers those that are right, mean over the classes"),
    SpecWord("recall", "of a class's samples those that were found, mean over the classes"),
    SpecWord("f1", "the harmonic mean of both"),
    SpecWord("mae", "the mean absolute error of numbers"),
    SpecWord("mse", "the mean squared error"),
    SpecWord("rmse", "its root"),
    SpecWord("r2", "the share of the targets' variance that is explained"),
  ]

  init(_ node: SpecNode) throws(DataError) {
    let name = try node.text("a metric")
    (self.name, self.node) = (name, node)
    func score(_ kind: ClassScore.Kind) -> @Sendable (Int) -> any Metric {
      { ClassScore(kind, classes: $0) }
    }
    func error(_ kind: RegressionError.Kind) -> @Sendable (Int) -> any Metric { { _ in RegressionError(kind) } }
    switch name {
    case "accuracy": (isOfClasses, make) = (true, { _ in Accuracy() })
    case "precision": (isOfClasses, make) = (true, score(.precision))
    case "recall": (isOfClasses, make) = (true, score(.recall))
    case "f1": (isOfClasses, make) = (true, score(.f1))
    case "mae": (isOfClasses, make) = (false, error(.meanAbsolute))
    case "mse": (isOfClasses, make) = (false, error(.meanSquared))
    case "rmse": (isOfClasses, make) = (false, error(.rootMeanSquared))
    case "r2": (isOfClasses, make) = (false, error(.determination))
    default:
      guard name.hasPrefix("top-"), let k = Int(name.dropFirst(4)), (1...10_000).contains(k) else {
        throw node.unknown(name, among: MetricSpec.words.map(\.name), "metric")
      }
      (isOfClasses, make) = (true, { _ in TopAccuracy(k) })
    }
  }

  /// What the metric is called in logs and in a run's record.
  var measuredName: String { make(1).name }

  /// The metrics of a file, or those that are taken where it has none.
  static func metrics(
    _ specs: [MetricSpec]?, classified: Bool, classes: Int
  ) throws(DataError) -> [any Metric] {
    guard let specs else {
      return classified ? [Accuracy()] : [RegressionError(.meanAbsolute), RegressionError(.determination)]
    }
    for spec in specs where spec.isOfClasses != classified {
      throw spec.node.failure(
        "\(spec.name) needs \(spec.isOfClasses ? "classes" : "numbers"), but the targets are "
          + (classified ? "classes" : "numbers"),
        advice: classified ? "use accuracy, top-3 or f1" : "use mae, rmse or r2")
    }
    return specs.map { $0.make(classes) }
  }

  static func list(_ node: SpecNode) throws(DataError) -> [MetricSpec] {
    var specs: [MetricSpec] = []
    for item in node.list {
      let spec = try MetricSpec(item)
      guard !specs.contains(where: { $0.name == spec.name }) else {
        throw item.failure("“\(spec.name)” comes twice", advice: "keep one of them")
      }
      specs.append(spec)
    }
    return specs
  }
}

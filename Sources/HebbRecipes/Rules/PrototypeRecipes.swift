import Hebb
import HebbPlots
import HebbRuns

extension RuleRecipe {
  package static let lvq = RuleRecipe(
    name: "lvq", summary: "learning vector quantisation: prototypes, and which features count", data: "digits",
    variants: ["gmlvq", "grlvq", "glvq", "rslvq", "lvq1", "lvq2.1", "lvq3"].map { ($0, .deviation) }, epochs: 60,
    classifies: true
  ) { data, settings, random, progress in
    let prototypes = try Prototypes(data.train, labels: data.trainLabels, perClass: 5, using: &random)
    guard Set(prototypes.labels).count > 1 else {
      throw DataError(data.name, "all samples are of one class", advice: "give samples of two classes or more")
    }
    let found = try learned(prototypes, data, settings, &random, progress)
    var outcome = RunOutcome()
    outcome.score(found.answers, data)
    outcome.show("prototypes", "prototypes", found.prototypes.vectors, data.form, columns: 5)
    if let relevances = found.relevances { outcome.figures.append(("relevances", relevanceMap(relevances))) }
    return (found.model, outcome)
  }

  private static func learned(
    _ start: Prototypes, _ data: RuleData, _ settings: Settings, _ random: inout Philox,
    _ progress: @escaping RuleWatcher
  ) throws(RuleError) -> (model: any RuleModel, prototypes: Prototypes, answers: [Int], relevances: NDArray?) {
    let (x, labels, epochs, kept) = (data.train, data.trainLabels, settings.epochs, settings.checkpoint)
    switch settings.kind {
    case "rslvq":
      // Distances grow with the number of features, and so must the width of the Gaussians.
      var network = RobustSoftLVQ(start, variance: 0.1 * Double(data.form.features))
      try network.fit(
        x, labels: labels, epochs: epochs, learningRate: 0.01, using: &random, checkpoint: kept, progress: progress)
      return (network, network.prototypes, try network.predict(data.test), nil)
    case "lvq1", "lvq2.1", "lvq3":
      let rule: LearningVectorQuantization.Rule =
        settings.kind == "lvq1"
        ? .lvq1 : settings.kind == "lvq3" ? .lvq3(window: 0.2, epsilon: 0.2) : .lvq21(window: 0.2)
      var network = LearningVectorQuantization(start, rule: rule)
      try network.fit(
        x, labels: labels, epochs: epochs, learningRate: 0.03, using: &random, checkpoint: kept, progress: progress)
      return (network, network.prototypes, try network.predict(data.test), nil)
    default:
      let metric: GeneralizedLVQ.Metric =
        settings.kind == "glvq" ? .euclidean : settings.kind == "grlvq" ? .relevance : .matrix()
      var network = GeneralizedLVQ(start, metric: metric, slope: 6)
      try network.fit(
        x, labels: labels, epochs: epochs, learningRate: 0.05, omegaRate: 0.02, using: &random, checkpoint: kept,
        progress: progress)
      return (network, network.prototypes, try network.predict(data.test), network.relevances)
    }
  }

  /// How each feature counts, and each pair of them.
  private static func relevanceMap(_ relevances: NDArray) -> Figure {
    let square = relevances.rank == 1 ? relevances.reshaped([1, relevances.count]) : relevances
    let rows = (0..<square.shape[0]).map { square.row($0).elements(as: Float.self).map(Double.init) }
    return Figure(width: 520, height: 460, panels: [HeatMap("relevances of features", values: rows)])
  }
}

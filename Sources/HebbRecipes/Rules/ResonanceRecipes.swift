import Hebb
import HebbPlots
import HebbRuns

extension RuleRecipe {
  package static let art = RuleRecipe(
    name: "art", summary: "fuzzy ARTMAP: learns at first sight, and forgets nothing", data: "iris",
    variants: [("fuzzy-artmap", .unit)], epochs: 1, classifies: true
  ) { data, settings, random, progress in
    var network = FuzzyARTMAP(features: data.form.features, vigilance: 0.8)
    let order = NDArray.permutation(data.train.shape[0], using: &random)
    let labels = order.elements(as: Int32.self).map { data.trainLabels[Int($0)] }
    try network.fit(
      data.train.gathered(rows: order), labels: labels, passes: settings.epochs, checkpoint: settings.checkpoint,
      progress: progress)
    var outcome = RunOutcome()
    outcome.numbers = [("categories", Double(network.labels.count))]
    outcome.sentences = ["\(network.labels.count) categories of \(data.train.shape[0]) samples"]
    outcome.score(try network.predict(data.test), data)
    return (network, outcome)
  }
}

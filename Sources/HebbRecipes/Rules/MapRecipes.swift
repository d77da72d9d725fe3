import Hebb
import HebbPlots
import HebbRuns

extension RuleRecipe {
  package static let som = RuleRecipe(
    name: "som", summary: "a self-organising map: samples that are alike lie side by side", data: "iris",
    variants: [("online", .unit), ("batch", .unit)], epochs: 80, classifies: true, needsClasses: false
  ) { data, settings, random, progress in
    // Five units for the root of the number of samples, as is common.
    let side = min(30, max(4, Int((5 * Double(data.train.shape[0]).squareRoot()).squareRoot().rounded(.up))))
    let isBatch = settings.kind == "batch"
    // Begun along the principal components, and with a rate that ends at zero, a map is less torn. Means of all samples
    // need no rate.
    var map = SelfOrganizingMap(
      MapGrid(side, side), features: data.form.features, sigma: 0.23 * Double(side), learningRate: isBatch ? 1 : 0.5,
      rateDecay: isBatch ? .constant : .linearToZero, using: &random)
    if data.form.features > 1, data.train.shape[0] > 1 {
      try map.initializeByPrincipalComponents(of: data.train)
    } else {
      try map.initialize(from: data.train, using: &random)
    }
    if isBatch {
      try map.fitBatch(data.train, epochs: settings.epochs, checkpoint: settings.checkpoint, progress: progress)
    } else {
      try map.fit(
        data.train, updates: settings.epochs * data.train.shape[0], order: .random, using: &random,
        checkpoint: settings.checkpoint, progress: progress)
    }
    var outcome = RunOutcome()
    let (error, torn) = (try map.quantizationError(of: data.test), try map.topographicError(of: data.test))
    outcome.numbers = [("quantizationError", error), ("topographicError", torn)]
    outcome.sentences = [
      "\(side) × \(side) units; quantisation error \(NumberText.fixed(error, places: 4)), "
        + "topographic error \(NumberText.fixed(torn * 100, places: 1)) % on the test set"
    ]
    outcome.figures = MapFigures.figures(map, data.form)
    outcome.figures += try MapFigures.figures(
      map, of: data.train, labels: data.trainLabels, classNames: data.classNames)
    guard data.hasClasses else { return (map, outcome) }
    let classes = try map.unitLabels(data.train, labels: data.trainLabels)
    outcome.score(try map.predict(data.test).map { classes[$0] }, data)
    return (map, outcome)
  }
}

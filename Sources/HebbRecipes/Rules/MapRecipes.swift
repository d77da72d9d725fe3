import Hebb
import HebbPlots

extension RuleRecipe {
  package static let som = RuleRecipe(
    name: "som", summary: "a self-organising map: samples that are alike lie side by side", data: "iris",
    scaling: .unit, epochs: 80
  ) { data, epochs, random, progress in
    // Five units for the root of the number of samples, as is common.
    let side = min(30, max(4, Int((5 * Double(data.train.shape[0]).squareRoot()).squareRoot().rounded(.up))))
    var map = SelfOrganizingMap(
      MapGrid(side, side), features: data.form.features, sigma: Double(side) / 4, using: &random)
    try map.initialize(from: data.train, using: &random)
    try map.fit(
      data.train, updates: epochs * data.train.shape[0], order: .random, using: &random, progress: progress)
    var outcome = RuleOutcome(map)
    let (error, torn) = (try map.quantizationError(of: data.test), try map.topographicError(of: data.test))
    outcome.numbers = [("quantizationError", error), ("topographicError", torn)]
    outcome.sentences = [
      "\(side) × \(side) units; quantisation error \(NumberText.fixed(error, places: 4)), "
        + "topographic error \(NumberText.fixed(torn * 100, places: 1)) % on the test set"
    ]
    let classes = try MapFigures.classes(map, data.train, labels: data.trainLabels)
    outcome.figures = MapFigures.figures(map, data.form)
    outcome.figures += try MapFigures.figures(
      map, of: data.train, labels: data.trainLabels, classNames: data.classNames)
    outcome.score(try map.predict(data.test).map { classes[$0] }, data)
    return outcome
  }

  package static let lvq = RuleRecipe(
    name: "lvq", summary: "generalised matrix LVQ: prototypes, and which features count", data: "digits",
    scaling: .deviation, epochs: 60
  ) { data, epochs, random, progress in
    let prototypes = try Prototypes(data.train, labels: data.trainLabels, perClass: 5, using: &random)
    guard Set(prototypes.labels).count > 1 else {
      throw DataError(data.name, "all samples are of one class", advice: "give samples of two classes or more")
    }
    var network = GeneralizedLVQ(prototypes, metric: .matrix(), slope: 6)
    try network.fit(
      data.train, labels: data.trainLabels, epochs: epochs, learningRate: 0.05, omegaRate: 0.02, using: &random,
      progress: progress)
    var outcome = RuleOutcome(network)
    outcome.score(try network.predict(data.test), data)
    outcome.show("prototypes", "prototypes", network.prototypes.vectors, data.form, columns: 5)
    return outcome
  }

  package static let art = RuleRecipe(
    name: "art", summary: "fuzzy ARTMAP: learns at first sight, and forgets nothing", data: "iris", scaling: .unit,
    epochs: 1
  ) { data, epochs, random, progress in
    var network = FuzzyARTMAP(features: data.form.features, vigilance: 0.8)
    let order = NDArray.permutation(data.train.shape[0], using: &random)
    let labels = order.elements(as: Int32.self).map { data.trainLabels[Int($0)] }
    try network.fit(data.train.gathered(rows: order), labels: labels, passes: epochs, progress: progress)
    var outcome = RuleOutcome(network)
    outcome.numbers = [("categories", Double(network.labels.count))]
    outcome.sentences = ["\(network.labels.count) categories of \(data.train.shape[0]) samples"]
    outcome.score(try network.predict(data.test), data)
    return outcome
  }

  package static let hopfield = RuleRecipe(
    name: "hopfield", summary: "a modern Hopfield network: 1,000 pictures from their upper halves", data: "mnist",
    scaling: .shades, epochs: 1
  ) { data, _, _, _ in
    let patterns = data.test[0..<min(1_000, data.test.shape[0])]
    var network = DenseHopfield(units: data.form.features, energy: .softmax(beta: 50))
    try network.store(patterns)
    let known = NDArray((0..<data.form.features).map { $0 < data.form.features / 2 ? Float(1) : 0 })
    let found = try network.recall(patterns, known: known)
    // To the byte: less than half a shade beside.
    let wrong: [Float] = (found - patterns).abs().max(axes: [1]).elements()
    let right = wrong.filter { $0 < 0.5 / 255 }.count
    var outcome = RuleOutcome(network)
    outcome.numbers = [("patterns", Double(wrong.count)), ("recalled", Double(right))]
    outcome.sentences = ["\(right) of \(wrong.count) test samples recalled from the first half of each"]
    let shown = min(10, patterns.shape[0])
    outcome.show(
      "recall", "given, recalled",
      .concatenated([patterns[0..<shown] * known, found[0..<shown]], axis: 0), data.form, columns: shown)
    return outcome
  }
}

import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

/// What is to be learned by local rules, and the training of it: kept in a folder, or cross-validated.
package struct RuleRun {
  package let recipe: RuleRecipe
  package let kind: String
  /// What is learned: the recipe's set unless another is named.
  package let source: String
  package let epochs: Int
  package let seed: UInt64
  private let scaling: RuleForm.Scaling

  package init(
    _ recipe: RuleRecipe, kind: String? = nil, source: String?, epochs: Int?, seed: UInt64?
  ) throws(DataError) {
    let wanted = kind ?? recipe.kinds[0].name
    guard let known = recipe.kinds.first(where: { $0.name == wanted }) else {
      let names = recipe.kinds.map(\.name).joined(separator: ", ")
      throw DataError(recipe.name, "there is no kind \(wanted)", advice: "give one of \(names)")
    }
    (self.recipe, self.kind, scaling) = (recipe, wanted, known.scaling)
    self.source = source ?? recipe.data
    (self.epochs, self.seed) = (epochs ?? recipe.epochs, seed ?? 1)
  }

  private var settings: RuleRecipe.Settings { RuleRecipe.Settings(kind: kind, epochs: epochs) }

  /// Learns, and writes `model.safetensors`, `run.json` and pictures.
  package func run(in folder: RunFolder, progress: @escaping RuleWatcher) throws -> RuleOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    let data = try RuleData(source, scaling: scaling)
    try folder.create()
    var random = Philox(seed: seed)
    let outcome = try recipe.train(data, settings, &random, progress)
    try outcome.model.save(to: folder.model, notes: ["form": data.form.note, "data": data.name])
    for (name, figure) in outcome.figures { try FigureFile.write(figure, to: folder.picture(name)) }
    let seconds = (clock.now - start) / .seconds(1)
    try AtomicFile.write(Array((json(outcome, seconds).description + "\n").utf8), to: folder.description)
    return outcome
  }

  /// Learns `count` times, each time tested on another part of all samples: the part of them that is right.
  ///
  /// - Parameter foldEnded: told the fold, counted from 1, and what it came to.
  package func accuracies(
    folds count: Int, progress: @escaping RuleWatcher, foldEnded: (Int, Double) -> Void
  ) throws -> [Double] {
    guard recipe.classifies else {
      let names = RuleRecipe.all.filter(\.classifies).map(\.name).joined(separator: ", ")
      throw DataError(
        recipe.name, "it tells no classes apart, so that folds say nothing", advice: "give one of \(names)")
    }
    let whole = try RuleData.whole(source)
    guard count <= whole.count else {
      throw DataError(source, "\(whole.count) samples cannot be cut into \(count) folds", advice: "use fewer")
    }
    var found: [Double] = []
    for (index, pair) in whole.stratifiedFolds(count, seed: seed).enumerated() {
      let parts = DatasetParts(train: whole.rows(at: pair.train.indices), test: whole.rows(at: pair.test.indices))
      let data = try RuleData(parts, source, scaling: scaling)
      var random = Philox(seed: seed).split(UInt64(index))
      let outcome = try recipe.train(data, settings, &random, progress)
      let accuracy = outcome.numbers.first { $0.name == "accuracy" }?.value ?? 0
      found.append(accuracy)
      foldEnded(index + 1, accuracy)
    }
    return found
  }

  /// What was run and what came out.
  package func json(_ outcome: RuleOutcome, _ seconds: Double) -> JSON {
    .object([
      .init("status", .string("finished")), .init("rule", .string(recipe.name)), .init("kind", .string(kind)),
      .init("data", .string(source)), .init("epochs", .integer(epochs)), .init("seed", .integer(Int(seed))),
      .init("seconds", .number(seconds)),
      .init("results", .object(outcome.numbers.map { .init($0.name, .number($0.value)) })),
    ])
  }
}

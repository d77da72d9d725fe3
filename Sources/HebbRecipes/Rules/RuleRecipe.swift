import Hebb
import HebbPlots

/// A network of local rules with data and settings, under a name that `hebb train` takes.
package struct RuleRecipe: Sendable {
  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  package let scaling: RuleForm.Scaling
  /// How often every sample is seen unless another number is given; 1 where a rule learns at once.
  package let epochs: Int
  let train: @Sendable (RuleData, Int, inout Philox, @escaping RuleWatcher) throws -> RuleOutcome

  /// Every recipe.
  package static let all: [RuleRecipe] = [.som, .lvq, .art, .hopfield, .rbm, .dbn]

  package static func named(_ name: String) -> RuleRecipe? { all.first { $0.name == name } }
}

/// One training of a network of local rules, kept in a folder.
package struct RuleRun {
  package let recipe: RuleRecipe
  /// What is learned: the recipe's set unless another is named.
  package let source: String
  package let epochs: Int
  package let seed: UInt64

  package init(_ recipe: RuleRecipe, source: String?, epochs: Int?, seed: UInt64?) {
    (self.recipe, self.source) = (recipe, source ?? recipe.data)
    (self.epochs, self.seed) = (epochs ?? recipe.epochs, seed ?? 1)
  }

  /// Learns, and writes `model.safetensors`, `run.json` and pictures.
  package func run(in folder: RunFolder, progress: @escaping RuleWatcher) throws -> RuleOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    let data = try RuleData(source, scaling: recipe.scaling)
    try folder.create()
    var random = Philox(seed: seed)
    let outcome = try recipe.train(data, epochs, &random, progress)
    try outcome.model.save(to: folder.model, notes: ["form": data.form.note, "data": data.name])
    for (name, figure) in outcome.figures { try FigureFile.write(figure, to: folder.picture(name)) }
    let seconds = (clock.now - start) / .seconds(1)
    try AtomicFile.write(Array((json(outcome, seconds).description + "\n").utf8), to: folder.description)
    return outcome
  }

  /// What was run and what came out.
  package func json(_ outcome: RuleOutcome, _ seconds: Double) -> JSON {
    .object([
      .init("status", .string("finished")), .init("rule", .string(recipe.name)), .init("data", .string(source)),
      .init("epochs", .integer(epochs)), .init("seed", .integer(Int(seed))), .init("seconds", .number(seconds)),
      .init("results", .object(outcome.numbers.map { .init($0.name, .number($0.value)) })),
    ])
  }
}

/// A network of local rules from its file, with the form of its samples.
package struct TrainedRule {
  package let state: RuleState
  package let form: RuleForm
  package let path: String

  package init(reading path: String) throws(DataError) {
    state = try RuleState(reading: path)
    form = try RuleForm(note: state.notes["form"], file: path)
    self.path = path
  }
}

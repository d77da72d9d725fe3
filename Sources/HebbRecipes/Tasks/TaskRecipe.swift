import Hebb
import HebbFiles

/// A network for something that people do with text, sound, scores or series, under a name that `hebb train` takes.
package struct TaskRecipe: Sendable {
  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the epochs that it takes.
  package let kinds: [(name: String, epochs: Int)]
  /// A command that uses the result, with `RUN` for the run's folder.
  package let use: String
  /// Reads the data and builds the network.
  let prepare: @Sendable (TaskPlan) throws -> any TaskTraining

  package static func named(_ name: String) -> TaskRecipe? { all.first { $0.name == name } }
}

/// A task's training about to begin: data read, network built.
package protocol TaskTraining {
  /// What is learned from how much, in a line.
  var introduction: String { get }
  var trainer: Trainer { get }
  var train: Loader { get }
  var validation: Loader? { get }
  /// What the network that is kept is best by; nil keeps the last one.
  var best: Measure? { get }
  /// The network in the form that is kept and used.
  var model: any TaskModel { get }

  /// What the trained network reaches, on samples that it has not seen.
  func outcome() throws -> RunOutcome
}

/// What is to be trained, as it is kept in `run.json`.
package struct TaskPlan: Sendable {
  package let recipe: TaskRecipe
  package let kind: String
  /// A data set's name, a file, or a folder that holds the set.
  package let source: String
  package var epochs: Int
  package let seed: UInt64

  package init(_ recipe: TaskRecipe, kind: String?, source: String?, epochs: Int?, seed: UInt64?) throws(DataError) {
    let kind = kind ?? recipe.kinds[0].name
    guard let known = recipe.kinds.first(where: { $0.name == kind }) else {
      let names = recipe.kinds.map(\.name).joined(separator: ", ")
      throw DataError(recipe.name, "there is no kind \(kind)", advice: "give one of \(names)")
    }
    (self.recipe, self.kind, self.source) = (recipe, kind, source ?? recipe.data)
    (self.epochs, self.seed) = (epochs ?? known.epochs, seed ?? 1)
  }

  /// The plan of a run that was begun; nil where the run is of another sort.
  package init?(resuming run: RunFolder) throws(DataError) {
    guard run.holdsRun else { return nil }
    let json = try JSON(parsing: InputFile.bytes(of: run.description, limit: 1 << 22), file: run.description)
    guard let name = json["task"]?.string else { return nil }
    guard let recipe = TaskRecipe.named(name), let kind = json["kind"]?.string, let source = json["data"]?.string,
      let epochs = json["epochs"]?.integer, let seed = json["seed"]?.integer, (1...100_000).contains(epochs), seed >= 0
    else { throw DataError(run.description, "it does not say what was run", advice: "begin a new run") }
    try self.init(recipe, kind: kind, source: source, epochs: epochs, seed: UInt64(seed))
  }

  /// What was run, and what came out.
  package func json(status: String, results: [(name: String, value: Double)] = [], seconds: Double? = nil) -> JSON {
    var members: [JSON.Member] = [
      .init("status", .string(status)), .init("task", .string(recipe.name)), .init("kind", .string(kind)),
      .init("data", .string(source)), .init("epochs", .integer(epochs)), .init("seed", .integer(Int(clamping: seed))),
    ]
    if let seconds { members.append(.init("seconds", .number(seconds))) }
    if !results.isEmpty {
      members.append(.init("results", .object(results.map { .init($0.name, .number($0.value)) })))
    }
    return .object(members)
  }
}

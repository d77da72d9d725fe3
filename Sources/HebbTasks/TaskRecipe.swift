import Foundation
import Hebb
import HebbFiles
import HebbRuns

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
  /// What `--set NAME=VALUE` can change, with a few words each.
  package var options: [(name: String, meaning: String)] = []
  /// What of the user's own `--data` takes; empty where there is nothing to say.
  package var own = ""
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
  /// Tells whether the data are those that a run began with; nil where samples are drawn, not read.
  var fingerprint: DataFingerprint? { get }

  /// What remains to be done to the network when its weights have been learned, before it is saved.
  func finish()

  /// What the trained network reaches, on samples that it has not seen.
  func outcome() throws -> RunOutcome

  /// What is added where the network has just been trained: something that it makes, or a simpler network beside it.
  func complete(_ outcome: inout RunOutcome) throws
}

extension TaskTraining {
  package var fingerprint: DataFingerprint? { nil }
  package func finish() {}
  package func complete(_ outcome: inout RunOutcome) throws {}
}

/// What is to be trained, as it is kept in `run.json`.
package struct TaskPlan: Sendable {
  package let recipe: TaskRecipe
  package let kind: String
  /// A data set's name, a file, or a folder that holds the set.
  package let source: String
  package var epochs: Int
  package let seed: UInt64
  /// What was changed by `--set`.
  package let options: [String: String]
  /// The data that the run began with; nil for a new run, and for runs from before this was kept.
  private(set) var fingerprint: DataFingerprint?

  package init(
    _ recipe: TaskRecipe, kind: String?, source: String?, epochs: Int?, seed: UInt64?, options: [String: String] = [:]
  ) throws(DataError) {
    let kind = kind ?? recipe.kinds[0].name
    guard let known = recipe.kinds.first(where: { $0.name == kind }) else {
      let names = recipe.kinds.map(\.name).joined(separator: ", ")
      throw DataError(recipe.name, "there is no kind \(kind)", advice: "give one of \(names)")
    }
    (self.recipe, self.kind) = (recipe, kind)
    self.source = TaskPlan.lasting(source ?? recipe.data)
    (self.epochs, self.seed, self.options) = (epochs ?? known.epochs, seed ?? 1, options)
    if let unknown = options.keys.sorted().first(where: { name in !recipe.options.contains { $0.name == name } }) {
      let known = recipe.options.map { "\($0.name) (\($0.meaning))" }.joined(separator: ", ")
      throw DataError(
        recipe.name, "there is no “\(unknown)” to set",
        advice: known.isEmpty ? "leave --set out" : "these can be set: \(known)")
    }
  }

  /// A path from the root where a file or folder is meant, so that the run can be resumed from anywhere.
  private static func lasting(_ source: String) -> String {
    guard DatasetCatalog.entry(named: source) == nil, FileManager.default.fileExists(atPath: source) else {
      return source
    }
    return URL(fileURLWithPath: source).path
  }

  /// The kind as a recipe's own type, which knows all that stand in ``TaskRecipe/kinds``.
  func kind<Kind: RawRepresentable<String>>(_ type: Kind.Type = Kind.self) -> Kind {
    guard let kind = Kind(rawValue: kind) else { fatalError("\(recipe.name) lists a kind that \(type) lacks: \(kind)") }
    return kind
  }

  /// A whole number that `--set` gives.
  func integer(_ name: String, _ range: ClosedRange<Int>) throws(DataError) -> Int? {
    guard let text = options[name] else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw DataError(
        "--set \(name)=\(text)", "it is no number from \(range.lowerBound) to \(range.upperBound)",
        advice: "give another one")
    }
    return value
  }

  /// The plan of a run that was begun; nil where the run is of another sort.
  package init?(resuming run: RunFolder) throws(DataError) {
    guard run.holdsRun else { return nil }
    let json = try JSON(parsing: InputFile.bytes(of: run.description, limit: 1 << 22), file: run.description)
    guard let name = json["task"]?.string else { return nil }
    guard let recipe = TaskRecipe.named(name), let kind = json["kind"]?.string, let source = json["data"]?.string,
      let epochs = json["epochs"]?.integer, let seed = json["seed"]?.integer, (1...100_000).contains(epochs), seed >= 0
    else { throw DataError(run.description, "it does not say what was run", advice: "begin a new run") }
    let options = (json["options"]?.members ?? []).compactMap { member in member.value.string.map { (member.name, $0) }
    }
    try self.init(
      recipe, kind: kind, source: source, epochs: epochs, seed: UInt64(seed),
      options: Dictionary(options) { first, _ in first })
    fingerprint = DataFingerprint(json["fingerprint"])
  }

  /// Takes the data for those of the run, or refuses them where they are others.
  mutating func settle(_ found: DataFingerprint?) throws(DataError) {
    if let kept = fingerprint, let found { try found.check(against: kept, source: source) }
    fingerprint = found ?? fingerprint
  }

  /// What was run, and what came out.
  package func json(status: String, results: [(name: String, value: Double)] = [], seconds: Double? = nil) -> JSON {
    var members: [JSON.Member] = [
      .init("status", .string(status)), .init("task", .string(recipe.name)), .init("kind", .string(kind)),
      .init("data", .string(source)), .init("epochs", .integer(epochs)), .init("seed", .integer(Int(clamping: seed))),
    ]
    if !options.isEmpty {
      let sorted = options.sorted { $0.key < $1.key }
      members.append(.init("options", .object(sorted.map { .init($0.key, .string($0.value)) })))
    }
    if let fingerprint { members.append(.init("fingerprint", fingerprint.json)) }
    if let seconds { members.append(.init("seconds", .number(seconds))) }
    if !results.isEmpty {
      members.append(.init("results", .object(results.map { .init($0.name, .number($0.value)) })))
    }
    return .object(members)
  }
}

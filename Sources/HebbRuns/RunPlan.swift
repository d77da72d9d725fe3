import Foundation
import Hebb
import HebbFiles

/// What is to be trained, as it is kept in `run.json`.
package struct RunPlan<Recipe: RunRecipe>: Sendable {
  package let recipe: Recipe
  package let kind: String
  /// A data set's name, a file or a folder.
  package let source: String
  package var epochs: Int
  package let seed: UInt64
  /// What was changed by `--set`.
  package let options: [String: String]

  package init(
    _ recipe: Recipe, kind: String?, source: String?, epochs: Int?, seed: UInt64?, options: [String: String] = [:]
  ) throws(DataError) {
    let kind = kind ?? recipe.kinds[0].name
    guard let known = recipe.kinds.first(where: { $0.name == kind }) else {
      let names = recipe.kinds.map(\.name).joined(separator: ", ")
      throw DataError(recipe.name, "there is no kind \(kind)", advice: "give one of \(names)")
    }
    (self.recipe, self.kind) = (recipe, kind)
    self.source = RunPlan.lasting(source ?? recipe.data)
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

  /// A whole number that `--set` gives.
  package func integer(_ name: String, _ range: ClosedRange<Int>) throws(DataError) -> Int? {
    guard let text = options[name] else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw DataError(
        "--set \(name)=\(text)", "it is no number from \(range.lowerBound) to \(range.upperBound)",
        advice: "give another one")
    }
    return value
  }
}

// MARK: - In run.json

extension RunPlan {
  /// The plan of a run that was begun; nil where the run is of another family.
  package init?(resuming run: RunFolder) throws(DataError) {
    guard run.holdsRun else { return nil }
    let json = try JSON(parsing: InputFile.bytes(of: run.description, limit: 1 << 22), file: run.description)
    guard let name = json[Recipe.family]?.string else { return nil }
    guard let recipe = Recipe.named(name), let kind = json["kind"]?.string, let source = json["data"]?.string,
      let epochs = json["epochs"]?.integer, let seed = json["seed"]?.integer, (1...100_000).contains(epochs), seed >= 0
    else { throw DataError(run.description, "it does not say what was run", advice: "begin a new run") }
    var options: [String: String] = [:]
    for member in json["options"]?.members ?? [] { options[member.name] = member.value.string }
    try self.init(recipe, kind: kind, source: source, epochs: epochs, seed: UInt64(seed), options: options)
  }

  /// What was run, and what came out.
  package func json(_ status: RunStatus, results: [(name: String, value: Double)] = [], seconds: Double? = nil) -> JSON
  {
    var members: [JSON.Member] = [
      .init("status", .string(status.rawValue)), .init(Recipe.family, .string(recipe.name)),
      .init("kind", .string(kind)), .init("data", .string(source)), .init("epochs", .integer(epochs)),
      .init("seed", .integer(Int(clamping: seed))),
    ]
    if !options.isEmpty {
      let sorted = options.sorted { $0.key < $1.key }
      members.append(.init("options", .object(sorted.map { .init($0.key, .string($0.value)) })))
    }
    if let seconds { members.append(.init("seconds", .number(seconds))) }
    if !results.isEmpty {
      members.append(.init("results", .object(results.map { .init($0.name, .number($0.value)) })))
    }
    return .object(members)
  }
}

/// How far a run is.
package enum RunStatus: String, Sendable {
  case running, interrupted, failed, finished
}

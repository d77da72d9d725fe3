import ArgumentParser
import HebbArrays
import HebbRecipes
import HebbRuns
import HebbTasks

/// Options that most commands have.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the data are: the folder that holds them, or a file or data set that the recipe takes.",
      valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("How many threads work; any number gives the same numbers.", valueName: "n"))
  var threads: Int?

  func validate() throws { try ThreadCount.check(threads) }

  /// Sets the threads.
  func apply() { ThreadCount.set(threads) }
}

/// What `--threads` may be, and what it does.
enum ThreadCount {
  static func check(_ threads: Int?) throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024") }
  }

  static func set(_ threads: Int?) { if let threads { ThreadPool.shared.threads = threads } }
}

/// How many threads a command that uses a network has.
struct ThreadOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many threads work.", valueName: "n"))
  var threads: Int?

  func validate() throws { try ThreadCount.check(threads) }

  /// Sets the threads.
  func apply() { ThreadCount.set(threads) }
}

/// How much a command says, and how.
struct OutputOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say only what must be said.")
  var quiet = false

  @Flag(help: "Print one line of JSON instead of text.")
  var json = false
}

/// Finds what a user means by a name.
enum Names {
  /// A network: a recipe's name, or the path of a network file.
  static func plan(_ name: String) throws(DataError) -> TrainingPlan {
    if let recipe = Recipe.named(name) { return TrainingPlan(try recipe.spec(), base: "") }
    if isNetworkFile(name) {
      let folder = name.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      return TrainingPlan(try NetworkSpec(reading: name), base: folder.isEmpty && name.hasPrefix("/") ? "/" : folder)
    }
    throw unknownRecipe(name)
  }

  /// The network of a network file, with the weights that it names.
  static func weighted(_ path: String, data: String?) throws -> TrainingSession {
    var plan = try plan(path)
    plan.dataFolder = data
    guard plan.spec.weights != nil else {
      throw DataError(path, "it names no weights", advice: "add weights: {file: …}, or train it first")
    }
    return try TrainingSession(plan)
  }

  /// The model file of a run's folder, or the file itself.
  static func modelFile(_ path: String) -> String {
    path.hasSuffix(".safetensors") ? path : RunFolder(path).model
  }

  /// The run's folder, or the one that a model file lies in.
  static func runFolder(_ path: String) -> RunFolder {
    guard path.hasSuffix(".safetensors") else { return RunFolder(path) }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return RunFolder(folder.isEmpty ? "." : folder)
  }

  static func isNetworkFile(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  /// Everything that `hebb train` knows by name, with a line on each.
  static var summaries: [[String]] {
    Recipe.all.map { [$0.name, $0.summary] } + RuleRecipe.all.map { [$0.name, $0.summary] }
      + GenerativeRecipe.all.map { [$0.name, $0.summary] } + TaskRecipe.all.map { [$0.name, $0.summary] }
  }

  /// The names alone.
  static var recipes: [String] { summaries.map { $0[0] } }

  static func unknownRecipe(_ name: String) -> DataError {
    let advice =
      NearestName.find(name, among: recipes).map { "did you mean \($0)?" }
      ?? "give a network.yaml, or one of \(recipes.joined(separator: ", "))"
    return DataError(name, "there is no such recipe", advice: advice)
  }
}

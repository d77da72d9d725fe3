import ArgumentParser
import HebbArrays
import HebbRecipes
import HebbRuns

/// `hebb evaluate`: measures a trained network on its test set.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a trained network on its test set.",
    discussion: """
      hebb evaluate runs/digits
      hebb evaluate model.safetensors --data ~/datasets
      hebb evaluate mnist-cnn.yaml               (a network file that names weights)
      hebb evaluate digits --folds 5             (trains five networks)
      hebb evaluate runs/spam
      hebb evaluate runs/spam --data mine.csv

      Networks of tasks (texts, series, sounds) are measured on the test part of their run's data, which are read again. Those       that classify, tag, translate or forecast take other data as well: all of a file as train takes it, or the test part of       a set.
      """)

  @Argument(
    help: ArgumentHelp(
      "A run's folder, a model file, a network file that names weights, or with --folds a recipe.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("Cross-validate a recipe or network file.", valueName: "n"))
  var folds: Int?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let folds, !(2...100).contains(folds) { throw ValidationError("--folds must be from 2 to 100") }
  }

  func run() throws {
    common.apply()
    if let folds {
      var plan = try Names.plan(model)
      plan.dataFolder = common.data
      return try FoldRun(plan, folds: folds, output: output).run()
    }
    if let task = TaskEvaluation(model, data: common.data, output: output) { return try task.run() }
    let result = try test()
    if output.json {
      Console.line(RunRecord.test(result).description)
    } else if output.quiet {
      Console.line(result.accuracy.map { "test accuracy \(NumberFormat.percent($0))" } ?? "test loss \(result.loss)")
    } else {
      Console.line(ResultText.text(result))
    }
  }

  private func test() throws -> TestResult {
    if Names.recipes.contains(model), !RunFolder(model).holdsRun {
      let folds = Recipe.named(model) == nil ? "" : ", or add --folds 5"
      throw DataError(model, "a recipe has no weights yet", advice: "name a run, such as runs/\(model)\(folds)")
    }
    guard Names.isNetworkFile(model) else {
      // A run knows which data it was given.
      let run = try? TrainingPlan(resuming: Names.runFolder(model))
      return try TrainedModel(reading: Names.modelFile(model)).test(
        dataFolder: common.data ?? run?.dataFolder, base: run?.base ?? "")
    }
    return try Names.weighted(model, data: common.data).test()
  }
}

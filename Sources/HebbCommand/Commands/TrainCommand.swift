import ArgumentParser
import HebbArrays
import HebbRecipes
import HebbRuns
import HebbTasks
import HebbTraining

/// `hebb train`: trains a recipe or a network file.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network, and save it with its log and pictures.",
    discussion: """
      hebb train digits
      hebb train fashion-lenet --epochs 3 --out runs/short
      hebb train network.yaml --data ~/pictures --seed 7
      hebb train digits --folds 5
      hebb train digits --find-rate
      hebb train --resume runs/digits
      hebb train som --data flowers.csv
      hebb train lvq --data wine --kind grlvq --folds 10
      hebb train classify-series --data moves_TRAIN.ts
      hebb train gan --kind wasserstein
      hebb train colorize --data ~/pictures

      A run is a folder: model.safetensors, checkpoint.safetensors, metrics.csv, run.json and pictures. \
      Ctrl-C saves it, and --resume goes on as if nothing had been. Networks of local rules (som, lvq, art, hopfield, \
      rbm, dbn) take a data set's name, a table or a folder of pictures by --data; som, hopfield and rbm also tables of numbers \
      alone and pictures without folders for classes. hopfield learns at once, so that there is nothing to resume. Networks that make pictures (autoencoder, vae, gan, colorize) take a data set's name or a folder of \
      pictures.
      """)

  @Argument(
    help: ArgumentHelp("A recipe's name (see hebb recipes) or the path of a network file.", valueName: "recipe"),
    completion: .custom { _, _, _ in
      Names.recipes
    })
  var recipe: String?

  @Option(help: ArgumentHelp("How many times every sample is seen.", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The folder to write to; runs/NAME by default.", valueName: "folder"))
  var out: String?

  @Option(help: ArgumentHelp("Go on with the run in this folder.", valueName: "folder"))
  var resume: String?

  @Option(
    help: ArgumentHelp("Cross-validate instead: train this many networks, each tested on another part.", valueName: "n")
  )
  var folds: Int?

  @Flag(help: "Do not train: try rising learning rates, draw the losses, and suggest a rate.")
  var findRate = false

  @Option(help: ArgumentHelp("The variant of a recipe that has several.", valueName: "name"))
  var kind: String?

  @Option(help: ArgumentHelp("The weight of a vae's divergence.", valueName: "number"))
  var beta: Double?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change a setting of a task's recipe; may be given often.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (recipe == nil) != (resume == nil) else {
      throw ValidationError("name a recipe, a network file, or --resume with a run's folder")
    }
    if out?.isEmpty == true { throw ValidationError("--out must name a folder") }
    if let epochs, !(1...100_000).contains(epochs) { throw ValidationError("--epochs must be from 1 to 100000") }
    if let seed, seed > UInt64(Int.max) { throw ValidationError("--seed must be at most \(Int.max)") }
    if let beta, !(beta >= 0 && beta.isFinite) { throw ValidationError("--beta must be 0 or more") }
    if let wrong = settings.first(where: { !$0.contains("=") || $0.hasPrefix("=") }) {
      throw ValidationError("--set \(wrong): give a name, = and a value")
    }
    if resume != nil, kind != nil || beta != nil || !settings.isEmpty {
      throw ValidationError("a resumed run keeps its --kind, --beta and --set")
    }
    if let folds {
      guard (2...100).contains(folds) else { throw ValidationError("--folds must be from 2 to 100") }
      guard resume == nil, out == nil else {
        throw ValidationError("--folds keeps no run: leave out --resume and --out")
      }
    }
    if findRate, resume != nil || folds != nil {
      throw ValidationError("--find-rate begins anew: leave out --resume and --folds")
    }
    if resume != nil, seed != nil || out != nil { throw ValidationError("a resumed run keeps its seed and its folder") }
  }

  func run() throws {
    common.apply()
    if let resume {
      let folder = RunFolder(resume)
      if var plan = try GenerativePlan(resuming: folder) {
        if let epochs { plan.epochs = epochs }
        return try GenerativeTraining(plan: plan, folder: folder, resumes: true, output: output).run()
      }
      if var plan = try TaskPlan(resuming: folder) {
        if let epochs { plan.epochs = epochs }
        return try TaskTrainingRun(plan: plan, folder: folder, resumes: true, output: output).run()
      }
      if let plan = try RulePlan(resuming: folder) {
        guard epochs == nil || epochs == plan.epochs else {
          throw DataError(
            resume, "its rates fall over \(plan.epochs) epochs, and a resumed run keeps them",
            advice: "leave --epochs out")
        }
        return try RuleTraining(plan: plan, folder: folder, resumes: true, output: output).run()
      }
      var plan = try TrainingPlan(resuming: folder)
      adjust(&plan)
      return try TrainingRun(plan, in: folder, resumes: true, output: output).run()
    }
    if findRate, let recipe,
      RuleRecipe.named(recipe) != nil || GenerativeRecipe.named(recipe) != nil || TaskRecipe.named(recipe) != nil
    {
      throw DataError(recipe, "its learning rate cannot be searched for", advice: "leave --find-rate out")
    }
    if let generative = recipe.flatMap(GenerativeRecipe.named) { return try run(generative) }
    if let task = recipe.flatMap(TaskRecipe.named) { return try run(task) }
    guard beta == nil, settings.isEmpty else {
      throw DataError(recipe ?? "", "it has no such settings", advice: "leave --beta and --set out")
    }
    if let rule = recipe.flatMap(RuleRecipe.named) { return try run(rule) }
    guard kind == nil else { throw DataError(recipe ?? "", "it has no kinds", advice: "leave --kind out") }
    var plan = try Names.plan(recipe ?? "")
    adjust(&plan)
    if let folds { return try FoldRun(plan, folds: folds, output: output).run() }
    if findRate {
      let folder = out.map { RunFolder($0) } ?? RunFolder.next(named: "\(plan.spec.name)-rate")
      return try RateRun(plan: plan, folder: folder, output: output).run()
    }
    let folder = try RunFolder.fresh(out, named: plan.spec.name)
    try TrainingRun(plan, in: folder, resumes: false, output: output).run()
  }

  private func run(_ rule: RuleRecipe) throws {
    let plan = try RulePlan(rule, kind: kind, source: common.data, epochs: epochs, seed: seed)
    if let folds { return try RuleFolds(plan: plan, folds: folds, output: output).run() }
    let folder = try RunFolder.fresh(
      out, named: rule.name, advice: rule.learnsAtOnce ? { _ in "name another folder with --out" } : nil)
    try RuleTraining(plan: plan, folder: folder, resumes: false, output: output).run()
  }

  private func run(_ recipe: GenerativeRecipe) throws {
    guard folds == nil else {
      throw DataError(recipe.name, "a network that makes pictures has no folds", advice: "leave --folds out")
    }
    guard beta == nil || recipe.options.contains(where: { $0.name == GenerativeRecipe.beta }) else {
      throw DataError(recipe.name, "it has no divergence to weigh", advice: "leave --beta out, or train a vae")
    }
    var options = namedSettings
    if let beta { options[GenerativeRecipe.beta] = "\(beta)" }
    let plan = try GenerativePlan(
      recipe, kind: kind, source: common.data, epochs: epochs, seed: seed, options: options)
    let folder = try RunFolder.fresh(out, named: recipe.name)
    try GenerativeTraining(plan: plan, folder: folder, resumes: false, output: output).run()
  }

  private func run(_ recipe: TaskRecipe) throws {
    guard folds == nil, beta == nil else {
      throw DataError(recipe.name, "it has no folds and no divergence", advice: "leave --folds and --beta out")
    }
    let plan = try TaskPlan(
      recipe, kind: kind, source: common.data, epochs: epochs, seed: seed, options: namedSettings)
    let folder = try RunFolder.fresh(out, named: recipe.name)
    try TaskTrainingRun(plan: plan, folder: folder, resumes: false, output: output).run()
  }

  /// What `--set` was given, by name; the last of a name counts.
  private var namedSettings: [String: String] {
    let pairs = settings.map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
  }

  private func adjust(_ plan: inout TrainingPlan) {
    if let epochs { plan.epochs = epochs }
    if let seed { plan.seed = seed }
    if let data = common.data { plan.dataFolder = data }
  }
}

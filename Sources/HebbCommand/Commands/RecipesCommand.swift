import ArgumentParser
import HebbArrays
import HebbPlots
import HebbRecipes

/// `hebb recipes`: the recipes, and the layers that network files can name.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "List the recipes, or print one: as a network file, or its kinds, settings and data.",
    discussion: """
      hebb recipes
      hebb recipes mnist-lenet > mine.yaml
      hebb recipes poet
      hebb recipes --layers
      hebb recipes --losses
      """)

  @Argument(
    help: ArgumentHelp("The recipe to print.", valueName: "recipe"),
    completion: .custom { _, _, _ in Names.recipes })
  var recipe: String?

  @Flag(help: "List the layers that a network file can name.")
  var layers = false

  @Flag
  var words: WordList?

  func run() throws {
    if let words {
      return Console.line(
        TextTable(["name", "written", "what it does"], rows: words.all.map { [$0.name, $0.example, $0.summary] })
          .description)
    }
    if layers {
      return Console.line(
        TextTable(["layer", "written", "what it does"], rows: LayerKind.all.map { [$0.name, $0.example, $0.summary] })
          .description)
    }
    guard let name = recipe else {
      return Console.line(TextTable(["recipe", "what it learns"], rows: Names.summaries).description)
    }
    if let recipe = Recipe.named(name) { return Console.write(recipe.text) }
    guard let sheet = RecipeSheet(name) else { throw Names.unknownRecipe(name) }
    Console.line(sheet.text)
  }
}

/// The lists of words of a network file.
enum WordList: String, EnumerableFlag {
  case losses, optimizers, schedules, initializers, augmentations, metrics

  var all: [SpecWord] {
    switch self {
    case .losses: LossSpec.words
    case .optimizers: OptimizerSpec.words
    case .schedules: ScheduleSpec.words
    case .initializers: Initializers.words
    case .augmentations: AugmentationSpec.words
    case .metrics: MetricSpec.words
    }
  }

  static func help(for value: WordList) -> ArgumentHelp? {
    switch value {
    case .losses: "List the losses."
    case .optimizers: "List the optimisers."
    case .schedules: "List the schedules of the learning rate."
    case .initializers: "List how weights can begin."
    case .augmentations: "List the random changes of pictures."
    case .metrics: "List what can be measured."
    }
  }
}

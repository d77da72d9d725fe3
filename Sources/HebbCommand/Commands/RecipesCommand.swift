import ArgumentParser
import HebbPlots
import HebbRecipes

/// `hebb recipes`: the recipes, and the layers that network files can name.
struct RecipesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "List the recipes, or print one as a network file.",
    discussion: """
      hebb recipes
      hebb recipes mnist-lenet > mine.yaml
      hebb recipes --layers
      """)

  @Argument(
    help: ArgumentHelp("The recipe to print.", valueName: "recipe"),
    completion: .custom { _, _, _ in Recipe.all.map(\.name) })
  var recipe: String?

  @Flag(help: "List the layers that a network file can name.")
  var layers = false

  func run() throws {
    if layers {
      return Console.line(
        TextTable(["layer", "written", "what it does"], rows: LayerKind.all.map { [$0.name, $0.example, $0.summary] })
          .description)
    }
    guard let name = recipe else {
      return Console.line(
        TextTable(["recipe", "what it learns"], rows: Recipe.all.map { [$0.name, $0.summary] }).description)
    }
    guard let recipe = Recipe.named(name) else { throw Names.unknownRecipe(name) }
    Console.write(recipe.text)
  }
}

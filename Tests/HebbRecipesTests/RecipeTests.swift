import HebbArrays
import HebbLayers
import HebbRecipes
import Testing

/// Recipes are network files like any other.
@Suite struct RecipeTests {
  @Test(arguments: Recipe.all)
  func recipeBuilds(_ recipe: Recipe) throws {
    let spec = try recipe.spec()
    #expect(spec.name == recipe.name)
    let (network, input) = try #require(try TrainingSession.networkAlone(TrainingPlan(spec, base: "")))
    #expect(network.model(NDArray.zeros(input.inserting(2, at: 0))).shape[0] == 2)
  }

  /// A model's file keeps the declaration as JSON: it must say the same as the YAML text.
  @Test(arguments: Recipe.all)
  func jsonSaysTheSame(_ recipe: Recipe) throws {
    let spec = try recipe.spec()
    let text = spec.json.description
    let again = try NetworkSpec(JSON(parsing: Array(text.utf8), file: "x"), file: "x")
    #expect(again.json == spec.json)
    let (first, input) = try #require(try TrainingSession.networkAlone(TrainingPlan(spec, base: "")))
    let second = try #require(try TrainingSession.networkAlone(TrainingPlan(again, base: ""))).network
    let x = NDArray.full(input.inserting(1, at: 0), 0.5)
    #expect(first.model(x).elements(as: Float.self) == second.model(x).elements(as: Float.self))
  }

  /// The parameter counts of the papers' networks.
  @Test(
    arguments: [
      ("mnist-lenet", 61_706), ("mnist-mlp", 669_706), ("cifar-resnet20", 272_474), ("cifar-plain20", 269_722),
    ])
  func parameterCounts(_ name: String, _ count: Int) throws {
    let spec = try #require(Recipe.named(name)).spec()
    let network = try #require(try TrainingSession.networkAlone(TrainingPlan(spec, base: ""))).network
    #expect(network.model.parameterCount == count)
  }

  @Test func nearestNames() {
    #expect(NearestName.find("mnist-lenat", among: Recipe.all.map(\.name)) == "mnist-lenet")
    #expect(NearestName.find("linaer", among: ["linear", "conv"]) == "linear")
    #expect(NearestName.find("zzzzzz", among: ["linear", "conv"]) == nil)
  }

  @Test func everyKindOfLayerHasItsOwnName() {
    #expect(Set(LayerKind.all.map(\.name)).count == LayerKind.all.count)
  }
}

import ArgumentParser
import HebbArrays
import HebbLayers
import HebbModels
import HebbRecipes
import HebbRuns
import HebbTasks
import HebbTraining

/// `hebb summary`: what a network consists of.
struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Show a network's layers, shapes, parameters and costs.",
    discussion: """
      hebb summary mnist-lenet
      hebb summary runs/digits
      hebb summary network.yaml --data ~/pictures
      hebb summary runs/translate

      Of networks that read texts, series or sounds the weights of every layer are shown: shapes depend on what is read.
      """)

  @Argument(help: ArgumentHelp("A recipe, a network file, a run's folder or a model file.", valueName: "network"))
  var network: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    common.apply()
    if Recipe.named(network) != nil || Names.isNetworkFile(network) {
      var plan = try Names.plan(network)
      plan.dataFolder = common.data
      if let (built, input) = try TrainingSession.networkAlone(plan) {
        return Console.line(ModelSummary(of: built.model, input: input).text)
      }
      let session = try TrainingSession(plan)
      Console.line(ModelSummary(of: session.network.model, input: session.data.sampleShape).text)
    } else {
      guard network.contains("/") || network.hasSuffix(".safetensors") || Files.exists(network) else {
        throw Names.unknownRecipe(network)
      }
      if let table = try WeightsTable(reading: Names.modelFile(network)) { return Console.line(table.text) }
      if let task = try? TaskFile(reading: Names.modelFile(network)), let model = try task.model() {
        return Console.line(PartsTable(of: model.network).text)
      }
      let model = try TrainedModel(reading: Names.modelFile(network))
      Console.line(ModelSummary(of: model.network, input: model.input).text)
    }
  }
}

import ArgumentParser

/// The command line.
struct HebbCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hebb",
    abstract: "Trains neural networks on this machine, and uses them.",
    discussion: """
      hebb train digits                          train a recipe, in seconds
      hebb predict runs/digits photo.png         ask the trained network
      hebb recipes mnist-lenet > mine.yaml       start a network of your own
      hebb train mine.yaml --epochs 5            and train it

      The same seed gives the same network, bit for bit, with any number of threads.
      Shell completion: hebb --generate-completion-script bash
      """,
    version: "0.1.0",
    subcommands: [
      TrainCommand.self, EvaluateCommand.self, PredictCommand.self, SummaryCommand.self, DataCommand.self,
      WriteCommand.self, ChatCommand.self, ComposeCommand.self,
      MapCommand.self, RecallCommand.self, SampleCommand.self, ColorizeCommand.self,
      ForecastCommand.self,
      ClassifyCommand.self, TagCommand.self, EmbedCommand.self,
      OCRCommand.self,
      TranscribeCommand.self,
      TranslateCommand.self, DescribeCommand.self,
      RecipesCommand.self, LabCommand.self, BenchCommand.self,
    ])
}

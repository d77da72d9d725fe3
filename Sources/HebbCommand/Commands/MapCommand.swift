import ArgumentParser
import Hebb
import HebbRecipes
import HebbRuns

/// `hebb map`: pictures of a self-organising map.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Draw a self-organising map: distances, features, and where samples lie.",
    discussion: """
      hebb train som
      hebb map runs/som
      hebb map runs/som --data flowers.csv --out pictures
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("A data set's name, a table or a folder of pictures to place on it.", valueName: "source"))
  var data: String?

  @Option(help: ArgumentHelp("The folder for pictures; the model's by default.", valueName: "folder"))
  var out: String?

  func run() throws {
    let path = Names.modelFile(model)
    let trained = try TrainedRule(reading: path)
    let map = try SelfOrganizingMap(trained.state)
    var figures = MapFigures.figures(map, trained.form)
    if let data {
      let samples = try RuleData(
        data, needsClasses: false, scaling: trained.form.scaling, form: trained.form)
      figures += try MapFigures.figures(
        map, of: samples.train, labels: samples.trainLabels, classNames: samples.classNames)
    }
    let beside = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let folder = RunFolder(out ?? (beside.isEmpty ? "." : beside))
    try folder.create()
    for (name, figure) in figures {
      try FigureFile.write(figure, to: folder.picture(name))
      Console.line("wrote \(folder.picture(name)).svg and .png")
    }
  }
}

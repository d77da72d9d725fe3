import ArgumentParser
import HebbArrays
import HebbPlots
import HebbRecipes

/// `hebb lab`: experiments that show how something works.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Run an experiment that shows how something works.",
    discussion: """
      hebb lab list
      hebb lab NAME --out labs/NAME
      """)

  @Argument(
    help: ArgumentHelp("The experiment's name, or list.", valueName: "name"),
    completion: .custom { _, _, _ in ["list"] + Labs.all.map(\.name) })
  var name = "list"

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The folder for pictures; labs/NAME by default.", valueName: "folder"))
  var out: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    common.apply()
    if name == "list" {
      return Console.line(TextTable(["lab", "what it shows"], rows: Labs.all.map { [$0.name, $0.summary] }).description)
    }
    guard let lab = Labs.named(name) else {
      let names = Labs.all.map(\.name)
      let advice = NearestName.find(name, among: names).map { "did you mean \($0)?" } ?? "see hebb lab list"
      throw DataError(name, "there is no such experiment", advice: advice)
    }
    try lab.run(
      LabContext(seed: seed, dataFolder: common.data, folder: out ?? "labs/\(name)") { Console.line($0) })
  }
}

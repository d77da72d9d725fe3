import ArgumentParser
import HebbArrays
import HebbLabs
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb lab`: experiments that show how something works.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Run an experiment that shows how something works.",
    discussion: """
      hebb lab list
      hebb lab gradients
      hebb lab gradients --out pictures
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
  @OptionGroup var output: OutputOptions

  func run() throws {
    common.apply()
    if name == "list" { return list() }
    guard let lab = Labs.named(name) else {
      let names = Labs.all.map(\.name)
      let advice = NearestName.find(name, among: names).map { "did you mean \($0)?" } ?? "see hebb lab list"
      throw DataError(name, "there is no such experiment", advice: advice)
    }
    let report = try lab.run(LabOptions(seed: seed))
    let folder = RunFolder(out ?? "labs/\(name)")
    try folder.create()
    let pictures = report.figures.map { "\(folder.path)/\($0.name)" }
    for (path, drawn) in zip(pictures, report.figures) { try FigureFile.write(drawn.figure, to: path) }
    if output.json { return Console.line(report.json(of: lab, seed: seed, pictures: pictures)) }
    Console.line(output.quiet ? report.sentences.joined(separator: "\n") : report.text(of: lab))
    for path in pictures where !output.quiet { Console.line("wrote \(path).svg and .png") }
  }

  private func list() {
    if output.json { return Console.line(Labs.json) }
    Console.line(TextTable(["lab", "what it shows"], rows: Labs.all.map { [$0.name, $0.title] }).description)
  }
}

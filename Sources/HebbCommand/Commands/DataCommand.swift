import ArgumentParser
import HebbArrays
import HebbFiles
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb data`: the data sets that Hebb knows by name.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, fetch and show data sets.",
    discussion: """
      hebb data list
      hebb data get fashion-mnist
      hebb data show mnist --out mnist.png

      Data sets are looked for in --data, below $HEBB_DATA, in /usr/share/datasets and in the cache.
      """,
    subcommands: [ListCommand.self, GetCommand.self, ShowCommand.self], defaultSubcommand: ListCommand.self)

  static func entry(_ name: String) throws(DataError) -> CatalogEntry {
    if let entry = DatasetCatalog.entry(named: name) { return entry }
    let advice = NearestName.find(name, among: DataSets.names).map { "did you mean \($0)?" }
    throw DataError(
      name, "there is no such data set", advice: advice ?? "known: \(DataSets.names.joined(separator: ", "))")
  }

  /// `hebb data list`
  struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the data sets, and where they are on this machine.")

    @Option(help: ArgumentHelp("A folder to look in.", valueName: "folder"))
    var data: String?

    func run() throws {
      let finder = DatasetFinder(folder: data)
      let rows = DatasetCatalog.all.map { entry in
        [
          entry.name, ListCommand.short(entry.summary),
          entry.isBuiltIn ? "built in" : finder.find(entry) ?? ListCommand.advice(on: entry),
        ]
      }
      Console.line(TextTable(["name", "what it is", "where"], rows: rows).description)
      Console.line()
      Console.line("HEBB_DATA is the folder that holds the folders of your sets; hebb data get NAME says the licence.")
    }

    /// A summary that leaves room for the place: cut between words.
    private static func short(_ summary: String) -> String {
      guard summary.count > 57 else { return summary }
      let words = summary.prefix(57).split(separator: " ").dropLast().joined(separator: " ")
      return String(words.last.map { ",:;".contains($0) } == true ? words.dropLast() : words[...]) + " …"
    }

    /// Where a set that is not here would be, or how it comes here.
    private static func advice(on entry: CatalogEntry) -> String {
      guard !entry.isFetchable, let folder = entry.folderName else { return "not here: hebb data get \(entry.name)" }
      return "not here: $HEBB_DATA/\(folder)"
    }
  }

  /// `hebb data get`
  struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "get", abstract: "Fetch a data set into the cache, and check it.")

    @Argument(
      help: ArgumentHelp("The data set's name.", valueName: "name"), completion: .custom { _, _, _ in DataSets.names })
    var name: String

    func run() throws {
      let entry = try DataCommand.entry(name)
      Console.line("\(entry.name): \(entry.summary)")
      Console.line("licence: \(entry.provenance.licence); source: \(entry.provenance.source)")
      if entry.isBuiltIn { return Console.line("\(entry.name) is built in") }
      let finder = DatasetFinder()
      if let found = finder.find(entry) { return Console.line("\(entry.name) is in \(found)") }
      Console.line("\(entry.name) is in \(try finder.fetch(entry))")
    }
  }

  /// `hebb data show`
  struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show samples of a data set: pictures as a contact sheet, tables as text.")

    @Argument(
      help: ArgumentHelp("The data set's name.", valueName: "name"), completion: .custom { _, _, _ in DataSets.names })
    var name: String

    @Option(help: ArgumentHelp("Where the contact sheet goes, PNG or SVG; NAME.png by default.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("How many samples.", valueName: "n"))
    var count = 60

    @Option(help: ArgumentHelp("The folder that holds the data.", valueName: "folder"))
    var data: String?

    func validate() throws {
      if !(1...1000).contains(count) { throw ValidationError("--count must be from 1 to 1000") }
    }

    func run() throws {
      let parts = try DatasetFinder(folder: data).load(DataCommand.entry(name), fetching: false)
      let samples = DataSamples(parts.train, count: count)
      Console.line(samples.overview(parts))
      guard let figure = samples.figure(name) else { return Console.line(samples.table.description) }
      let path = out ?? "\(name).png"
      try FigureFile.write(figure, as: path)
      Console.line("wrote \(path)")
    }
  }
}

import ArgumentParser
import Hebb
import HebbFiles
import HebbPlots
import HebbRuns
import HebbTasks

/// `hebb forecast`: what a series does next.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast a series, with intervals, as a table and a picture.",
    discussion: """
      hebb train forecast --data sales.csv --set column=total --set horizon=12
      hebb forecast runs/forecast
      hebb forecast runs/forecast newer.csv --steps 24 --out next.png

      Without a table the series goes on that the network has learned. The interval is to hold 80 of 100 values. Beyond \
      the horizon that was trained the network reads its own forecasts.

      hebb train traffic
      hebb forecast runs/traffic
      hebb forecast runs/traffic speeds.csv --out next.csv

      A network for the nodes of a graph forecasts all of them, without intervals; its table has a column for each, and its \
      first line is at midnight. --out writes them as a table then.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(
    help: ArgumentHelp("A table whose column goes on, or - for standard input.", valueName: "table"),
    completion: .file())
  var table: String?

  @Option(
    help: ArgumentHelp("The column's name, or its number from 1; that of the training by default.", valueName: "name"))
  var column: String?

  @Option(help: ArgumentHelp("How many steps; the trained horizon by default.", valueName: "n"))
  var steps: Int?

  @Option(help: ArgumentHelp("The picture to write, PNG or SVG; of a graph's nodes a CSV table.", valueName: "file"))
  var out: String?

  @Flag(help: "Print one line of JSON instead of text.")
  var json = false

  func validate() throws {
    if let steps, !(1...100_000).contains(steps) { throw ValidationError("--steps must be from 1 to 100000") }
    if column != nil, table == nil { throw ValidationError("--column is a table's: name one") }
  }

  func run() throws {
    let path = Names.modelFile(model)
    if TrafficModel.holds(try TaskFile(reading: path, task: TrafficModel.task)) {
      guard column == nil else {
        throw DataError(path, "it forecasts every node of a graph", advice: "leave --column out")
      }
      let trained = try TrafficModel(reading: path)
      return try GraphForecast(model: trained, path: path, table: table, steps: steps, out: out, json: json).run()
    }
    let trained = try ForecastModel(reading: path)
    let (column, series, labels) = try read(trained)
    let found = try trained.forecast(behind: series, steps: steps ?? trained.horizon, name: table.map(name))
    if let out {
      try FigureFile.write(
        .forecast(column, behind: series, labels: labels, season: trained.season, found), as: out)
    }
    if json { return Console.line(description(found, column).description) }
    if let last = labels.last { Console.line("behind \(last):") }
    let rows = found.values.indices.map { step in
      [String(step + 1)] + [found.values[step], found.low[step], found.high[step]].map { NumberText.short($0) }
    }
    Console.line(TextTable(["step", column, "from", "to"], rows: rows).description)
    if let out { Console.line("wrote \(out)") }
  }

  /// The column and its series that goes on, and what its values are called: the last one alone of what was learned.
  private func read(_ trained: ForecastModel) throws -> (column: String, series: [Float], labels: [String]) {
    guard let table else {
      return (trained.column, trained.learnedSeries, trained.last.isEmpty ? [] : [trained.last])
    }
    let wanted = column ?? trained.column
    let file =
      table == "-"
      ? try SeriesFile.decode(StandardInput.bytes(), name: name(table), column: wanted, orOnly: column == nil)
      : try SeriesFile.read(table, column: wanted, orOnly: column == nil)
    for note in file.notes { Console.error("note: \(name(table)): \(note)") }
    return (file.column, file.values, file.labels)
  }

  private func name(_ table: String) -> String { table == "-" ? "standard input" : table }

  private func description(_ found: Forecast, _ column: String) -> JSON {
    func list(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
    return .object([
      .init("column", .string(column)), .init("forecast", list(found.values)), .init("from", list(found.low)),
      .init("to", list(found.high)),
    ])
  }
}

import ArgumentParser
import Hebb
import HebbFiles
import HebbOCR
import HebbPlots
import HebbRuns
import HebbTasks

/// `hebb ocr evaluate`: how well lines are read whose texts are known.
struct OCREvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Read pictures of lines whose texts are known, and count the mistakes.",
    discussion: """
      hebb ocr evaluate --images plates/ --labels plates.tsv --model runs/read
      hebb ocr evaluate --images words/ --letters-and-digits --model runs/read --sheet errors.png

      The character error rate is the number of characters to add, remove or replace, for each true character.
      """)

  @Option(help: ArgumentHelp("A folder or an archive of PNG and JPEG pictures of lines.", valueName: "folder"))
  var images: String

  @Option(help: ArgumentHelp("The texts: a name, a tab or comma, and a text in each line.", valueName: "file"))
  var labels: String?

  @OptionGroup var reading: ReadingOptions

  @Flag(help: "Compare letters and digits alone, capitals and small ones alike.")
  var lettersAndDigits = false

  @Option(help: ArgumentHelp("Draw the lines that were read worst, as PNG or SVG.", valueName: "file"))
  var sheet: String?

  @Flag(help: "Print one line of JSON instead of text.")
  var json = false

  func run() throws {
    reading.work.apply()
    let readers = try reading.readers()
    let reader = PageReader(readers, decoding: try reading.decoding(readers))
    let lines = try LabelledLines(reading: images, table: labels).items
    let readings = reader.readLines(lines.map(\.picture)).map(\.text)
    let score = ReadingScore(
      readings: readings, truths: lines.map(\.text),
      normalized: lettersAndDigits ? ReadingScore.lettersAndDigits : { $0 })
    if let sheet, let figure = ReadingTest.errorSheet(score, lines) { try FigureFile.write(figure, as: sheet) }
    if json { return Console.line(jsonLine(score).description) }
    report(score)
  }

  private func report(_ score: ReadingScore) {
    Console.line("lines                 \(score.items.count)")
    Console.line("without a mistake     \(NumberText.percent(score.exactShare)) (\(score.exactCount))")
    Console.line("characters wrong      \(NumberText.percent(score.characterErrorRate))")
    let confusions = score.confusions.prefix(10)
    if !confusions.isEmpty { Console.line("most frequent mistakes") }
    for (truth, reading, count) in confusions {
      let what =
        switch (truth, reading) {
        case (let truth?, let reading?): "“\(reading)” for “\(truth)”"
        case (let truth?, nil): "“\(truth)” missed"
        case (nil, let reading?): "“\(reading)” too many"
        case (nil, nil): ""
        }
      Console.line("  \(count) × \(what)")
    }
    if let sheet, score.exactCount < score.items.count { Console.line("picture               \(sheet)") }
  }

  private func jsonLine(_ score: ReadingScore) -> JSON {
    let confusions = score.confusions.prefix(20).map { truth, reading, count -> JSON in
      .object([
        .init("truth", truth.map { .string(String($0)) } ?? .null),
        .init("read", reading.map { .string(String($0)) } ?? .null), .init("count", .integer(count)),
      ])
    }
    return .object([
      .init("lines", .integer(score.items.count)), .init("exact", .number(score.exactShare)),
      .init("character_error", .number(score.characterErrorRate)), .init("confusions", .array(confusions)),
    ])
  }
}

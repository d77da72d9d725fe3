import ArgumentParser
import HebbArrays
import HebbTasks

/// `hebb classify`: which class texts are of.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Say which class texts are of.",
    discussion: """
      hebb train sentiment
      hebb classify runs/sentiment "a gripping, beautifully shot film"
      hebb classify runs/spam messages.txt --json
      hebb train classify --data mine.csv
      cat lines.txt | hebb classify runs/classify - --top 1

      A file has a text in each line; a CSV or TSV file has a column that is named text, or texts in its only column. \
      Words that the network has never seen count as unknown; a note names them. Of a text as long as a book the first 10,000 \
      words or characters are read. How many texts of a labelled table are told right, hebb evaluate MODEL --data FILE says.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(
    help: ArgumentHelp("Texts, files of texts, or - for standard input.", valueName: "text"), completion: .file())
  var inputs: [String] = ["-"]

  @Option(help: ArgumentHelp("How many classes are named.", valueName: "n"))
  var top = 3

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each text.")
  var json = false

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top must be 1 or more") }
  }

  func run() throws {
    work.apply()
    let model = try ClassifyModel(reading: Names.modelFile(self.model))
    let items = try TextInputs.read(inputs)
    var unknown = UnknownWords()
    for item in items {
      let shares = model(item.text)
      let words = model.unknown(in: item.text)
      if json {
        Console.line(json(item, shares, model.classNames, unknown: words).description)
        continue
      }
      unknown.add(words)
      let ranked = PredictionJSON.ranked(shares, top).map { label in
        "\(model.classNames[label]) \(NumberFormat.percent(shares[label], places: 1))"
      }
      Console.line(ranked.joined(separator: "  ") + (items.count > 1 ? "  \(TextInputs.shown(item.text))" : ""))
    }
    unknown.tell()
  }

  private func json(_ item: TextInputs.Item, _ shares: [Double], _ names: [String], unknown: [String]) -> JSON {
    let ranked = PredictionJSON.ranked(shares, top)
    let classes = ranked.map { label -> JSON in
      .object([.init("class", .string(names[label])), .init("probability", .number(shares[label]))])
    }
    let place = item.place.map { [JSON.Member("input", .string($0))] } ?? []
    return .object(
      place + [
        .init("text", .string(item.text)), .init("class", .string(names[ranked[0]])), .init("top", .array(classes)),
        .init("unknown", .array(unknown.map { .string($0) })),
      ])
  }
}

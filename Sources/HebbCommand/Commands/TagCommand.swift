import ArgumentParser
import HebbArrays
import HebbPlots
import HebbTasks

/// `hebb tag`: what texts mention.
struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Find names, places and the like in texts.",
    discussion: """
      hebb train ner-zh
      hebb tag runs/ner-zh "吴重阳，中国国籍，大学本科，教授级高工"
      hebb tag runs/ner-en posts.txt --json
      hebb train tag --data mine.conll

      Each entity is given with its kind and its place: the number of its first character, from 0, and that behind its \
      last. A file has a text in each line. Texts may be of any length.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(
    help: ArgumentHelp("Texts, files of texts, or - for standard input.", valueName: "text"), completion: .file())
  var inputs: [String] = ["-"]

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each text.")
  var json = false

  func run() throws {
    work.apply()
    let model = try TagModel(reading: Names.modelFile(self.model))
    let items = try TextInputs.read(inputs)
    for (index, item) in items.enumerated() {
      let entities = model(item.text)
      if json {
        Console.line(json(item, entities).description)
        continue
      }
      if items.count > 1 { Console.line((index > 0 ? "\n" : "") + TextInputs.shown(item.text, 78)) }
      guard !entities.isEmpty else {
        Console.line("nothing found")
        continue
      }
      let rows = entities.map { [TextInputs.shown(String($0.text)), $0.kind, "\($0.from)", "\($0.to)"] }
      Console.line(TextTable(["text", "kind", "from", "to"], rows: rows).description)
    }
  }

  private func json(_ item: TextInputs.Item, _ entities: [TagModel.Entity]) -> JSON {
    let found = entities.map { entity -> JSON in
      .object([
        .init("text", .string(String(entity.text))), .init("kind", .string(entity.kind)),
        .init("from", .integer(entity.from)), .init("to", .integer(entity.to)),
      ])
    }
    let place = item.place.map { [JSON.Member("input", .string($0))] } ?? []
    return .object(place + [.init("text", .string(item.text)), .init("entities", .array(found))])
  }
}

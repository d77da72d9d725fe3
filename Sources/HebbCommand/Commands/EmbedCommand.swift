import ArgumentParser
import Hebb
import HebbPlots

/// `hebb embed`: texts as vectors, by a BERT that was trained elsewhere.
struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Say how alike texts are in meaning, by a BERT of yours.",
    discussion: """
      hebb embed all-MiniLM-L6-v2 "A man is eating." "Someone has a meal."
      hebb embed all-MiniLM-L6-v2 notes.txt --to "when is the meeting?"
      hebb embed all-MiniLM-L6-v2 notes.txt --json > vectors.jsonl

      A network is a folder with config.json, vocab.txt and model.safetensors, as sentence transformers of mean pooling are \
      published. Each text becomes a vector of length 1, and the cosine of two of them says how alike they are: 1 for the \
      same. A few texts are shown in a table of all pairs; --to puts the most alike first. A file has a text in each line. \
      Of a text of more than 256 pieces of words the beginning is read, and a note says so.
      """)

  @Argument(help: ArgumentHelp("The folder of a published BERT.", valueName: "folder"), completion: .directory)
  var folder: String

  @Argument(
    help: ArgumentHelp("Texts, files of texts, or - for standard input.", valueName: "text"), completion: .file())
  var inputs: [String] = ["-"]

  @Option(help: ArgumentHelp("A text that all others are compared with.", valueName: "text"))
  var to: String?

  @Option(help: ArgumentHelp("How many of the most alike are shown, with --to.", valueName: "n"))
  var top = 10

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each text, with its vector.")
  var json = false

  /// The most texts in a table of all pairs.
  private static let tableLimit = 20
  /// The most pieces of a text that are read, and how many texts are read at once.
  private static let (longest, batch) = (256, 32)

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top must be 1 or more") }
    if let to, to.allSatisfy(\.isWhitespace) { throw ValidationError("--to must have words") }
    guard to == nil || !json else { throw ValidationError("--to ranks texts: leave --json out") }
  }

  func run() throws {
    work.apply()
    let reader = try PretrainedBERT(folder: folder)
    let texts = try TextInputs.read(inputs).map(\.text)
    guard json || to != nil || texts.count <= EmbedCommand.tableLimit else {
      throw DataError(
        "\(texts.count) texts", "a table of all pairs would be too large",
        advice: "add --to TEXT to rank them, or --json for their vectors")
    }
    if let to {
      let wanted = vectors([to], reader)[0]
      let cosines = vectors(texts, reader).map { cosine($0, wanted) }
      let order = texts.indices.sorted { (cosines[$1], $0) < (cosines[$0], $1) }.prefix(top)
      let rows = order.map { [NumberText.fixed(cosines[$0], places: 4), TextInputs.shown(texts[$0])] }
      return Console.line(TextTable(["cosine", "text"], rows: rows).description)
    }
    let vectors = vectors(texts, reader)
    if json {
      for (text, vector) in zip(texts, vectors) {
        let numbers = JSON.array(vector.map { .number(Double($0)) })
        Console.line(JSON.object([.init("text", .string(text)), .init("vector", numbers)]).description)
      }
      return
    }
    let rows = texts.indices.map { row in
      ["\(row + 1)", TextInputs.shown(texts[row], 40)]
        + vectors.map { NumberText.fixed(cosine(vectors[row], $0), places: 4) }
    }
    Console.line(TextTable(["", "text"] + texts.indices.map { "\($0 + 1)" }, rows: rows).description)
  }

  private func vectors(_ texts: [String], _ reader: PretrainedBERT) -> [[Float]] {
    let limit = min(EmbedCommand.longest, reader.bert.configuration.context)
    for text in texts where reader.tokenizer.encode(text).count + 2 > limit {
      Console.error("note: “\(TextInputs.shown(text, 30))” is long; only its first \(limit) pieces are read")
    }
    return stride(from: 0, to: texts.count, by: EmbedCommand.batch).flatMap { start -> [[Float]] in
      let group = Array(texts[start..<min(texts.count, start + EmbedCommand.batch)])
      let found = reader.embeddings(of: group, limit: limit)
      return group.indices.map { found.row($0).elements() }
    }
  }

  /// Of vectors of length 1 the sum of products.
  private func cosine(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
}

import ArgumentParser
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks

/// `hebb translate`: texts into another language.
struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Translate texts with a trained network, line by line.",
    discussion: """
      hebb train translate --kind rnn
      hebb translate runs/translate "Two dogs are playing in the snow."
      hebb translate runs/translate letter.txt --beams 8 > brief.txt
      hebb translate runs/translate "A man sleeps." --attention map.png

      Each line becomes a line; an empty one stays empty. Of a CSV or TSV file the column that is named text is translated. \
      Of a line that is longer than 256 pieces of words the beginning is translated, and a note says so. Another names words \
      that the network has never seen, which it reads by their pieces. --attention draws where the network looked in the text as it wrote each word.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(
    help: ArgumentHelp("Texts, files of lines in UTF-8, or - for standard input.", valueName: "text"),
    completion: .file())
  var inputs: [String] = ["-"]

  @Option(
    help: ArgumentHelp("How many beginnings the search keeps; 1 takes the likeliest word each time.", valueName: "n"))
  var beams = 4

  @Option(help: ArgumentHelp("Draw what was looked at, PNG or SVG; for one text.", valueName: "file"))
  var attention: String?

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each line.")
  var json = false

  /// How many lines are translated before they are printed.
  private static let portion = 32

  func validate() throws {
    guard (1...64).contains(beams) else { throw ValidationError("--beams must be from 1 to 64") }
  }

  func run() throws {
    work.apply()
    let translator = try TranslateModel(reading: Names.modelFile(model))
    let lines = try TextInputs.lines(inputs)
    if let attention {
      guard lines.count == 1, let line = lines.first else {
        throw DataError("--attention", "\(lines.count) lines cannot be drawn in one picture", advice: "give one text")
      }
      return try draw(line, translator, to: attention)
    }
    var unknown = UnknownWords()
    for start in stride(from: 0, to: lines.count, by: TranslateCommand.portion) {
      let texts = Array(lines[start..<min(start + TranslateCommand.portion, lines.count)])
      for (index, translation) in translator.translate(texts, beams: beams).enumerated() {
        let words = translator.unknown(in: texts[index])
        unknown.add(words)
        answer(texts[index], translation, unknown: words, number: start + index + 1)
      }
    }
    if !json { unknown.tell() }
  }

  private func answer(_ text: String, _ translation: Translation, unknown: [String], number: Int) {
    if translation.isCut { Console.error("note: line \(number) is long; only its beginning is translated") }
    guard json else { return Console.line(translation.text) }
    Console.line(
      JSON.object([
        .init("text", .string(text)), .init("translation", .string(translation.text)),
        .init("logProbability", .number(translation.logProbability)), .init("cut", .bool(translation.isCut)),
        .init("unknown", .array(unknown.map { .string($0) })),
      ]).description)
  }

  private func draw(_ text: String, _ translator: TranslateModel, to path: String) throws {
    let translation = translator.translate(text, beams: beams)
    let words = translator.unknown(in: text)
    answer(text, translation, unknown: words, number: 1)
    let map = translator.attention(of: text, to: translation)
    guard !map.source.isEmpty else {
      throw DataError("--attention", "there is nothing to look at in an empty text", advice: "give a text")
    }
    let isVector = path.lowercased().hasSuffix(".svg")
    try FigureFile.write(map.figure(isDrawn: !isVector), as: path)
    guard !json else { return }
    var unknown = UnknownWords()
    unknown.add(words)
    unknown.tell()
    for line in isVector ? [] : map.legend { Console.line(line) }
    Console.line("wrote \(path)")
  }
}

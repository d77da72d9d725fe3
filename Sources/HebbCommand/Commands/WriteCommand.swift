import ArgumentParser
import Hebb
import HebbTasks

/// `hebb write`: text and poems by a trained network.
struct WriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write text or poems with a trained network.",
    discussion: """
      hebb train shakespeare
      hebb write runs/shakespeare --prompt "ROMEO:" --temperature 0.7
      hebb train write --data letters.txt
      hebb write runs/write --count 2000 --top-p 0.9 --seed 3
      hebb write runs/shakespeare --prompt "To be" --beams 4 --count 40
      hebb train poet
      hebb write runs/poet --form 7 --lines 8
      hebb write runs/poet --form 5 --acrostic 春夏秋冬

      Text appears as it is written. Characters of the prompt that the network has never seen are left out of a text; in \
      a poem they are written where they were asked for.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("What the text begins with; - reads it from standard input.", valueName: "text"))
  var prompt = ""

  @Option(
    help: ArgumentHelp("How many characters are written, 500 by default; of a poet, how many poems.", valueName: "n"))
  var count: Int?

  @OptionGroup var drawing: SamplingOptions

  @Option(help: ArgumentHelp("Characters in a poem's line: 5 or 7.", valueName: "n"))
  var form: Int?

  @Option(help: ArgumentHelp("A poem's lines, an even number; 4, or as many as the acrostic needs.", valueName: "n"))
  var lines: Int?

  @Option(help: ArgumentHelp("The characters that a poem's lines begin with.", valueName: "text"))
  var acrostic: String?

  @Option(help: ArgumentHelp("The seed of everything that is drawn.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Print one line of JSON for each text.")
  var json = false

  func validate() throws {
    if let count, !(1...1_000_000).contains(count) { throw ValidationError("--count must be from 1 to 1000000") }
    if let form, ![5, 7].contains(form) { throw ValidationError("--form must be 5 or 7") }
    if let lines, !(4...24).contains(lines) || lines % 2 != 0 {
      throw ValidationError("--lines must be an even number from 4 to 24")
    }
    if let acrostic, acrostic.isEmpty || acrostic.count > lines ?? 24 {
      throw ValidationError("--acrostic must be a character for each line, from 1 to \(lines ?? 24)")
    }
  }

  func run() throws {
    let prompt =
      self.prompt == "-"
      ? try TextInput.decode(StandardInput.bytes(), name: "standard input", limit: 100_000)
      : self.prompt
    switch try TrainedWriter(reading: Names.modelFile(model)) {
    case .text(let writer): try write(writer, prompt)
    case .poems(let writer): try write(writer, prompt)
    }
  }

  private func write(_ writer: TextWriter, _ prompt: String) throws {
    guard form == nil, lines == nil, acrostic == nil else {
      throw DataError(model, "it writes no poems", advice: "leave --form, --lines and --acrostic out, or train a poet")
    }
    let request = TextRequest(prompt: prompt, count: count ?? 500, sampling: drawing.sampling, beams: drawing.beams)
    tell(request.unknown(to: writer), "left out")
    var random = Philox(seed: seed)
    let known = request.known(to: writer)
    if json {
      let text = request.text(by: writer, using: &random)
      return Console.line(
        JSON.object([.init("prompt", .string(known)), .init("text", .string(text))]).description)
    }
    Console.write(known)
    request.text(by: writer, using: &random) { Console.write($0) }
    Console.line()
  }

  private func write(_ writer: PoemWriter, _ prompt: String) throws {
    guard drawing.beams == 1 else {
      throw DataError(model, "poems are drawn, not searched for", advice: "leave --beams out, or try --temperature 0")
    }
    let form = form ?? 5
    let acrostic = (acrostic ?? "").filter { !$0.isWhitespace }
    if let mark = acrostic.first(where: { !$0.isLetter }) {
      throw DataError("--acrostic", "\(name(of: mark)) is no character", advice: "give letters, one for each line")
    }
    let request = PoemRequest(
      form: form, lines: lines ?? max(4, (acrostic.count + 1) / 2 * 2), acrostic: acrostic,
      prompt: prompt.filter(\.isLetter), sampling: drawing.sampling)
    guard request.prompt.count <= form * request.lines else {
      throw DataError(
        "the prompt", "\(request.prompt.count) characters do not fit \(request.lines) lines of \(form)",
        advice: "give fewer, or more --lines")
    }
    if let line = request.conflict {
      throw DataError(
        "the prompt", "its line \(line + 1) does not begin with “\(request.acrostic[line])” of the acrostic",
        advice: "leave one of them out")
    }
    tell(request.unknown(to: writer), "written as they are")
    var random = Philox(seed: seed)
    for number in 0..<(count ?? 1) {
      if json {
        let text = request.poem(by: writer, using: &random)
        Console.line(JSON.object([.init("text", .string(text))]).description)
      } else {
        if number > 0 { Console.line() }
        request.poem(by: writer, using: &random) { Console.write($0) }
      }
    }
  }

  private func tell(_ unknown: [Character], _ what: String) {
    guard !unknown.isEmpty else { return }
    let shown = unknown.prefix(20).map(name(of:)).joined(separator: " ")
    Console.error("note: the network has never seen \(shown)\(unknown.count > 20 ? " …" : ""); \(what)")
  }

  /// A character in quotes, or the number of what cannot be seen.
  private func name(of character: Character) -> String {
    let scalars = character.unicodeScalars
    let isSeen = !character.isWhitespace && scalars.allSatisfy { $0.properties.generalCategory != .control }
    return isSeen
      ? "“\(character)”" : scalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
  }
}

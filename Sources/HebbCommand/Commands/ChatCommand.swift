import ArgumentParser
import Hebb
import HebbTasks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `hebb chat`: a talk with a trained network.
struct ChatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Talk with a trained network.",
    discussion: """
      hebb train chatbot
      hebb chat runs/chatbot
      echo "Who are you?" | hebb chat runs/chatbot
      hebb train chatbot --kind chinese

      Each line is answered by one. “quit” or the end of the input ends the talk.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("How many beginnings of an answer are searched.", valueName: "n"))
  var beams = 4

  @Flag(help: "Print one line of JSON for each answer.")
  var json = false

  func validate() throws {
    guard (1...64).contains(beams) else { throw ValidationError("--beams must be from 1 to 64") }
  }

  func run() throws {
    let chatter = try Chatter(reading: Names.modelFile(model))
    let isTalk = isatty(0) == 1 && !json
    if isTalk { Console.line("Say something; quit ends the talk.") }
    while true {
      if isTalk { Console.write("> ") }
      guard let line = readLine() else { break }
      let question = line.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
      if question.trimmedLowercase == "quit" { break }
      let reply = chatter.reply(to: question, beams: beams)
      Console.line(json ? self.json(question, reply) : text(reply))
    }
    if isTalk { Console.line() }
  }

  private func text(_ reply: Reply) -> String {
    switch reply {
    case .answer(let answer, let unknown):
      unknown.isEmpty ? answer : "\(answer)\n(I do not know: \(list(unknown)))"
    case .nothingAsked: "Say something in words, or quit."
    case .nothingKnown: "I know none of these words."
    case .tooLong(let limit): "That is too long for me: \(limit) words at most."
    }
  }

  private func list(_ words: [String]) -> String {
    words.prefix(10).joined(separator: ", ") + (words.count > 10 ? ", …" : "")
  }

  private func json(_ question: String, _ reply: Reply) -> String {
    var members: [JSON.Member] = [.init("question", .string(question))]
    if case .answer(let answer, let unknown) = reply {
      members += [.init("answer", .string(answer)), .init("unknown", .array(unknown.map { .string($0) }))]
    } else {
      members += [.init("answer", .null), .init("reason", .string(text(reply)))]
    }
    return JSON.object(members).description
  }
}

extension String {
  fileprivate var trimmedLowercase: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }
}

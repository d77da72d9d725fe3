import Foundation
import Hebb
import HebbFiles
import Yams

/// What is said, and what may be answered.
struct Exchange: Sendable, Hashable {
  let question: String
  let answer: String
}

/// Conversations from files: every statement is an answer to the one before it.
///
/// - A YAML file of the ChatterBot corpus: under `conversations` a list of lists of statements.
/// - Lines of a question, a tab and an answer.
enum Conversations {
  private static let byteLimit = 1 << 22
  private static let nestingLimit = 64

  /// The exchanges of a file.
  static func read(_ path: String) throws(DataError) -> [Exchange] {
    let text = try TextFile.read(path, limit: byteLimit)
    let isYAML = path.hasSuffix(".yml") || path.hasSuffix(".yaml")
    return isYAML ? try exchanges(yaml: text, file: path) : try exchanges(lines: text, file: path)
  }

  /// The exchanges of all YAML files of a folder, in the order of their names, each once.
  static func read(folder: String) throws(DataError) -> [Exchange] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".yml") }
    var all: [Exchange] = []
    for name in names.sorted() { all += try read("\(folder)/\(name)") }
    var seen: Set<Exchange> = []
    return all.filter { seen.insert($0).inserted }
  }

  static func exchanges(lines text: String, file: String) throws(DataError) -> [Exchange] {
    var exchanges: [Exchange] = []
    for (number, line) in TextFile.lines(in: text).enumerated() where !line.isEmpty {
      let parts = line.split(separator: "\t").map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw DataError(
          file, at: "line \(number + 1)", "it is no question and answer", advice: "put a tab between the two")
      }
      exchanges.append(Exchange(question: parts[0], answer: parts[1]))
    }
    return exchanges
  }

  static func exchanges(yaml text: String, file: String) throws(DataError) -> [Exchange] {
    let advice = "write conversations as lists of statements below “conversations:”"
    try checkNesting(of: text, file: file)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw DataError(file, "it is not YAML", advice: advice) }
    guard let list = root?.mapping?["conversations"]?.sequence else {
      throw DataError(file, "it has no “conversations”", advice: advice)
    }
    var exchanges: [Exchange] = []
    // A statement alone has no answer.
    for conversation in list where conversation.scalar == nil {
      guard let statements = conversation.sequence.map({ Array($0.map { $0.scalar?.string }) }),
        statements.allSatisfy({ $0 != nil })
      else {
        throw DataError(
          file, at: "line \(conversation.mark?.line ?? 1)", "the conversation is no list of statements", advice: advice)
      }
      let said = statements.compactMap { $0?.trimmingCharacters(in: .whitespacesAndNewlines) }
      for (question, answer) in zip(said, said.dropFirst()) where !question.isEmpty && !answer.isEmpty {
        exchanges.append(Exchange(question: question, answer: answer))
      }
    }
    return exchanges
  }

  /// Refuses what could exhaust a parser: deep nesting, and aliases, which multiply.
  private static func checkNesting(of text: String, file: String) throws(DataError) {
    var depth = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let start = line.prefix { $0 == " " || $0 == "-" || $0 == "?" || $0 == ":" }
      for character in line {
        if "[{".contains(character) { depth += 1 } else if "]}".contains(character) { depth = max(0, depth - 1) }
      }
      let rest = line.dropFirst(start.count)
      let isAlias = rest.count > 1 && "&*".contains(rest.first ?? " ") && rest.dropFirst().first?.isLetter == true
      guard start.count <= nestingLimit, depth <= nestingLimit, !isAlias else {
        throw DataError(
          file, at: "line \(number + 1)", "it is nested too deep, or has an alias", advice: "write plain lists")
      }
    }
  }
}

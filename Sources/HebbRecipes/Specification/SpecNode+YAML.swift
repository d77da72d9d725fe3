import HebbArrays
import Yams

extension SpecNode {
  /// Files larger than this are refused.
  package static let yamlByteLimit = 1 << 16
  private static let lineLimit = 500
  private static let nestingLimit = 32

  /// Reads YAML text.
  ///
  /// What could make a parser run away is refused first: large files, long lines, deep nesting, and anchors, whose
  /// aliases can multiply without end.
  ///
  /// - Parameter file: what errors call the text.
  package init(yaml text: String, file: String) throws(DataError) {
    // Some editors begin a file with a mark of its byte order.
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    try SpecNode.checkSize(of: text, file: file)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw SpecNode.failure(error, text: text, file: file)
    }
    guard let root else {
      throw DataError(file, at: "line 1", "it is empty", advice: "start from hebb recipes NAME")
    }
    self = try SpecNode(root, file: file, depth: 0)
  }

  private init(_ node: Node, file: String, depth: Int) throws(DataError) {
    let place = "line \(node.mark?.line ?? 1)"
    guard depth <= SpecNode.nestingLimit else {
      throw DataError(
        file, at: place, "it is nested more than \(SpecNode.nestingLimit) deep", advice: "write it flatter")
    }
    switch node {
    case .scalar(let scalar): self.init(SpecNode.plainValue(scalar), file: file, place: place)
    case .sequence(let sequence):
      var list: [SpecNode] = []
      for element in sequence { list.append(try SpecNode(element, file: file, depth: depth + 1)) }
      self.init(.list(list), file: file, place: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw DataError(file, at: place, "a name is not plain text", advice: "write NAME: VALUE")
        }
        let keyPlace = "line \(name.mark?.line ?? key.mark?.line ?? 1)"
        entries.append(
          Entry(
            name: SpecNode(.text(name.string), file: file, place: keyPlace),
            value: try SpecNode(value, file: file, depth: depth + 1)))
      }
      self.init(.entries(entries), file: file, place: place)
    case .alias:
      throw DataError(file, at: place, "aliases are not supported", advice: "write the value out")
    }
  }

  /// The meaning of a scalar in YAML 1.2's core schema.
  private static func plainValue(_ scalar: Node.Scalar) -> Value {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .text(text) }
    switch text {
    case "", "~", "null": return .null
    case "true", "True": return .flag(true)
    case "false", "False": return .flag(false)
    default: break
    }
    if let integer = Int(text) { return .integer(integer) }
    let looksNumeric = text.first.map { $0.isNumber || "+-.".contains($0) } ?? false
    if looksNumeric, let number = Double(text), number.isFinite { return .number(number) }
    return .text(text)
  }

  private static func checkSize(of text: String, file: String) throws(DataError) {
    guard text.utf8.count <= yamlByteLimit else {
      throw DataError(
        file, "it has \(text.utf8.count) bytes, more than \(yamlByteLimit)", advice: "a network file is short text")
    }
    var depth = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      func failure(_ problem: String, _ advice: String) -> DataError {
        DataError(file, at: "line \(index + 1)", problem, advice: advice)
      }
      guard line.utf8.count <= lineLimit else {
        throw failure("it is longer than \(lineLimit) characters", "break the line")
      }
      var last: Character = " "
      for character in line {
        if character == "#", last == " " { break }
        if "[{".contains(character) { depth += 1 }
        if "]}".contains(character) { depth = max(0, depth - 1) }
        guard depth <= nestingLimit else { throw failure("brackets are nested too deep", "write it flatter") }
        if "&*".contains(last), character.isLetter || character.isNumber {
          throw failure("anchors and aliases (& and *) are not supported", "write the value out, or quote the text")
        }
        last = "&*".contains(character) && !" [{,:-?\t".contains(last) ? "x" : character
      }
    }
  }

  private static func failure(_ error: any Error, text: String, file: String) -> DataError {
    let advice = "check the indentation, colons and brackets"
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": ")
      return DataError(file, at: "line \(mark.line)", words, advice: advice)
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.min() ?? ""
      let line = secondLine(of: name, from: context.mark, in: text)
      return DataError(file, at: "line \(line)", "“\(name)” comes twice", advice: "keep one of them")
    case .reader(let problem, _, _, _): return DataError(file, problem, advice: "save it as UTF-8 text")
    default: return DataError(file, "it is not YAML", advice: advice)
    }
  }

  /// The line where a name comes for the second time in a group of settings that begins at a mark.
  private static func secondLine(of name: String, from mark: Mark, in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().dropFirst(mark.line - 1)
    let places = lines.filter { _, line in line.dropFirst(mark.column - 1).hasPrefix("\(name):") }
    return places.dropFirst().first.map { $0.offset + 1 } ?? mark.line
  }
}

import HebbArrays
import HebbLayers

/// A regular expression that whole texts match.
///
///     try TextPattern("[A-Z]{2}-\\d{3,4}")
///
/// | written | means |
/// | --- | --- |
/// | `a`, `\.` | the character itself |
/// | `.` | any character |
/// | `[a-z_]`, `[^0-9]` | one of these, one not of these |
/// | `\d`, `\w`, `\s` | a digit, a letter or digit or `_`, a space |
/// | `(…)`, `a\|b` | a group, one or the other |
/// | `?`, `*`, `+`, `{2}`, `{2,4}`, `{2,}` | how many times |
public struct TextPattern: Sendable {
  indirect enum Node {
    case one((Character) -> Bool)
    case sequence([Node])
    case either([Node])
    case many(Node)
  }

  /// The expression as it was written.
  public let text: String

  /// Checks a pattern.
  public init(_ text: String) throws(DataError) {
    self.text = text
    _ = try TextPattern.parsed(text)
  }

  /// The same over the labels of an alphabet.
  func labels(_ alphabet: Alphabet) -> LabelPattern {
    func expression(_ node: Node) -> LabelPattern.Expression {
      switch node {
      case .one(let accepts):
        .label(Set(alphabet.characters.indices.filter { accepts(alphabet.characters[$0]) }.map { $0 + 1 }))
      case .sequence(let parts): .sequence(parts.map(expression))
      case .either(let parts): .either(parts.map(expression))
      case .many(let inner): .many(expression(inner))
      }
    }
    return LabelPattern((try? TextPattern.parsed(text)).map(expression) ?? .sequence([]))
  }

  private static func parsed(_ text: String) throws(DataError) -> Node {
    var parser = Parser(text)
    let node = try parser.alternatives(depth: 0)
    guard parser.isAtEnd else { throw parser.failure("“)” closes nothing") }
    return node
  }
}

/// Reads a pattern from left to right.
private struct Parser {
  typealias Node = TextPattern.Node

  private let characters: [Character]
  private var index = 0
  /// How many characters the pattern stands for when everything that is repeated is written out.
  private var size = 0
  private static let sizeLimit = 2000

  init(_ text: String) { characters = Array(text) }

  var isAtEnd: Bool { index == characters.count }
  private var next: Character? { isAtEnd ? nil : characters[index] }

  func failure(_ problem: String) -> DataError {
    DataError(
      "the pattern “\(String(characters))”", at: "character \(index + 1)", problem,
      advice: "write it as in [A-Z]{2}-\\d+, a backslash before signs that mean themselves")
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character else { return false }
    index += 1
    return true
  }

  mutating func alternatives(depth: Int) throws(DataError) -> Node {
    guard depth < 50 else { throw failure("groups are too deep") }
    var parts = [try sequence(depth: depth)]
    while take("|") { parts.append(try sequence(depth: depth)) }
    return parts.count == 1 ? parts[0] : .either(parts)
  }

  private mutating func sequence(depth: Int) throws(DataError) -> Node {
    var parts: [Node] = []
    while let next, next != "|", next != ")" {
      let before = size
      let item = try item(depth: depth)
      parts.append(try repeated(item, size: size - before))
    }
    return .sequence(parts)
  }

  private mutating func item(depth: Int) throws(DataError) -> Node {
    size += 1
    let character = characters[index]
    index += 1
    switch character {
    case ".": return .one { _ in true }
    case "(":
      let inner = try alternatives(depth: depth + 1)
      guard take(")") else { throw failure("“)” is missing") }
      return inner
    case "[": return .one(try set())
    case "\\": return .one(try escaped())
    case "*", "+", "?", "{": throw failure("there is nothing to repeat before “\(character)”")
    default: return .one { $0 == character }
    }
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(DataError) -> (Character) -> Bool {
    guard let character = next else { throw failure("the backslash is the last character") }
    index += 1
    switch character {
    case "d": return { ("0"..."9").contains($0) }
    case "w": return { $0.isLetter || $0.isNumber || $0 == "_" }
    case "s": return { $0.isWhitespace }
    default: return { $0 == character }
    }
  }

  /// What stands in square brackets.
  private mutating func set() throws(DataError) -> (Character) -> Bool {
    let isInverted = take("^")
    var tests: [(Character) -> Bool] = []
    while let character = next, character != "]" || tests.isEmpty {
      index += 1
      if character == "\\" {
        tests.append(try escaped())
      } else if next == "-", index + 1 < characters.count, characters[index + 1] != "]" {
        let last = characters[index + 1]
        guard character <= last else { throw failure("\(character)-\(last) is no range") }
        index += 2
        tests.append { $0 >= character && $0 <= last && $0.unicodeScalars.count == 1 }
      } else {
        tests.append { $0 == character }
      }
    }
    guard take("]") else { throw failure("“]” is missing") }
    return { character in tests.contains { $0(character) } != isInverted }
  }

  private mutating func repeated(_ item: Node, size: Int) throws(DataError) -> Node {
    let (least, most): (Int, Int?)
    if take("?") {
      (least, most) = (0, 1)
    } else if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      (least, most) = (1, nil)
    } else if take("{") {
      (least, most) = try counts()
    } else {
      return item
    }
    let copies = max(least, most ?? least + 1)
    guard self.size + size * copies <= Parser.sizeLimit else { throw failure("it repeats too much") }
    self.size += size * copies
    let needed = [Node](repeating: item, count: least)
    guard let most else { return .sequence(needed + [.many(item)]) }
    // Each further one stands within what may be left out: (a(a(a)?)?)?
    let further = (least..<most).reduce(Node.sequence([])) { inner, _ in
      .either([.sequence([]), .sequence([item, inner])])
    }
    return .sequence(needed + [further])
  }

  /// What stands in braces: `2}`, `2,}` or `2,4}`.
  private mutating func counts() throws(DataError) -> (Int, Int?) {
    guard let end = characters[index...].firstIndex(of: "}") else { throw failure("“}” is missing") }
    let parts = characters[index..<end].split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    guard (1...2).contains(parts.count), let least = Int(parts[0]), least >= 0, least <= Parser.sizeLimit else {
      throw failure("there is no number of times")
    }
    index = end + 1
    guard parts.count == 2 else { return (least, least) }
    guard !parts[1].isEmpty else { return (least, nil) }
    guard let most = Int(parts[1]), most >= least, most <= Parser.sizeLimit else {
      throw failure("{\(least),\(parts[1])} is no range")
    }
    return (least, most)
  }
}

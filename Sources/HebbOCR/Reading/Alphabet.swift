import HebbArrays

/// The characters that a reader knows. Label 0 stands for none; character c has label c + 1.
///
/// Characters are what people see as one, in composed form: “é” is one whether it came as one code or as two.
public struct Alphabet: Sendable, Hashable {
  /// The characters by rising label, from 1 on.
  public let characters: [Character]
  private let labels: [Character: Int]

  /// The characters in their order; one that comes again is left out.
  public init(_ characters: some Sequence<Character>) {
    var labels: [Character: Int] = [:]
    var list: [Character] = []
    for character in characters where labels[character] == nil {
      list.append(character)
      labels[character] = list.count
    }
    (self.characters, self.labels) = (list, labels)
  }

  /// How many characters there are; label 0 is not counted.
  public var count: Int { characters.count }

  /// The label of a character; nil where it is not known.
  public subscript(character: Character) -> Int? { labels[character] }

  /// The labels of a text; nil where one of its characters is not known.
  public func encode(_ text: String) -> [Int]? {
    var found: [Int] = []
    for character in text {
      guard let label = labels[character] else { return nil }
      found.append(label)
    }
    return found
  }

  /// The text of labels.
  public func decode(_ labels: [Int]) -> String { String(labels.map { characters[$0 - 1] }) }

  /// The characters of a text that are not known, each once, in order.
  public func unknown(in text: some Sequence<Character>) -> [Character] {
    Alphabet(text).characters.filter { labels[$0] == nil }
  }

  /// The characters as one text, as model files hold them.
  public var text: String { String(characters) }

  public static func == (a: Alphabet, b: Alphabet) -> Bool { a.characters == b.characters }
  public func hash(into hasher: inout Hasher) { hasher.combine(characters) }
}

extension Alphabet {
  /// No more characters than this are taken from ranges: there are fewer in use.
  private static let rangeLimit = 200_000

  /// What people write for a set of characters: single ones, and ranges such as `0-9A-Z`. A hyphen at either end means itself.
  ///
  /// A range runs over the codes of single-code characters.
  public init(ranges text: String) throws(DataError) {
    let given = Array(text)
    var all: [Character] = []
    var index = 0
    while index < given.count {
      guard index + 2 < given.count, given[index + 1] == "-" else {
        all.append(given[index])
        index += 1
        continue
      }
      let ends = [given[index], given[index + 2]].map(\.unicodeScalars)
      guard ends.allSatisfy({ $0.count == 1 }), let first = ends[0].first, let last = ends[1].first, first <= last,
        last.value - first.value < 100_000
      else {
        throw DataError(
          "the alphabet “\(text.prefix(40))”", "\(given[index])-\(given[index + 2]) is no range",
          advice: "write it from the lower character to the higher one, as in 0-9A-Z")
      }
      all += (first.value...last.value).compactMap { Unicode.Scalar($0).map { Character($0) } }
      guard all.count <= Alphabet.rangeLimit else {
        throw DataError(
          "the alphabet", "it has more than \(Alphabet.rangeLimit) characters", advice: "leave ranges out")
      }
      index += 3
    }
    guard !all.isEmpty else {
      throw DataError("the alphabet", "it is empty", advice: "give characters or ranges, as in 0-9A-Z")
    }
    self.init(all)
  }
}

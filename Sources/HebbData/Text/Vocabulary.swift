import HebbArrays

/// Tokens and their numbers.
///
///     let words = Vocabulary(counting: text.split(separator: " ").map(String.init), special: ["[PAD]", "[UNK]"])
///     let number = words["king"]
public struct Vocabulary: Sendable, Hashable {
  /// The tokens by their number.
  public let tokens: [String]
  // By their bytes: two strings are equal to Swift where one has a letter and its accent, and the other both in one, but they are
  // not the same token.
  private let numbers: [[UInt8]: Int]

  /// - Precondition: no token comes twice.
  public init(_ tokens: [String]) {
    self.tokens = tokens
    numbers = Dictionary(tokens.enumerated().map { (Array($1.utf8), $0) }) { first, _ in first }
    require(numbers.count == tokens.count, "Vocabulary: a token comes twice")
  }

  /// The tokens of a text, the most frequent first, those that are equally frequent in the order of their scalars.
  ///
  /// - Parameters:
  ///   - special: tokens before all others.
  ///   - least: how often a token must come.
  ///   - limit: how many tokens there may be at most, special ones included.
  public init(counting words: some Sequence<String>, special: [String] = [], least: Int = 1, limit: Int = .max) {
    var counts: [String: Int] = [:]
    for word in words { counts[word, default: 0] += 1 }
    for token in special { counts[token] = nil }
    let sorted = counts.filter { $0.value >= least }.sorted {
      $0.value != $1.value
        ? $0.value > $1.value : $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
    }
    self.init(special + sorted.prefix(max(0, limit - special.count)).map(\.key))
  }

  /// How many tokens there are.
  public var count: Int { tokens.count }

  /// The number of a token; nil where it is not among them.
  public subscript(token: String) -> Int? { numbers[Array(token.utf8)] }

  /// The token of a number; nil where there is none.
  public subscript(number: Int) -> String? { tokens.indices.contains(number) ? tokens[number] : nil }
}

extension Vocabulary {
  /// The tokens as text, to be kept in a model file.
  public var text: String { JSON.array(tokens.map { .string($0) }).description }

  static func areDistinct(_ tokens: [String]) -> Bool { Set(tokens.map { Array($0.utf8) }).count == tokens.count }

  /// The tokens that ``text`` gave.
  public init(text: String, file: String) throws(DataError) {
    let advice = "the file is damaged, take another one"
    guard let elements = try JSON(parsing: Array(text.utf8), file: file).elements else {
      throw DataError(file, at: "vocabulary", "it is not a list", advice: advice)
    }
    let tokens = elements.compactMap(\.string)
    guard tokens.count == elements.count, Vocabulary.areDistinct(tokens) else {
      throw DataError(file, at: "vocabulary", "a token is no text, or comes twice", advice: advice)
    }
    self.init(tokens)
  }
}

/// What turns text into numbers and back.
public protocol Tokenizer: Sendable {
  /// The tokens and their numbers.
  var vocabulary: Vocabulary { get }

  /// The numbers of a text's tokens.
  func encode(_ text: String) -> [Int]

  /// The text of some tokens; numbers without a token are left out.
  func decode(_ numbers: [Int]) -> String
}

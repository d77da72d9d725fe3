import HebbArrays

/// Characters as a reader sees them: a letter with its accents, or an emoji of several code points, is one.
public struct CharacterTokenizer: Tokenizer {
  public let vocabulary: Vocabulary
  /// The number of characters that are not in the vocabulary; they are left out where it is nil.
  public let unknown: Int?
  /// A letter with its accent is the same character in one code point or in two.
  private let numbers: [Character: Int]

  /// The characters of a text, in the order of their scalars.
  public init(of text: String) {
    let characters = Set(text).map(String.init)
    self.init(
      Vocabulary(characters.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }), unknown: nil)
  }

  /// - Parameter unknown: a token of the vocabulary that stands for all others.
  public init(_ vocabulary: Vocabulary, unknown: String? = nil) {
    self.vocabulary = vocabulary
    numbers = Dictionary(
      vocabulary.tokens.enumerated().compactMap { number, token in token.count == 1 ? (Character(token), number) : nil }
    ) { first, _ in first }
    self.unknown = unknown.flatMap { vocabulary[$0] }
    require(unknown == nil || self.unknown != nil, "CharacterTokenizer: “\(unknown ?? "")” is not in the vocabulary")
  }

  public func encode(_ text: String) -> [Int] { text.compactMap { numbers[$0] ?? unknown } }

  public func decode(_ numbers: [Int]) -> String { numbers.compactMap { vocabulary[$0] }.joined() }
}

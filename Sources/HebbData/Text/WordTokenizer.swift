import HebbArrays

/// Words and marks: runs of letters and digits, and every other mark by itself. Chinese characters, which stand without
/// spaces between words, are single tokens.
public struct WordTokenizer: Tokenizer {
  public let vocabulary: Vocabulary
  /// The number of words that are not in the vocabulary.
  public let unknown: Int
  /// Whether letters are made small before words are looked up.
  public let isLowercasing: Bool

  /// - Parameter unknown: a token of the vocabulary that stands for all words that are not in it.
  public init(_ vocabulary: Vocabulary, unknown: String = "[UNK]", isLowercasing: Bool = true) {
    guard let number = vocabulary[unknown] else {
      preconditionFailure("WordTokenizer: “\(unknown)” is not in the vocabulary")
    }
    (self.vocabulary, self.unknown, self.isLowercasing) = (vocabulary, number, isLowercasing)
  }

  /// The words of some texts, the most frequent first, behind `[PAD]` and `[UNK]`.
  public init(of texts: [String], least: Int = 1, limit: Int = .max, isLowercasing: Bool = true) {
    let words = texts.flatMap { WordTokenizer.words(of: $0, isLowercasing: isLowercasing) }
    self.init(
      Vocabulary(counting: words, special: ["[PAD]", "[UNK]"], least: least, limit: limit), isLowercasing: isLowercasing
    )
  }

  public func encode(_ text: String) -> [Int] {
    WordTokenizer.words(of: text, isLowercasing: isLowercasing).map { vocabulary[$0] ?? unknown }
  }

  /// The words with spaces between them.
  public func decode(_ numbers: [Int]) -> String { numbers.compactMap { vocabulary[$0] }.joined(separator: " ") }

  /// The words of a text.
  public static func words(of text: String, isLowercasing: Bool = true) -> [String] {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(isLowercasing ? word.lowercased() : word) }
      word = ""
    }
    for character in text {
      let scalar = character.unicodeScalars.first ?? " "
      if character.isWhitespace {
        end()
      } else if (character.isLetter || character.isNumber) && !scalar.isChinese {
        word.append(character)
      } else {
        end()
        words.append(String(character))
      }
    }
    end()
    return words
  }
}

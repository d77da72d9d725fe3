import Foundation
import Hebb

/// The numbers that describe the words of a sentence to a tagger, and the vocabularies behind them.
struct TagTokens {
  /// Characters are what Chinese is tagged by: each with the pair that it begins. Words have a shape and characters of their
  /// own.
  enum Unit: String { case words, characters }

  /// How many characters of a word are looked at: half of them from its end.
  static let letters = 16
  private static let special = ["[PAD]", "[UNK]"]
  /// The forms that a word's capitals and digits can have.
  private static let shapes = special + ["lower", "Title", "UPPER", "miXed", "00", "a0", "mark"]

  let unit: Unit
  /// Words or characters.
  let words: Vocabulary
  /// Pairs of characters, or the characters of words.
  let parts: Vocabulary

  init(_ unit: Unit, words: Vocabulary, parts: Vocabulary) {
    (self.unit, self.words, self.parts) = (unit, words, parts)
  }

  /// The vocabularies of some sentences.
  init(of sentences: [[String]]) {
    let count = sentences.reduce(0) { $0 + $1.count }
    let short = sentences.reduce(0) { $0 + $1.count { $0.count == 1 } }
    unit = short * 100 > count * 95 ? .characters : .words
    words = Vocabulary(counting: sentences.joined().lazy.map { WordSplitter.normal($0) }, special: TagTokens.special)
    switch unit {
    case .characters:
      parts = Vocabulary(counting: sentences.flatMap(TagTokens.pairs), special: TagTokens.special, least: 2)
    case .words:
      parts = Vocabulary(
        counting: sentences.joined().flatMap { $0.map(String.init) }, special: TagTokens.special, least: 2)
    }
  }

  /// Refuses sentences whose words are not cut as those of texts to be tagged.
  func check(_ sentences: [TagData.Sentence], _ source: String) throws(DataError) {
    guard unit == .words, let word = sentences.lazy.flatMap(\.words).first(where: WordSplitter.cutsApart) else {
      return
    }
    throw DataError(
      source, "“\(word)” is one word there, and texts to be tagged are cut into characters",
      advice: "give each Chinese or Japanese character a line and a tag of its own")
  }

  /// How many numbers each table has.
  var tables: [Int] {
    switch unit {
    case .characters: [words.count, parts.count]
    case .words: [words.count, TagTokens.shapes.count]
    }
  }

  /// The rows of a sentence's words: `float32` `[words, columns]`.
  func encode(_ sentence: [String]) -> NDArray {
    let rows: [[Int]]
    switch unit {
    case .characters:
      rows = zip(sentence, TagTokens.pairs(of: sentence)).map { [words.number($0), parts[$1] ?? 1] }
    case .words: rows = sentence.map { [words.number($0), TagTokens.shape(of: $0)] + spelling($0) }
    }
    return NDArray(rows.flatMap { $0.map { Float($0) } }, shape: [rows.count, rows.first?.count ?? tables.count])
  }

  /// Each character with the one behind it.
  private static func pairs(of sentence: [String]) -> [String] {
    zip(sentence, sentence.dropFirst() + ["\n"]).map { WordSplitter.normal($0) + WordSplitter.normal($1) }
  }

  /// The numbers of a word's characters, of long words the first and the last.
  private func spelling(_ word: String) -> [Int] {
    let (all, half) = (Array(word), TagTokens.letters / 2)
    let kept = all.count <= 2 * half ? all : Array(all.prefix(half) + all.suffix(half))
    return kept.map { parts[String($0)] ?? 1 } + Array(repeating: 0, count: 2 * half - kept.count)
  }

  private static func shape(of word: String) -> Int {
    let letters = word.filter(\.isLetter)
    let hasDigits = word.contains(where: \.isNumber)
    if letters.isEmpty { return hasDigits ? 6 : 8 }
    if hasDigits { return 7 }
    if letters.allSatisfy({ !$0.isUppercase }) { return 2 }
    if letters.count > 1, letters.allSatisfy({ !$0.isLowercase }) { return 4 }
    return letters.first?.isUppercase == true && letters.dropFirst().allSatisfy { !$0.isUppercase } ? 3 : 5
  }
}

extension Vocabulary {
  /// The number of a word's normal form; that of all unknown ones where there is none.
  fileprivate func number(_ word: String) -> Int { self[WordSplitter.normal(word)] ?? 1 }
}

extension TagTokens {
  /// The words of a text, and where they stand.
  func split(_ text: String) -> [Substring] {
    switch unit {
    case .words: WordSplitter.words(of: text)
    case .characters: text.indices.filter { !text[$0].isWhitespace }.map { text[$0...$0] }
    }
  }
}

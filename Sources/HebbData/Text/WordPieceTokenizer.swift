import HebbArrays
@_spi(_Unicode) import Swift  // canonical decomposition, which tells letters from their accents

/// BERT's tokeniser: words and marks, then the longest pieces of words that the vocabulary has.
///
///     "unaffable" → "un", "##aff", "##able"
///
/// Control characters go, spaces are put around Chinese characters, and where the vocabulary is of lower case letters and accents
/// are made plain.
///
/// - Source: Devlin et al. 2018, arXiv:1810.04805; pieces: Wu et al. 2016, arXiv:1609.08144.
public struct WordPieceTokenizer: Tokenizer {
  public let vocabulary: Vocabulary
  /// Whether letters are made small and lose their accents before they are looked up.
  public let isLowercasing: Bool
  /// The numbers of `[UNK]`, `[CLS]`, `[SEP]` and, where there are such, `[PAD]` and `[MASK]`.
  public let unknown: Int, start: Int, separator: Int, padding: Int?, mask: Int?
  /// Longer words are unknown.
  private static let longest = 100

  /// - Parameter file: what errors call the vocabulary.
  public init(_ vocabulary: Vocabulary, isLowercasing: Bool = true, file: String = "the vocabulary") throws(DataError) {
    guard let unknown = vocabulary["[UNK]"], let start = vocabulary["[CLS]"], let separator = vocabulary["[SEP]"] else {
      throw DataError(
        file, at: "tokens", "[UNK], [CLS] or [SEP] is missing", advice: "give the vocabulary of a BERT, vocab.txt")
    }
    (self.vocabulary, self.isLowercasing) = (vocabulary, isLowercasing)
    (self.unknown, self.start, self.separator) = (unknown, start, separator)
    (padding, mask) = (vocabulary["[PAD]"], vocabulary["[MASK]"])
  }

  /// - Parameter lines: the text of a `vocab.txt`: a token in each line.
  public init(lines: String, isLowercasing: Bool = true, file: String) throws(DataError) {
    // To Swift the end of a line in Windows is one character.
    var tokens = lines.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map(String.init)
    if tokens.last == "" { tokens.removeLast() }
    guard Vocabulary.areDistinct(tokens) else {
      throw DataError(file, at: "tokens", "a token comes twice", advice: "give the vocabulary of a BERT, vocab.txt")
    }
    try self.init(Vocabulary(tokens), isLowercasing: isLowercasing, file: file)
  }

  /// The pieces of a text, without `[CLS]` and `[SEP]`.
  public func encode(_ text: String) -> [Int] { words(of: text).flatMap(pieces) }

  /// The numbers of `[CLS] text [SEP]` or `[CLS] text [SEP] second [SEP]`, and for each whether it is of the second text.
  ///
  /// - Parameter limit: the most tokens; the longer text gives way.
  public func encode(
    _ text: String, second: String? = nil, limit: Int
  ) -> (numbers: [Int], segments: [Int]) {
    require(limit >= 3, "WordPieceTokenizer: a limit of \(limit) has no room for [CLS] and [SEP]")
    var (a, b) = (encode(text), second.map { encode($0) } ?? [])
    let room = limit - (second == nil ? 2 : 3)
    while a.count + b.count > room { if a.count >= b.count { a.removeLast() } else { b.removeLast() } }
    let numbers = [start] + a + [separator] + (second == nil ? [] : b + [separator])
    return (numbers, numbers.indices.map { $0 < a.count + 2 ? 0 : 1 })
  }

  /// The words with spaces between them, pieces put together.
  public func decode(_ numbers: [Int]) -> String {
    var text = ""
    for token in numbers.compactMap({ vocabulary[$0] }) {
      if token.hasPrefix("##") {
        text += token.dropFirst(2)
      } else {
        text += (text.isEmpty ? "" : " ") + token
      }
    }
    return text
  }

  /// Words and marks, made plain.
  func words(of text: String) -> [String.UnicodeScalarView] {
    var words: [String.UnicodeScalarView] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { words.append(word) }
      word = .init()
    }
    for scalar in plain(text) {
      if scalar.properties.isWhitespace {
        end()
      } else if scalar.isMark || scalar.isChinese {
        end()
        words.append(.init([scalar]))
      } else {
        word.append(scalar)
      }
    }
    end()
    return words
  }

  private func plain(_ text: String) -> String.UnicodeScalarView {
    let clean = text.unicodeScalars.filter { !$0.isControl }
    guard isLowercasing else { return .init(clean) }
    var plain = String.UnicodeScalarView()
    for scalar in String(String.UnicodeScalarView(clean))._nfd where !scalar.isAccent {
      plain.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return plain
  }

  /// The longest piece that the vocabulary has, again and again.
  private func pieces(_ word: String.UnicodeScalarView) -> [Int] {
    guard word.count <= WordPieceTokenizer.longest else { return [unknown] }
    var pieces: [Int] = []
    var start = word.startIndex
    while start < word.endIndex {
      var end = word.endIndex
      var found: Int?
      while start < end {
        let piece = (start == word.startIndex ? "" : "##") + String(word[start..<end])
        found = vocabulary[piece]
        if found != nil { break }
        end = word.index(before: end)
      }
      guard let found else { return [unknown] }
      pieces.append(found)
      start = end
    }
    return pieces
  }
}

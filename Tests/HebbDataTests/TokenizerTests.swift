import Foundation
import HebbArrays
import HebbData
import Testing

@Suite struct TokenizerTests {
  @Test func charactersAreWhatAReaderSees() {
    let text = "e\u{301}a👩‍👩‍👧🇨🇳a中"
    let tokenizer = CharacterTokenizer(of: text)
    #expect(tokenizer.vocabulary.count == 5)
    let numbers = tokenizer.encode(text)
    #expect(numbers.count == 6 && numbers[1] == numbers[4])
    #expect(tokenizer.decode(numbers) == text)
    #expect(tokenizer.encode("xa") == [numbers[1]])
    #expect(tokenizer.encode("\u{e9}") == [numbers[0]])
    let apart = Vocabulary(["\u{e9}", "e\u{301}"])
    #expect(apart["e\u{301}"] == 1 && apart["\u{e9}"] == 0)
    let withUnknown = CharacterTokenizer(Vocabulary(["?", "a"]), unknown: "?")
    #expect(withUnknown.encode("xa") == [0, 1])
  }

  @Test func wordsAreCounted() {
    let tokenizer = WordTokenizer(of: ["The cat, the dog.", "the 中国 cat"], least: 2)
    #expect(tokenizer.vocabulary.tokens == ["[PAD]", "[UNK]", "the", "cat"])
    #expect(tokenizer.encode("The cat sat!") == [2, 3, 1, 1])
    #expect(tokenizer.decode([2, 3]) == "the cat")
    #expect(WordTokenizer.words(of: "don't 中国 a1", isLowercasing: false) == ["don", "'", "t", "中", "国", "a1"])
  }

  @Test func aVocabularySurvivesItsText() throws {
    let vocabulary = Vocabulary(["a", "\"", "\n", "中", "👩‍👩‍👧"])
    let read = try Vocabulary(text: vocabulary.text, file: "x")
    #expect(read == vocabulary)
    for text in ["{}", "[1]", "[\"a\",\"a\"]", "[", ""] {
      #expect(throws: DataError.self) { try Vocabulary(text: text, file: "x") }
    }
  }

  /// `Reference/wordpiece.json` holds what the tokenizers library gives; the script is beside it.
  @Test func wordPiecesAreThoseOfBERT() throws {
    let url = try #require(Bundle.module.url(forResource: "Reference/wordpiece", withExtension: "json"))
    let json = try JSON(parsing: [UInt8](Data(contentsOf: url)), file: "wordpiece.json")
    let words = try #require(json["vocabulary"]?.elements).compactMap(\.string)
    let cases = try #require(json["cases"]?.elements)
    #expect(cases.count > 60)
    for row in cases {
      let text = try #require(row["text"]?.string)
      let expected = try #require(row["ids"]?.elements).compactMap(\.integer)
      let tokenizer = try WordPieceTokenizer(Vocabulary(words), isLowercasing: row["lower"] == .bool(true))
      let found = tokenizer.encode(text)
      #expect(found == expected, "\(text.debugDescription)")
    }
  }

  @Test func wordPiecesOfTwoTextsFitIntoTheLimit() throws {
    let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##b"]
    let tokenizer = try WordPieceTokenizer(Vocabulary(words))
    let (numbers, segments) = tokenizer.encode("a a a a", second: "ab", limit: 8)
    #expect(numbers == [2, 4, 4, 4, 3, 4, 6, 3])
    #expect(segments == [0, 0, 0, 0, 0, 1, 1, 1])
    #expect(tokenizer.encode("a", limit: 3).numbers == [2, 4, 3])
    #expect(tokenizer.decode([4, 6, 5]) == "ab b")
    #expect(throws: DataError.self) { try WordPieceTokenizer(Vocabulary(["a"])) }
    #expect(throws: DataError.self) { try WordPieceTokenizer(lines: "[UNK]\n[UNK]\n", file: "x") }
    let windows = try WordPieceTokenizer(lines: "[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\n", file: "x")
    #expect(windows.vocabulary.tokens == ["[UNK]", "[CLS]", "[SEP]", "a"])
  }

  static let prose =
    "low lower lowest newer newest wide wider widest. The lowest of the low, 1234 times 12!\n\n  Ünïcode 中国 🙂\n"

  /// Learning with counts that are kept up gives what counting everything anew after each pair gives.
  @Test func pairsAreThoseThatComeMostOften() {
    let tokenizer = BytePairTokenizer(learning: Self.prose, size: 300)
    var words = BytePairTokenizer.words(of: Self.prose).map { $0.map(Int.init) }
    for (index, merge) in tokenizer.merges.enumerated() {
      var counts: [BytePairTokenizer.Pair: Int] = [:]
      for word in words {
        for (a, b) in zip(word, word.dropFirst()) { counts[.init(a, b), default: 0] += 1 }
      }
      let most = counts.values.max() ?? 0
      let first = counts.filter { $0.value == most }.keys.min { ($0.left, $0.right) < ($1.left, $1.right) }
      #expect(merge == first && most >= 2)
      for (place, word) in words.enumerated() {
        var joined: [Int] = []
        for number in word {
          if number == merge.right, joined.last == merge.left {
            joined[joined.count - 1] = 256 + index
          } else {
            joined.append(number)
          }
        }
        words[place] = joined
      }
    }
    #expect(tokenizer.encode(Self.prose) == words.flatMap(\.self))
  }

  @Test func pairsComeBack() throws {
    let tokenizer = BytePairTokenizer(learning: Self.prose, size: 290)
    #expect(tokenizer.count > 260)
    for text in [Self.prose, "", "unseen: 日本語 👩‍👩‍👧 \r\n\t x", "e\u{301}"] {
      let numbers = tokenizer.encode(text)
      #expect(tokenizer.decode(numbers).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
    #expect(tokenizer.encode(Self.prose).count < Self.prose.utf8.count)
    let read = try BytePairTokenizer(text: tokenizer.text, file: "x")
    #expect(read.merges == tokenizer.merges)
    for text in ["[[256,1]]", "[[1]]", "[[-1,2]]", "[\"a\"]", "["] {
      #expect(throws: DataError.self) { try BytePairTokenizer(text: text, file: "x") }
    }
  }

  @Test func sequencesArePaddedAndBatchedByLength() {
    let padded = PaddedSequences([[1, 2, 3], [4], []], padding: 9)
    #expect(padded.numbers.elements(as: Int32.self) == [1, 2, 3, 4, 9, 9, 9, 9, 9])
    #expect(padded.mask.elements(as: Int32.self) == [1, 1, 1, 1, 0, 0, 0, 0, 0])
    #expect(PaddedSequences([[1, 2, 3]], length: 2).lengths == [2])
    var random = Philox(seed: 1)
    let lengths = (0..<100).map { _ in Int.random(in: 1...50, using: &random) }
    let batches = PaddedSequences.batches(lengths: lengths, size: 8, using: &random)
    #expect(batches.flatMap(\.self).sorted() == Array(0..<100))
    #expect(batches.allSatisfy { $0.count <= 8 })
    let wasted = batches.reduce(0) { sum, batch in
      let longest = batch.map { lengths[$0] }.max() ?? 0
      return sum + batch.reduce(0) { $0 + longest - lengths[$1] }
    }
    #expect(wasted < lengths.reduce(0, +) / 5)
  }

  /// A few lines of pairs can tell of pieces longer than any memory.
  @Test func piecesThatDoubleAreRefused() {
    let pairs = ["[97,97]"] + (256..<320).map { "[\($0),\($0)]" }
    let text = "[" + pairs.joined(separator: ",") + "]"
    #expect(throws: DataError.self) { try BytePairTokenizer(text: text, file: "bomb") }
  }
}

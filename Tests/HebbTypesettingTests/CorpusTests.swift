import Foundation
import HebbArrays
import HebbTypesetting
import Testing

@Suite struct CorpusTests {
  private static let ascii = CharacterCoverage(
    String(String.UnicodeScalarView((32..<127).compactMap { Unicode.Scalar($0) })).unicodeScalars)
  private static let prose = "The ship sailed at dawn, and nobody saw it again.\nA storm rose.\nCafé owners said so."

  private static func lines(
    _ corpus: any Corpus, of characters: CharacterCoverage, lengths: ClosedRange<Int> = 5...20, count: Int = 200
  ) -> [String] {
    (0..<count).compactMap { index in
      var random = Philox(seed: 4).split(UInt64(index))
      return corpus.line(of: characters, lengths: lengths, using: &random)
    }
  }

  @Test func linesAreTidyAndKeepTheirLengths() throws {
    let words = try WordCorpus(Self.prose)
    let corpora: [(any Corpus, Int)] = [
      (words, 3), (try TextCorpus(Self.prose), 2), (CharacterCorpus("abcXYZ0"), 5), (PatternCorpus(), 3),
      (JoinedCorpus([CharacterCorpus("abc"), PatternCorpus.figures]), 1),
      (MixedCorpus([(1, words), (2, PatternCorpus.figures)]), 3),
    ]
    for (corpus, least) in corpora {
      let lines = Self.lines(corpus, of: Self.ascii)
      #expect(lines.count > 150)
      for line in lines {
        #expect(Self.ascii.contains(line) && (least...20).contains(line.unicodeScalars.count), "\(line)")
        #expect(!line.contains("  ") && !line.hasPrefix(" ") && !line.hasSuffix(" "))
        #expect(line.unicodeScalars.elementsEqual(line.precomposedStringWithCanonicalMapping.unicodeScalars))
      }
      #expect(lines == Self.lines(corpus, of: Self.ascii))
    }
  }

  @Test func charactersComeAsOftenAsCounted() {
    let corpus = CharacterCorpus("abcd", countedIn: "aaaaaaaab", floor: 0.2)
    let drawn = Self.lines(corpus, of: Self.ascii).joined()
    let counts = "abcd".map { letter in Double(drawn.filter { $0 == letter }.count) / Double(drawn.count) }
    let expected = [0.05 + 0.8 * 8 / 9, 0.05 + 0.8 / 9, 0.05, 0.05]
    for (count, expected) in zip(counts, expected) { #expect(abs(count - expected) < 0.03) }
  }

  @Test func runningTextIsCutBetweenWords() throws {
    let words = Set(Self.prose.split(whereSeparator: \.isWhitespace).map(String.init))
    let lines = Self.lines(
      try TextCorpus(Self.prose), of: CharacterCoverage(Self.prose.unicodeScalars), lengths: 12...24)
    let cut = lines.flatMap { $0.split(separator: " ").map(String.init) }
    #expect(cut.filter(words.contains).count > cut.count * 9 / 10)
    #expect(lines.contains { $0.contains("é") })
  }

  @Test func patternsAreWhatTheySay() throws {
    let expressions: [(PatternCorpus.Kind, Regex<AnyRegexOutput>)] = [
      (.number, try Regex("[-+]?[0-9][0-9.,/%-]*")),
      (.time, try Regex("[0-9]{1,2}[:.][0-9]{2}(:[0-9]{2})?( [AaPp]\\.?[Mm]\\.?)?")),
      (.email, try Regex("[a-z._0-9-]+@[a-z.-]+")), (.code, try Regex("[A-Za-z0-9/.:_#+-]+")),
      (.phone, try Regex("[+0(][0-9() .-]+")),
    ]
    for (kind, expression) in expressions {
      for line in Self.lines(PatternCorpus([kind]), of: Self.ascii, lengths: 1...60, count: 120)
      where line.count > 40 {  // shorter ones may be a word that was cut
        let rest = line.replacing(expression, with: "").trimmingCharacters(in: .whitespaces)
        #expect(rest.isEmpty, "\(kind): \(line) leaves \(rest)")
      }
    }
    let chinese = CharacterCoverage("0123456789年月日第页章条号届期￥元万公里人个米次时分（）一二三四五六七八九十.%".unicodeScalars)
    #expect(Self.lines(PatternCorpus([.chinese]), of: chinese).count == 200)
  }

  @Test func accentsAreLearntFromAnyText() throws {
    var corpus = try WordCorpus("sense and noses cause yucca azure mice")
    corpus.accented = 1
    let latin1 = CharacterCoverage((32..<383).compactMap { Unicode.Scalar($0) })
    let text = Self.lines(corpus, of: latin1, count: 400).joined()
    for letter in "áèîõüçñšžßœæåøÿ" { #expect(text.contains(letter), "\(letter)") }
    #expect(MadeUpWords.text(words: 50, seed: 1) == MadeUpWords.text(words: 50, seed: 1))
    #expect(MadeUpWords.text(words: 50, seed: 1).split(separator: " ").count == 50)
  }

  @Test func theCharactersOfGB2312() throws {
    let (first, second) = (try ChineseCharacters.level1(), try ChineseCharacters.level2())
    #expect(first.count == 3755 && second.count == 3008)
    #expect(first.hasPrefix("啊阿埃挨") && first.hasSuffix("遵昨左佐柞做作坐座"))
    #expect(second.hasPrefix("亍丌兀丐") && second.hasSuffix("鼷鼽鼾齄"))
    #expect(Set(first + second).count == 6763)
    #expect((first + second).unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) })
  }

  @Test func emptyTextsAreRefused() {
    for text in ["", " \n "] {
      let error = #expect(throws: DataError.self) { _ = try WordCorpus(text, name: "words.txt") }
      #expect(error?.description.hasPrefix("words.txt") == true)
      #expect(throws: DataError.self) { _ = try TextCorpus(text) }
    }
  }
}

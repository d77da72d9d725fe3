import Foundation
import HebbArrays
import HebbData

/// Words in random order, as often as a text has them, set as print sets them: some with punctuation, some in capitals.
public struct WordCorpus: Corpus {
  private let words: [[Unicode.Scalar]]
  /// How likely a word stands in other letters than in the text: capitalised, or all in capitals.
  public var recased: Float = 0.2
  /// How likely letters of a word take accents, so that those of Western Europe are learnt from any text.
  public var accented: Float = 0
  /// How likely a mark follows or encloses a word.
  public var punctuated: Float = 0.15

  /// - Parameters:
  ///   - text: every word of it as often as it is there.
  ///   - name: what errors call the text.
  /// - Throws: `DataError` where the text has no words.
  public init(_ text: String, name: String = "the text") throws(DataError) {
    words = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
      .map { Array($0.unicodeScalars) }
    guard !words.isEmpty else { throw DataError(name, "it has no words", advice: "give a text with some") }
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    var line = LineText(random.whole(in: lengths), least: lengths.lowerBound)
    var misses = 0
    while misses < 50 {
      var word = recased(random.one(of: words), using: &random)
      if random.happens(accented) { word = MadeUpWords.accented(word, using: &random) }
      word = punctuated(word, using: &random)
      guard word.allSatisfy(characters.contains) else {
        misses += 1
        continue
      }
      guard line.append(word) else { break }
    }
    return line.text
  }

  private func recased(_ word: [Unicode.Scalar], using random: inout Philox) -> [Unicode.Scalar] {
    guard random.happens(recased) else { return word }
    let text = String(String.UnicodeScalarView(word))
    return Array((random.happens(0.5) ? text.uppercased() : text.capitalized).unicodeScalars)
  }

  private func punctuated(_ word: [Unicode.Scalar], using random: inout Philox) -> [Unicode.Scalar] {
    guard random.happens(punctuated), let last = word.last, last.properties.isAlphabetic else { return word }
    let marks: [(String, String)] = [
      ("", "."), ("", ","), ("", ","), ("", "."), ("", ";"), ("", ":"), ("", "!"), ("", "?"), ("", "…"), ("(", ")"),
      ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"), ("[", "]"), ("", " –"), ("", " —"),
      ("", "-"), ("", "/"), ("*", ""), ("&", ""), ("#", ""), ("@", ""), ("{", "}"), ("<", ">"), ("", "’s"), ("¿", "?"),
      ("¡", "!"), ("_", "_"), ("~", ""), ("", " |"), ("", " ="), ("+", ""), ("\\", ""), ("^", ""), ("`", "`"),
      ("· ", ""),
      ("• ", ""), ("§ ", ""), ("", "°"), ("", "®"), ("", "©"), ("", "™"),
    ]
    let (before, after) = random.one(of: marks)
    return Array(before.unicodeScalars) + word + Array(after.unicodeScalars)
  }
}

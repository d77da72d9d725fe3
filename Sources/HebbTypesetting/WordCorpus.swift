import Foundation
import HebbArrays
import HebbData

/// Words in random order, as often as a text has them, set as print sets them: some with punctuation, some in capitals.
public struct WordCorpus: Corpus {
  private let words: [[Unicode.Scalar]]
  /// How likely a word stands in other letters than in the text: capitalised, or all in capitals.
  public var recased: Float = 0.2
  /// How likely a mark follows or encloses a word.
  public var punctuated: Float = 0.15

  /// - Parameter text: every word of it as often as it is there; what is not a word is left out.
  public init(_ text: String) {
    words = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
      .map { Array($0.unicodeScalars) }
    require(!words.isEmpty, "a corpus of words needs a text")
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    var line = LineText(random.whole(in: lengths))
    var misses = 0
    while misses < 50 {
      let word = punctuated(recased(random.one(of: words), using: &random), using: &random)
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
      ("¡", "!"), ("_", "_"), ("~", ""), ("", " |"), ("", " ="), ("+", ""), ("\\", ""), ("^", ""), ("`", "`"), ("· ", ""),
      ("• ", ""), ("§ ", ""), ("", "°"), ("", "®"), ("", "©"), ("", "™"),
    ]
    let (before, after) = random.one(of: marks)
    return Array(before.unicodeScalars) + word + Array(after.unicodeScalars)
  }
}

/// A line that takes words as long as they fit.
struct LineText {
  private var scalars: [Unicode.Scalar] = []
  private let length: Int

  init(_ length: Int) { self.length = length }

  /// Adds a word behind a space; the first is cut where it is too long. False where the line is full.
  mutating func append(_ word: [Unicode.Scalar]) -> Bool {
    if scalars.isEmpty {
      scalars.append(contentsOf: word.prefix(length))
    } else {
      guard scalars.count + 1 + word.count <= length else { return false }
      scalars.append(" ")
      scalars.append(contentsOf: word)
    }
    return scalars.count < length
  }

  /// The line; `nil` where it is empty.
  var text: String? { LineText.tidied(scalars) }

  /// A text with single spaces and none at its ends; `nil` where nothing is left.
  static func tidied(_ scalars: some Sequence<Unicode.Scalar>) -> String? {
    let words = Array(scalars).split { $0.properties.isWhitespace }
    guard !words.isEmpty else { return nil }
    return String(String.UnicodeScalarView(words.joined(separator: CollectionOfOne(" "))))
  }
}

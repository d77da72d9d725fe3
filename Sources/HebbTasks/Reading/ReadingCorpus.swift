import Foundation
import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

/// What lines are drawn of, and the characters that may stand in them.
struct ReadingCorpus {
  let alphabet: Alphabet
  let corpus: any Corpus
  /// What is said of where the text comes from.
  let origin: String

  static let westernLetters =
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž€£§°«»„“”‘’–—…·¡¿®©™•"

  /// Space and the visible characters of ASCII.
  private static let ascii = String(String.UnicodeScalarView((32..<127).compactMap { Unicode.Scalar(UInt32($0)) }))

  /// English, German and French, with every character of ASCII and of Western Europe.
  ///
  /// - Parameter source: a file or folder of the user's own text; the name of a set otherwise.
  static func latin(_ source: String) throws(DataError) -> ReadingCorpus {
    let (text, origin) = try text(
      source, sets: [(.multi30k, ["train.en", "train.de", "train.fr"]), (.tinyShakespeare, ["input.txt"])])
    let all = ascii.filter { $0 != " " } + westernLetters
    return ReadingCorpus(
      alphabet: Alphabet(ascii + westernLetters),
      corpus: MixedCorpus([
        (0.3, try WordCorpus(text)), (0.3, try TextCorpus(text)),
        (0.1, try WordCorpus(MadeUpWords.text(words: 20_000, seed: 1))),
        (0.12, CharacterCorpus(all, countedIn: text, floor: 0.6)), (0.18, PatternCorpus()),
      ]), origin: origin)
  }

  static func digits() -> ReadingCorpus {
    let (digits, signs) = ("0123456789", ".,:-+/%()$€£¥#*=xX")
    return ReadingCorpus(
      alphabet: Alphabet(digits + " " + signs),
      corpus: MixedCorpus([
        (0.45, CharacterCorpus(digits)), (0.2, CharacterCorpus(digits + digits + signs)), (0.35, PatternCorpus.figures),
      ]), origin: "numbers")
  }

  /// Chinese with ASCII between: the characters of GB 2312, by their frequency in the text, none too rarely.
  ///
  /// - Parameter levels: 1, or 2 for all of it.
  static func chinese(_ source: String, levels: Int) throws(DataError) -> ReadingCorpus {
    let (text, origin) = try text(
      source, sets: [(.chnSentiCorpHotel, ["ChnSentiCorp_htl_all.csv"]), (.tatoebaChinese, ["cmn.txt"])])
    let characters = try ChineseCharacters.level1() + (levels > 1 ? ChineseCharacters.level2() : "")
    let known = Set(characters + ChineseCharacters.punctuation)
    let chinese = String(text.filter { known.contains($0) || $0.isNewline })
    let visible = ascii.filter { $0 != " " }
    return ReadingCorpus(
      alphabet: Alphabet(ascii + ChineseCharacters.punctuation + characters),
      corpus: MixedCorpus([
        (0.3, try TextCorpus(chinese)), (0.4, CharacterCorpus(characters, countedIn: chinese, floor: 0.7)),
        (
          0.1,
          JoinedCorpus([try TextCorpus(chinese), PatternCorpus(), PatternCorpus([.chinese]), try WordCorpus(text)])
        ),
        (0.05, CharacterCorpus(characters + visible + ChineseCharacters.punctuation, countedIn: text, floor: 0.5)),
        (0.06, CharacterCorpus(visible, countedIn: text, floor: 0.5)), (0.09, try TextCorpus(text)),
      ]), origin: origin)
  }

  /// The text of a file, of all .txt files of a folder, or of those sets that are on this machine.
  private static func text(
    _ source: String, sets: [(entry: CatalogEntry, files: [String])]
  ) throws(DataError) -> (text: String, origin: String) {
    if FileManager.default.fileExists(atPath: source) {
      var text = ""
      if PackedFiles.isFolder(source) {
        try PackedFiles.forEach(in: source, where: { $0.hasSuffix(".txt") }) { (_, bytes, name) throws(DataError) in
          text += try TextFile.decode(bytes, name: name) + "\n"
        }
      } else {
        text = try TextFile.read(source)
      }
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw DataError(source, "there is no text in it", advice: "give a text file, or a folder of .txt files")
      }
      return (text, source)
    }
    var (text, names) = ("", [String]())
    for (entry, files) in sets {
      guard let folder = DatasetFinder().find(entry) else { continue }
      names.append(entry.name)
      for file in files {
        let path = TextFile.path(file, in: folder)
        if FileManager.default.fileExists(atPath: path) { text += try TextFile.read(path) + "\n" }
      }
    }
    guard !text.isEmpty else {
      throw DataError(
        source, "none of the sets \(sets.map(\.entry.name).joined(separator: ", ")) is on this machine",
        advice: "run hebb data get \(sets[0].entry.name), or give a text file with --data")
    }
    return (text, names.joined(separator: " and "))
  }
}

/// A corpus without the characters that a reader does not know.
struct KnownCorpus: Corpus {
  let corpus: any Corpus
  let known: CharacterCoverage

  init(_ corpus: any Corpus, of alphabet: Alphabet) {
    self.corpus = corpus
    known = CharacterCoverage(alphabet.characters.flatMap(\.unicodeScalars))
  }

  func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    corpus.line(of: characters.intersection(known), lengths: lengths, using: &random)
  }
}

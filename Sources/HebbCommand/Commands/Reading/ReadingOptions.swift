import ArgumentParser
import Foundation
import Hebb
import HebbFiles
import HebbOCR
import HebbRecipes

/// Which network reads, and what is known of the text.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A run's folder, a model file, latin, zh or digits. Of several the surest reads a line; latin and zh by default.",
      valueName: "model"))
  var model: [String] = []

  @Option(help: ArgumentHelp("The characters that may be read, as in 0-9A-Z.", valueName: "characters"))
  var alphabet: String?

  @Option(
    help: ArgumentHelp(
      "For each place of a line the characters that may stand there, parted by spaces, as in “A-Z A-Z 0-9”.",
      valueName: "sets"))
  var positions: String?

  @Option(
    help: ArgumentHelp("A regular expression that whole lines match, as in [A-Z]{2}-\\d+.", valueName: "expression"))
  var pattern: String?

  @Option(help: ArgumentHelp("A file of the texts that lines may have, one a line.", valueName: "file"))
  var lexicon: String?

  @Option(help: ArgumentHelp("How many beginnings of a text the search keeps; 1 does not search.", valueName: "n"))
  var beam = 1

  @OptionGroup var work: ThreadOptions

  func validate() throws {
    guard (1...1000).contains(beam) else { throw ValidationError("--beam must be from 1 to 1000") }
  }

  /// The readers in the order given.
  func readers() throws -> [TextReader] {
    try (model.isEmpty ? ShippedReaders.general : model).map(ReadingOptions.reader)
  }

  /// A reader of the user's own, or else one that comes with the program.
  static func reader(_ name: String) throws -> TextReader {
    try TextReader(named: ShippedReaders.names.contains(name) ? name : Names.modelFile(name))
  }

  /// What is known; that every reader knows characters of it is checked.
  func decoding(_ readers: [TextReader]) throws -> LineDecoding {
    var decoding = LineDecoding(beamWidth: beam)
    decoding.alphabet = try alphabet.map { try Alphabet(ranges: $0) }
    decoding.positions = try positions?.split(separator: " ").map { try Alphabet(ranges: String($0)) }
    decoding.pattern = try pattern.map { try TextPattern($0) }
    decoding.texts = try lexicon.map { path in
      let texts = try TextFile.lines(of: path).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard texts.contains(where: { text in readers.contains { $0.alphabet.encode(text) != nil } }) else {
        throw DataError(path, "it has no text of characters that the model knows", advice: "give one text a line")
      }
      return texts
    }
    for set in [decoding.alphabet].compactMap(\.self) + (decoding.positions ?? []) { try set.check(readers) }
    return decoding
  }
}

extension Alphabet {
  /// Checks that some reader knows a character of this set.
  func check(_ readers: [TextReader]) throws(DataError) {
    guard characters.contains(where: { character in readers.contains { $0.alphabet[character] != nil } }) else {
      throw DataError(
        "the characters “\(text.prefix(40))”", "the model knows none of them", advice: "give others, or another model")
    }
  }
}

import Foundation
import Hebb

/// A tagger with its vocabularies.
package struct TagModel: TaskModel {
  package static let task = "tag"
  /// Longer texts are read in pieces.
  static let longestPiece = 1_000

  let tokens: TagTokens
  let tagger: SequenceTagger

  package var network: any Module { tagger }
  package var settings: [JSON.Member] { [.init("unit", .string(tokens.unit.rawValue))] }
  package var classNames: [String] { tagger.scheme.tags }
  package var notes: [String: String] { ["words": tokens.words.text, "parts": tokens.parts.text] }

  init(_ tokens: TagTokens, _ tagger: SequenceTagger) { (self.tokens, self.tagger) = (tokens, tagger) }

  package init(_ file: TaskFile) throws(DataError) {
    guard let unit = TagTokens.Unit(rawValue: try file.string("unit")) else {
      throw file.damaged("the kind of words is unknown")
    }
    let tables = try (0..<2).map { index throws(DataError) in try file.rows(of: "embeddings.\(index).weight", 2) }
    let spells = unit == .words
    let letters = spells ? try file.rows(of: "spelling.embedding.weight", 2) : tables[1]
    let tokens = TagTokens(
      unit, words: try file.vocabulary("words", rows: tables[0].rows),
      parts: try file.vocabulary("parts", rows: letters.rows))
    guard tokens.tables == tables.map(\.rows) else { throw file.damaged("the tables do not fit the words") }
    var random = Philox(seed: 0)
    var spelling: WordSpelling?
    var features = tables[0].columns + tables[1].columns
    if spells {
      let shape = try file.shape("spelling.convolution.weight", rank: 3)
      guard shape[0] == 3, shape[1] == letters.columns else { throw file.damaged("the spelling is \(shape)") }
      spelling = WordSpelling(
        characters: letters.rows, features: letters.columns, patterns: shape[2], using: &random)
      features += shape[2]
    }
    let units = try file.units(of: "encoder", inputs: features)
    let scheme = TagScheme(try file.classNames(count: file.output(of: 2 * units)))
    self.init(
      tokens,
      SequenceTagger(
        tables: tables.map { ($0.rows, $0.columns) }, spelling: spelling,
        encoder: .bothWays(features, units, using: &random), scheme: scheme, using: &random))
  }

  /// What a text mentions.
  package struct Entity {
    package let text: Substring
    package let kind: String
    /// Where it stands in the text, in characters.
    package let from: Int, to: Int
  }

  /// The entities of a text, in their order.
  package func callAsFunction(_ text: String) -> [Entity] {
    let text = text.precomposedStringWithCanonicalMapping
    var words = tokens.split(text)[...]
    var entities: [Entity] = []
    // How far the text has been counted.
    var counted = (index: text.startIndex, characters: 0)
    while !words.isEmpty {
      let piece = words.prefix(TagModel.end(of: words))
      words = words.dropFirst(piece.count)
      for span in spans(Array(piece)) {
        let first = piece[piece.startIndex + span.words.lowerBound]
        let last = piece[piece.startIndex + span.words.upperBound - 1]
        let found = text[first.startIndex..<last.endIndex]
        let from = counted.characters + text.distance(from: counted.index, to: found.startIndex)
        entities.append(Entity(text: found, kind: span.kind, from: from, to: from + found.count))
        counted = (found.startIndex, from)
      }
    }
    return entities
  }

  private func spans(_ words: [Substring]) -> [EntitySpan] {
    let rows = tokens.encode(words.map(String.init)).expanded(at: 0)
    let scores = tagger.emissions(rows, lengths: [words.count]).value
    return tagger.scheme.entities(tagger.tags(scores, lengths: [words.count])[0])
  }

  /// Where a piece of a long text ends: behind the last sentence that is whole, where there is one.
  private static func end(of words: ArraySlice<Substring>) -> Int {
    guard words.count > longestPiece else { return words.count }
    let piece = words.prefix(longestPiece)
    let mark = piece.lastIndex { [".", "!", "?", ";", "。", "！", "？", "；"].contains($0) }
    return mark.map { $0 - words.startIndex + 1 } ?? longestPiece
  }
}

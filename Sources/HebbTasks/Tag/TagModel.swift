import Foundation
import Hebb

/// A tagger with its vocabularies.
package struct TagModel: TaskModel {
  package static let task = "tag"
  /// Longer texts are looked at in pieces of so many words, each with so many around it, as many at a time.
  private static let piece = (words: 512, margin: 128, batch: 16)

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
  ///
  /// The time is proportional to the text's length. However long it is, its tags are judged together, so that no entity is
  /// cut.
  package func callAsFunction(_ text: String) -> [Entity] {
    let text = text.precomposedStringWithCanonicalMapping
    let words = tokens.split(text)
    guard !words.isEmpty else { return [] }
    let scores = Pass.inference { emissions(tokens.encode(words.map(String.init))) }
    let tags = tagger.tags(scores.expanded(at: 0), lengths: [words.count])[0]
    // How far the text has been counted.
    var counted = (index: text.startIndex, characters: 0)
    return tagger.scheme.entities(tags).map { span in
      let found = text[words[span.words.lowerBound].startIndex..<words[span.words.upperBound - 1].endIndex]
      let from = counted.characters + text.distance(from: counted.index, to: found.startIndex)
      counted = (found.startIndex, from)
      return Entity(text: found, kind: span.kind, from: from, to: from + found.count)
    }
  }

  /// The scores of all words of a text, `[words, tags]`, from rows of ``TagTokens/encode(_:)``. What stands more than a margin
  /// away from a word has no influence on it in a long text.
  private func emissions(_ rows: NDArray) -> NDArray {
    let (count, piece) = (rows.shape[0], TagModel.piece)
    guard count > piece.words + 2 * piece.margin else {
      return tagger.emissions(rows.expanded(at: 0), lengths: [count]).value.row(0)
    }
    let starts = Array(stride(from: 0, to: count, by: piece.words))
    var parts: [NDArray] = []
    for group in stride(from: 0, to: starts.count, by: piece.batch) {
      let own = starts[group..<min(starts.count, group + piece.batch)].map { $0..<min(count, $0 + piece.words) }
      let seen = own.map { max(0, $0.lowerBound - piece.margin)..<min(count, $0.upperBound + piece.margin) }
      let padded = SequenceDataset(
        name: "", sequences: seen.map { rows[$0] }, labels: seen.map { _ in 0 }, classNames: []
      )
      .inputs(at: Array(seen.indices))
      let scores = tagger.emissions(padded, lengths: seen.map(\.count)).value
      for (index, (own, seen)) in zip(own, seen).enumerated() {
        parts.append(scores.row(index)[own.lowerBound - seen.lowerBound..<own.upperBound - seen.lowerBound])
      }
    }
    return .concatenated(parts, axis: 0)
  }
}

import Foundation
import Hebb
import HebbFiles

/// Texts with what they are in another language, in three parts.
package struct TextPairs {
  package struct Pair {
    package let source: String, target: String
  }

  /// What the languages are called, where it is known.
  let name: String
  package let train: [Pair], validation: [Pair], test: [Pair]

  private static let own = "a file with SOURCE, a tab and TARGET in each line"

  private static func place(_ source: String) throws(DataError) -> CorpusSource {
    try CorpusSource(source, of: [.multi30k, .tatoebaChinese], own: own)
  }

  /// A data set's name, a file of pairs, or the folder of a set.
  package static func load(_ source: String) throws -> TextPairs {
    switch try place(source) {
    case .file(let path): return try read(file: path)
    case .folder(let folder, let set?): return try read(set, folder)
    case .folder:
      throw DataError(source, "it holds neither multi30k nor tatoeba-cmn-eng", advice: "give \(own)")
    }
  }

  /// All pairs of a file, or those of the part to test on of a set.
  static func toScore(_ source: String) throws -> [Pair] {
    if case .file(let path) = try place(source) {
      let pairs = try pairs(of: path)
      guard !pairs.isEmpty else { throw DataError(path, "it has no pairs", advice: "give \(own)") }
      return pairs
    }
    return try load(source).test
  }

  private static func read(_ entry: CatalogEntry, _ folder: String) throws -> TextPairs {
    if entry.name == CatalogEntry.tatoebaChinese.name {
      return try read(file: TextFile.path("cmn.txt", in: folder), named: "English to Chinese")
    }
    return try TextPairs(
      name: "English to German", train: parallel("train", folder), validation: parallel("val", folder),
      test: parallel("test_2016_flickr", folder))
  }

  /// Two files that say the same line by line.
  private static func parallel(_ part: String, _ folder: String) throws -> [Pair] {
    let paths = ["en", "de"].map { TextFile.path("\(part).\($0)", in: folder) }
    let sources = try TextFile.lines(of: paths[0])
    let targets = try TextFile.lines(of: paths[1])
    guard sources.count == targets.count else {
      throw DataError(
        paths[1], "it has \(targets.count) lines, and \(paths[0]) has \(sources.count)",
        advice: "take both files from the same place")
    }
    return zip(sources, targets).compactMap { source, target in
      let pair = Pair(source: plain(source), target: plain(target))
      return pair.source.isEmpty || pair.target.isEmpty ? nil : pair
    }
  }

  /// The pairs of a file with one in each line, and after another tab what does not matter.
  private static func pairs(of file: String) throws(DataError) -> [Pair] {
    var pairs: [Pair] = []
    for (index, line) in try TextFile.lines(of: file).enumerated() where !plain(line).isEmpty {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 2, !plain(columns[0]).isEmpty, !plain(columns[1]).isEmpty else {
        throw DataError(
          file, at: "line \(index + 1)", columns.count < 2 ? "there is no tab" : "one side is empty",
          advice: "write SOURCE, a tab and TARGET in each line")
      }
      pairs.append(Pair(source: plain(columns[0]), target: plain(columns[1])))
    }
    return pairs
  }

  /// A file in three parts. Which pairs are kept apart depends on the source texts alone: none that is tested was learnt with
  /// another target.
  private static func read(file: String, named name: String? = nil) throws -> TextPairs {
    let pairs = try pairs(of: file)
    var bySource: [String: [Pair]] = [:]
    var order: [String] = []
    for pair in pairs {
      if bySource[pair.source] == nil { order.append(pair.source) }
      bySource[pair.source, default: []].append(pair)
    }
    guard order.count >= 10 else {
      throw DataError(
        file, "\(order.count) different texts are too few to learn and test from", advice: "give 10 or more")
    }
    var random = Philox(seed: 0)
    let shuffled = order.indices.shuffled(using: &random).map { order[$0] }
    let part = min(1000, max(1, order.count / 20))
    func all(_ sources: some Sequence<String>) -> [Pair] { sources.flatMap { bySource[$0] ?? [] } }
    return TextPairs(
      name: name ?? (file as NSString).lastPathComponent, train: all(shuffled.dropFirst(2 * part)),
      validation: all(shuffled[part..<2 * part]), test: shuffled.prefix(part).compactMap { bySource[$0]?.first })
  }

  /// The same without control characters.
  static func printable(_ text: String) -> String {
    let scalars = plain(text).unicodeScalars.filter { $0.properties.generalCategory != .control }
    return plain(String(String.UnicodeScalarView(scalars)))
  }

  /// Without spaces at the ends; runs of white space as one space.
  static func plain(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

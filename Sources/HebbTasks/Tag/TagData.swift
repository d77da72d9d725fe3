import Foundation
import Hebb
import HebbFiles

/// Sentences whose words have tags, in three parts.
struct TagData {
  struct Sentence {
    var words: [String]
    var tags: [String]
  }

  let name: String
  let train: [Sentence], validation: [Sentence], test: [Sentence]

  /// The data that a plan names: a set, a folder that holds one, the recipe's own before others, or files of three parts, or
  /// a file of the user's own.
  init(_ plan: TaskPlan) throws(DataError) {
    let own = TagData.sets.filter { $0.name == plan.recipe.data }
    switch try TagData.place(plan.source, of: own + TagData.sets.filter { $0.name != plan.recipe.data }) {
    case .folder(let folder, _): try self.init(plan.source, folder: folder)
    case .file(let file): try self.init(file: file)
    }
  }

  private static let sets = [CatalogEntry.resumeNER, .wnut17]

  private static func place(_ source: String, of sets: [CatalogEntry]) throws(DataError) -> CorpusSource {
    try CorpusSource(source, of: sets, own: "a file of words and tags, a folder of train, dev and test")
  }

  /// All sentences of a file, or those of the part to test on of a set or a folder.
  static func toScore(_ source: String) throws(DataError) -> [Sentence] {
    switch try place(source, of: sets) {
    case .folder(let folder, _): try sentences(of: part(["test"], in: folder))
    case .file(let file): try sentences(of: file)
    }
  }

  /// A folder with a file for each part.
  private init(_ name: String, folder: String) throws(DataError) {
    func part(_ names: String...) throws(DataError) -> [Sentence] {
      try TagData.sentences(of: TagData.part(names, in: folder))
    }
    self.name = name
    (train, validation, test) = (try part("train"), try part("dev", "valid"), try part("test"))
  }

  /// The file of a folder whose name says one of some words.
  private static func part(_ names: [String], in folder: String) throws(DataError) -> String {
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    guard let file = files.first(where: { file in names.contains { file.lowercased().contains($0) } }) else {
      throw DataError(
        folder, "it has no file whose name says \(names[0])", advice: "give train, dev and test, or name a single file")
    }
    return "\(folder)/\(file)"
  }

  /// One file: a tenth of the sentences is for testing, another to judge by.
  private init(file: String) throws(DataError) {
    let sentences = try TagData.sentences(of: file)
    guard sentences.count >= 10 else {
      throw DataError(
        file, "\(sentences.count) sentences are too few to learn from and test on",
        advice: "give ten at least, an empty line behind each")
    }
    var random = Philox(seed: 0)
    let order = sentences.indices.shuffled(using: &random)
    let part = max(1, sentences.count / 10)
    func taken(_ range: Range<Int>) -> [Sentence] { order[range].sorted().map { sentences[$0] } }
    name = file
    (test, validation) = (taken(0..<part), taken(part..<2 * part))
    train = taken(2 * part..<order.count)
  }

  /// The sentences of a file: a word a line, its tag in the last column, an empty line behind each sentence.
  static func sentences(of path: String) throws(DataError) -> [Sentence] {
    var sentences: [Sentence] = []
    var open = Sentence(words: [], tags: [])
    func end() {
      if !open.words.isEmpty, open.words != ["-DOCSTART-"] { sentences.append(open) }
      open = Sentence(words: [], tags: [])
    }
    for (number, line) in try TextFile.lines(of: path).enumerated() {
      guard !line.allSatisfy(\.isWhitespace) else {
        end()
        continue
      }
      let cells = line.contains("\t") ? line.split(separator: "\t") : line.split(whereSeparator: \.isWhitespace)
      guard cells.count > 1, let word = cells.first, let tag = cells.last else {
        throw DataError(
          path, at: "line \(number + 1)", "“\(line.prefix(20))” has no tag",
          advice: "write a word, a tab and a tag in each line")
      }
      open.words.append(word.precomposedStringWithCanonicalMapping)
      open.tags.append(tag.trimmingCharacters(in: .whitespaces))
    }
    end()
    guard !sentences.isEmpty else {
      throw DataError(path, "it has no sentences", advice: "write a word, a tab and a tag in each line")
    }
    return repaired(sentences)
  }

  /// Entities that begin with I- in a scheme whose first tag is B-, as in the oldest files, begin with B- now.
  private static func repaired(_ sentences: [Sentence]) -> [Sentence] {
    let tags = Set(sentences.flatMap(\.tags))
    let hasEnds = tags.contains { tag in ["E-", "S-", "M-", "L-", "U-"].contains { tag.hasPrefix($0) } }
    guard !hasEnds, tags.contains(where: { $0.hasPrefix("I-") }) else { return sentences }
    let scheme = TagScheme(tags.sorted())
    let numbers = [String: Int](numbering: scheme.tags)
    return sentences.map { sentence in
      var sentence = sentence
      for entity in scheme.entities(sentence.tags.map(numbers.number)) {
        let tag = sentence.tags[entity.words.lowerBound]
        if tag.hasPrefix("I-") { sentence.tags[entity.words.lowerBound] = "B" + tag.dropFirst() }
      }
      return sentence
    }
  }
}

import Foundation
import Hebb
import HebbFiles

/// A poem of lines of five or seven characters.
struct Poem: Sendable, Hashable {
  /// The characters of each line, and the mark behind it.
  let lines: [(characters: [Character], mark: Character)]

  /// Marks that end a line in the middle of a couplet, and at its end.
  static let marks: [Character] = ["，", "。", "？", "！", "；"]
  static let lengths = [5, 7]
  static let longest = 24

  /// Nil where the text is not of an even number of lines of five or of seven characters.
  init?(_ text: String) {
    var lines: [(characters: [Character], mark: Character)] = []
    var line: [Character] = []
    for character in text where !character.isWhitespace {
      if let mark = Poem.mark(character) {
        lines.append((line, mark))
        line = []
      } else {
        guard character.isLetter, character.unicodeScalars.first?.isChinese == true else { return nil }
        line.append(character)
      }
    }
    guard line.isEmpty, let length = lines.first?.characters.count, Poem.lengths.contains(length),
      lines.allSatisfy({ $0.characters.count == length }), lines.count % 2 == 0,
      (4...Poem.longest).contains(lines.count)
    else { return nil }
    self.lines = lines
  }

  private static func mark(_ character: Character) -> Character? {
    let wide: [Character: Character] = [",": "，", ".": "。", "?": "？", "!": "！", ";": "；"]
    let found = wide[character] ?? character
    return marks.contains(found) ? found : nil
  }

  /// Characters a line.
  var form: Int { lines[0].characters.count }

  /// Characters and marks in order.
  var tokens: [String] { lines.flatMap { $0.characters.map(String.init) + [String($0.mark)] } }

  static func == (a: Poem, b: Poem) -> Bool { a.tokens == b.tokens }
  func hash(into hasher: inout Hasher) { hasher.combine(tokens) }
}

/// Poems from files: of what is there, all that are of lines of five or seven characters, each once.
///
/// - JSON: a list of poems whose `paragraphs` are lists of text.
/// - Text: poems between lines of “%”, as `fortune` keeps them; colours, titles and authors are left out.
enum PoemFile {
  static func read(_ path: String) throws(DataError) -> (poems: [Poem], count: Int) {
    let text = try TextFile.read(path)
    return text.first { !$0.isWhitespace } == "[" ? try poems(json: text, file: path) : poems(fortunes: text)
  }

  /// The poems of a folder's JSON files in the order of their names, else of the files of fortunes that are known.
  static func read(folder: String) throws(DataError) -> (poems: [Poem], count: Int) {
    let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let json = present.filter { $0.hasSuffix(".json") }
    let names = json.isEmpty ? present.filter { ["tang300", "song100"].contains($0) } : json
    var seen: Set<Poem> = []
    var all: [Poem] = []
    var total = 0
    for name in names.sorted() {
      let (poems, count) = try read("\(folder)/\(name)")
      all += poems.filter { seen.insert($0).inserted }
      total += count
    }
    return (all, total)
  }

  static func poems(json text: String, file: String) throws(DataError) -> (poems: [Poem], count: Int) {
    guard let entries = try JSON(parsing: Array(text.utf8), file: file).elements else {
      throw DataError(file, "it is no list of poems", advice: "give a list of objects with “paragraphs”")
    }
    let poems = entries.compactMap { entry in
      entry["paragraphs"]?.elements.flatMap { Poem($0.compactMap(\.string).joined()) }
    }
    return (poems, entries.count)
  }

  static func poems(fortunes text: String) -> (poems: [Poem], count: Int) {
    let entries = TextFile.lines(in: text).split { $0 == "%" }
    let poems = entries.compactMap { lines in
      Poem(lines.filter { !$0.contains("\u{1B}") }.joined())
    }
    return (poems, entries.count)
  }
}

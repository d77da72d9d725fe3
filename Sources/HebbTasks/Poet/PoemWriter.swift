import Hebb

/// A network that writes poems.
///
/// A poem is tokens: first how many characters a line has, then couplet by couplet how many of them are left, the characters and
/// the marks, and an end. The first two ask for a form; all others the network writes by itself, the counting too.
package struct PoemWriter: TaskModel {
  package static let task = "write"
  let model: any Layer & LanguageModel
  let vocabulary: Vocabulary
  let tokens: PoemTokens

  package var network: any Module { model }
  package var settings: [JSON.Member] { [.init("poems", .bool(true))] }
  package var notes: [String: String] { ["characters": vocabulary.text] }

  init(_ model: any Layer & LanguageModel, _ tokens: PoemTokens) {
    (self.model, self.tokens, vocabulary) = (model, tokens, tokens.vocabulary)
  }

  package init(_ file: TaskFile) throws(DataError) {
    model = try WritingNetwork.reading(file)
    vocabulary = try file.vocabulary("characters", rows: file.shape("embedding.weight", rank: 2)[0])
    guard let tokens = PoemTokens(vocabulary), model.reach == nil else { throw file.damaged("it writes no poems") }
    self.tokens = tokens
  }
}

/// The tokens of poems.
struct PoemTokens: Sendable {
  let vocabulary: Vocabulary
  let end: Int
  let unknown: Int
  private let forms: [Int]
  /// Tokens that say how many couplets are left, from 1 on.
  private let counts: [Int]
  /// Marks that may end a couplet's first line, and its second.
  let middle: Set<Int>, final: Set<Int>
  let marks: Set<Int>
  /// Marks, forms and other tokens that are no characters.
  let others: Set<Int>

  private static let formNames = ["[5]", "[7]"]
  private static let countNames = (1...Poem.longest / 2).map { "[\($0) LEFT]" }
  private static let special = ["[UNK]", "[END]"] + formNames + countNames

  /// The tokens of some poems; characters that come once only are unknown ones.
  init?(of poems: [Poem]) {
    let marks = Set(Poem.marks.map(String.init))
    let characters = poems.flatMap(\.tokens).filter { !marks.contains($0) }
    self.init(Vocabulary(counting: characters, special: PoemTokens.special + Poem.marks.map(String.init), least: 2))
  }

  /// Nil where the vocabulary lacks what poems need.
  init?(_ vocabulary: Vocabulary) {
    let marks = Poem.marks.compactMap { vocabulary[String($0)] }
    forms = PoemTokens.formNames.compactMap { vocabulary[$0] }
    counts = PoemTokens.countNames.compactMap { vocabulary[$0] }
    guard let unknown = vocabulary["[UNK]"], let end = vocabulary["[END]"], marks.count == Poem.marks.count,
      forms.count == 2, counts.count == PoemTokens.countNames.count, let comma = vocabulary["，"],
      let stop = vocabulary["。"],
      vocabulary.count > PoemTokens.special.count + marks.count
    else { return nil }
    (self.vocabulary, self.unknown, self.end, self.marks) = (vocabulary, unknown, end, Set(marks))
    others = Set(marks + forms + counts + [unknown, end])
    middle = [comma]
    final = [stop]
  }

  /// What a poem of a form begins with.
  func start(form: Int, lines: Int) -> [Int] { [forms[form == 5 ? 0 : 1], counts[lines / 2 - 1]] }

  /// The token before the next couplet, behind so many lines of a poem; nil where none stands there.
  func count(behind line: Int, of lines: Int) -> Int? {
    line > 0 && line < lines && line % 2 == 0 ? counts[(lines - line) / 2 - 1] : nil
  }

  /// A whole poem, from its form to its end.
  func encode(_ poem: Poem) -> [Int] {
    var tokens = start(form: poem.form, lines: poem.lines.count)
    for (number, line) in poem.lines.enumerated() {
      if let count = count(behind: number, of: poem.lines.count) { tokens.append(count) }
      for character in line.characters + [line.mark] { tokens.append(vocabulary[String(character)] ?? unknown) }
    }
    return tokens + [end]
  }

  /// Whether tokens behind the start are a poem of this form: so many lines of so many characters, each with a mark, and no
  /// mark elsewhere. Counts of couplets are not looked at: no reader sees them.
  func isRight(_ tokens: [Int], form: Int, lines: Int) -> Bool {
    let seen = tokens.filter { !counts.contains($0) }
    return seen.count == lines * (form + 1)
      && seen.enumerated().allSatisfy { place, token in
        place % (form + 1) == form ? marks.contains(token) : !others.contains(token)
      }
  }
}

import Hebb

/// A network that writes poems.
///
/// A poem begins with two tokens that ask for its form, the characters of a line and how many lines, goes on with characters
/// and marks, and ends with a token of its own.
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
  private let counts: [Int]
  /// Marks that may end a couplet's first line, and its second.
  let middle: Set<Int>, final: Set<Int>
  let marks: Set<Int>
  /// Marks, forms and other tokens that are no characters.
  let others: Set<Int>

  private static let formNames = ["[5]", "[7]"]
  private static let countNames = ["[4 LINES]", "[8 LINES]", "[LINES]"]
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
      forms.count == 2, counts.count == 3, let comma = vocabulary["，"], let stop = vocabulary["。"],
      vocabulary.count > PoemTokens.special.count + marks.count
    else { return nil }
    (self.vocabulary, self.unknown, self.end, self.marks) = (vocabulary, unknown, end, Set(marks))
    others = Set(marks + forms + counts + [unknown, end])
    middle = [comma]
    final = [stop]
  }

  /// What a poem of a form begins with.
  func start(form: Int, lines: Int) -> [Int] {
    [forms[form == 5 ? 0 : 1], counts[lines == 4 ? 0 : lines == 8 ? 1 : 2]]
  }

  /// A whole poem, from its form to its end.
  func encode(_ poem: Poem) -> [Int] {
    start(form: poem.form, lines: poem.lines.count) + poem.tokens.map { vocabulary[$0] ?? unknown } + [end]
  }

  /// Whether tokens behind the start are a poem of this form: so many lines of so many characters, each with a mark, and no
  /// mark elsewhere.
  func isRight(_ tokens: [Int], form: Int, lines: Int) -> Bool {
    tokens.count == lines * (form + 1)
      && tokens.enumerated().allSatisfy { place, token in
        place % (form + 1) == form ? marks.contains(token) : !others.contains(token)
      }
  }
}

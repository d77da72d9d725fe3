import Hebb

/// A poem that is asked for.
package struct PoemRequest {
  /// Characters a line: 5 or 7.
  package var form: Int
  /// How many lines: an even number from 4 to 24.
  package var lines: Int
  /// The characters that lines begin with, one each.
  package var acrostic: [Character]
  /// The characters that the poem begins with.
  package var prompt: [Character]
  package var sampling: Sampling

  package init(
    form: Int = 5, lines: Int = 4, acrostic: String = "", prompt: String = "",
    sampling: Sampling = Sampling(temperature: 0.8)
  ) {
    (self.form, self.lines, self.sampling) = (form, lines, sampling)
    (self.acrostic, self.prompt) = (Array(acrostic), Array(prompt))
  }

  /// Characters of acrostic and prompt that the network has never seen, each once. They are written all the same.
  package func unknown(to writer: PoemWriter) -> [Character] {
    var seen: Set<Character> = []
    return (acrostic + prompt).filter { writer.vocabulary[String($0)] == nil && seen.insert($0).inserted }
  }

  /// A line for which prompt and acrostic want different first characters, from 0.
  package var conflict: Int? {
    acrostic.indices.first { $0 * form < prompt.count && prompt[$0 * form] != acrostic[$0] }
  }

  /// Writes the poem. Its form is held: where a mark belongs a mark is drawn, elsewhere a character, and given characters
  /// stand where they were asked for.
  ///
  /// - Parameter body: is called with each character as it is written.
  @discardableResult
  package func poem(by writer: PoemWriter, using random: inout Philox, _ body: (String) -> Void = { _ in }) -> String {
    poem(by: writer.model, writer.tokens, using: &random, body)
  }

  private func poem<Model: LanguageModel>(
    by model: Model, _ tokens: PoemTokens, using random: inout Philox, _ body: (String) -> Void
  ) -> String {
    var memory: Model.Memory?
    var unread = tokens.start(form: form, lines: lines)
    var written: [Int] = []
    var text = ""
    for place in 0..<lines * (form + 1) {
      let (line, column) = (place / (form + 1), place % (form + 1))
      let rows = NDArray(unread.map { Int32($0) }, shape: [1, unread.count])
      var logits: [Double] = model.read(rows, &memory).cast(to: .float64).elements()
      var piece: String
      let token: Int
      if column < form, let given = given(line, column) {
        (piece, token) = (String(given), tokens.vocabulary[String(given)] ?? tokens.unknown)
      } else {
        let allowed = line % 2 == 0 ? tokens.middle : tokens.final
        for index in logits.indices
        where column == form ? !allowed.contains(index) : tokens.others.contains(index) {
          logits[index] = -.infinity
        }
        token = sampling(logits, after: written, using: &random)
        piece = tokens.vocabulary[token] ?? ""
      }
      if column == form, line % 2 == 1 { piece += "\n" }
      written.append(token)
      unread = [token]
      if column == form, let count = tokens.count(behind: line + 1, of: lines) { unread.append(count) }
      text += piece
      body(piece)
    }
    return text
  }

  private func given(_ line: Int, _ column: Int) -> Character? {
    let place = line * form + column
    if place < prompt.count { return prompt[place] }
    return column == 0 && line < acrostic.count ? acrostic[line] : nil
  }
}

import Hebb

/// A text that is asked for.
package struct TextRequest {
  package var prompt = ""
  /// How many characters are written.
  package var count = 500
  package var sampling = Sampling()
  /// Beginnings that a search keeps; 1 draws instead.
  package var beams = 1

  package init(prompt: String = "", count: Int = 500, sampling: Sampling = Sampling(), beams: Int = 1) {
    self.prompt = prompt.replacing("\r\n", with: "\n")
    (self.count, self.sampling, self.beams) = (count, sampling, beams)
  }

  /// What is known of the prompt.
  package func known(to writer: TextWriter) -> String { writer.characters.decode(writer.characters.encode(prompt)) }

  /// Characters of the prompt that the network has never seen, each once.
  package func unknown(to writer: TextWriter) -> [Character] {
    var seen: Set<Character> = []
    return prompt.filter { writer.characters.encode(String($0)).isEmpty && seen.insert($0).inserted }
  }

  /// Writes on from what is known of the prompt, else from a fresh start: a line end where there is one.
  ///
  /// - Parameter body: is called with each piece of text as it is written.
  /// - Returns: the new text.
  @discardableResult
  package func text(
    by writer: TextWriter, using random: inout Philox, _ body: (String) -> Void = { _ in }
  ) -> String {
    let characters = writer.characters
    let known = characters.encode(prompt)
    let start = known.isEmpty ? [characters.vocabulary["\n"] ?? 0] : known
    guard beams > 1 else {
      let tokens = writer.model.write(after: start, count: count, sampling, using: &random) {
        body(characters.decode([$0]))
      }
      return characters.decode(tokens)
    }
    let text = characters.decode(searched(start, writer.model))
    body(text)
    return text
  }

  /// The likeliest text, a stretch at a time where the network looks back on so many tokens only.
  private func searched(_ start: [Int], _ model: some LanguageModel) -> [Int] {
    var tokens = start
    while tokens.count - start.count < count {
      let rest = count - (tokens.count - start.count)
      let before = model.reach.map { Array(tokens.suffix(max(1, $0 / 2))) } ?? tokens
      let stretch = min(rest, model.reach.map { max(1, $0 - before.count) } ?? rest)
      // No token ends a text: characters go on for ever.
      guard let found = model.search(after: before, count: stretch, beams: beams, lengthPenalty: 0, end: -1).first
      else {
        break
      }
      tokens += found.tokens
    }
    return Array(tokens.dropFirst(start.count))
  }
}

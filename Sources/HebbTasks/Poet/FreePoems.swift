import Hebb

/// Poems that a network writes without any help: it is asked for a form, and every token is its own.
struct FreePoems {
  let model: any Layer & LanguageModel
  let tokens: PoemTokens

  /// - Returns: the tokens of each poem behind its start, the end left out; cut where no end comes in time.
  func write(form: Int, lines: Int, count: Int, _ sampling: Sampling, using random: inout Philox) -> [[Int]] {
    write(form, lines, count, sampling, using: &random, model)
  }

  private func write<Model: LanguageModel>(
    _ form: Int, _ lines: Int, _ count: Int, _ sampling: Sampling, using random: inout Philox, _ model: Model
  ) -> [[Int]] {
    let start = tokens.start(form: form, lines: lines).map { Int32($0) }
    var unread = NDArray((0..<count).flatMap { _ in start }, shape: [count, start.count])
    var memory: Model.Memory?
    var poems = [[Int]](repeating: [], count: count)
    var isDone = [Bool](repeating: false, count: count)
    // One step more than a right poem has, counts of couplets included: a wrong one shows by then.
    for _ in 0...lines * (form + 1) + lines / 2 where isDone.contains(false) {
      let logits = model.read(unread, &memory).cast(to: .float64)
      let drawn = (0..<count).map { poem -> Int in
        guard !isDone[poem] else { return tokens.end }
        var chances: [Double] = logits.row(poem).elements()
        // An unknown character cannot be written.
        chances[tokens.unknown] = -.infinity
        return sampling(chances, using: &random)
      }
      for (poem, token) in drawn.enumerated() where !isDone[poem] {
        if token == tokens.end { isDone[poem] = true } else { poems[poem].append(token) }
      }
      unread = NDArray(drawn.map { Int32($0) }, shape: [count, 1])
    }
    return poems
  }
}

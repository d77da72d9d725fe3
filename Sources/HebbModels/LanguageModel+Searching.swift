import HebbArrays
import HebbAutograd
import HebbLayers

/// A text that a search found.
public struct FoundText: Sendable, Hashable {
  /// The new tokens, without the one that ends the text.
  public let tokens: [Int]
  /// The logarithm of the text's probability, its end included.
  public let logProbability: Double
  /// The logarithm divided by the penalty of its length: what texts are compared by.
  public let score: Double

  package init(tokens: [Int], logProbability: Double, score: Double) {
    (self.tokens, self.logProbability, self.score) = (tokens, logProbability, score)
  }
}

extension LanguageModel {
  /// The likeliest texts behind some tokens: a search that keeps the best beginnings.
  ///
  ///     score = log P(text) / ((5 + length) / 6)^lengthPenalty
  ///
  /// - Parameters:
  ///   - count: how many tokens a text has at most, its end included.
  ///   - beams: how many beginnings are kept.
  ///   - lengthPenalty: 0 compares probabilities, and likes short texts; larger numbers like longer ones.
  ///   - end: the token that ends a text.
  /// - Returns: texts, the best first, at most `beams`. Texts that reach `count` without an end are among them.
  /// - Source: the penalty: Wu et al. 2016, arXiv:1609.08144.
  public func search(
    after prompt: [Int], count: Int, beams: Int = 4, lengthPenalty: Double = 0.6, end: Int
  ) -> [FoundText] {
    require(!prompt.isEmpty && beams > 0, "a search needs a token to begin with, and a beam")
    func penalty(_ length: Int) -> Double { Mathematics.pow((5 + Double(length)) / 6, lengthPenalty) }
    var live: [(tokens: [Int], logProbability: Double)] = [([], 0)]
    var found: [FoundText] = []
    var memory: Memory?
    var unread = LanguageModels.rows([prompt])
    for length in 1...max(1, count) where !live.isEmpty {
      let chances = read(unread, &memory).cast(to: .float64).logSoftmax()
      let next = likeliest(chances, behind: live.map(\.logProbability), count: max(2 * beams, beams * beams))
      var kept: [(row: Int, token: Int, logProbability: Double)] = []
      for candidate in next where kept.count < beams {
        if candidate.token == end || length == count {
          let tokens = live[candidate.row].tokens + (candidate.token == end ? [] : [candidate.token])
          found.append(
            FoundText(
              tokens: tokens, logProbability: candidate.logProbability,
              score: candidate.logProbability / penalty(length)))
          if length == count, found.count >= beams * beams { break }
        } else {
          kept.append(candidate)
        }
      }
      found = Array(found.sorted { $0.score > $1.score }.prefix(beams))
      // A text grows no likelier: at best its score is that of its beginning at the full length.
      if found.count == beams, let best = kept.first, best.logProbability / penalty(count) <= found[beams - 1].score {
        break
      }
      live = kept.map { (live[$0.row].tokens + [$0.token], $0.logProbability) }
      guard !kept.isEmpty, length < count, let before = memory else { break }
      memory = self.memory(before, of: kept.map(\.row))
      unread = LanguageModels.rows(kept.map { [$0.token] })
    }
    return found
  }

  /// The likeliest ways on of some beginnings, the best first; of equals those come first that stood first.
  ///
  /// - Parameter chances: logarithms of the probabilities `[beginnings, vocabulary]`.
  private func likeliest(
    _ chances: NDArray, behind beginnings: [Double], count: Int
  ) -> [(row: Int, token: Int, logProbability: Double)] {
    var best: [(row: Int, token: Int, logProbability: Double)] = []
    let vocabulary = chances.shape[1]
    chances.read { (logs: UnsafeBufferPointer<Double>) in
      for (row, logProbability) in beginnings.enumerated() {
        for token in 0..<vocabulary {
          let sum = logProbability + logs[row * vocabulary + token]
          if best.count == count, let last = best.last, sum <= last.logProbability { continue }
          let place = best.firstIndex { $0.logProbability < sum } ?? best.count
          best.insert((row, token, sum), at: place)
          if best.count > count { best.removeLast() }
        }
      }
    }
    return best
  }
}

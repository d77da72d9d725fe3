import HebbArrays
import HebbAutograd
import HebbLayers

/// A classifier that adds a linear one of words and their runs to a network that reads the words: the first remembers what
/// single words and runs stand for, the second learns how they work together.
///
///     logits = wide(words and runs) + deep(words)
///
/// A text's words come before its runs, and have lower numbers, as ``HebbData/NGramTokenizer`` gives them.
///
/// - Input: tokens `[texts, longest]` and their lengths, runs included
/// - Output: logits `[texts, classes]`
/// - Source: Cheng et al. 2016, "Wide and deep learning for recommender systems", arXiv:1606.07792.
public struct WideTextClassifier: TextClassifier {
  /// Sees words and runs.
  public let wide: LinearTextClassifier
  /// Sees the words alone.
  public let deep: any TextClassifier
  /// Numbers below this are words.
  public let words: Int

  public var members: Members { ["wide": wide, "deep": deep] }

  /// - Parameter deep: has a vocabulary of `words` tokens.
  public init(wide: LinearTextClassifier, deep: any TextClassifier, words: Int) {
    (self.wide, self.deep, self.words) = (wide, deep, words)
  }

  public func callAsFunction(_ tokens: NDArray, lengths: [Int]) -> Tensor {
    TextInput.check(tokens, lengths, "WideTextClassifier")
    let (numbers, longest) = (tokens.elements(as: Int32.self), tokens.shape[1])
    let counts = lengths.enumerated().map { row, length in
      numbers[row * longest..<row * longest + length].prefix { $0 < words }.count
    }
    require(counts.allSatisfy { $0 > 0 }, "WideTextClassifier: a text has no word before its runs")
    let most = counts.max() ?? 0
    let kept = counts.enumerated().flatMap { row, count in
      (0..<most).map { $0 < count ? numbers[row * longest + $0] : 0 }
    }
    return wide(tokens, lengths: lengths) + deep(NDArray(kept, shape: [counts.count, most]), lengths: counts)
  }
}

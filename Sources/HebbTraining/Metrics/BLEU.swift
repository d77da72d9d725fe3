import HebbArrays

/// How much of a translation's words, pairs, triples and quadruples of words stand in the reference.
///
///     BLEU = 100 · brevity · (p₁ p₂ p₃ p₄)^¼          pₙ = matched n-grams / n-grams, over all texts together
///     brevity = min(1, exp(1 − length of the references / length of the translations))
///
/// An n-gram matches at most as often as the reference has it. Where no n-gram of a length matches, its share is taken as
/// ½, ¼, … of one match. Numbers are those of sacreBLEU with its default settings.
///
/// - Source: Papineni et al. 2002, "BLEU: a method for automatic evaluation of machine translation",
///   doi:10.3115/1073083.1073135; the standard of tokens: Post 2018, arXiv:1804.08771; smoothing: Chen and Cherry 2014,
///   doi:10.3115/v1/W14-3346, method 3.
public struct BLEU: Sendable, Hashable {
  /// From 0 to 100.
  public let score: Double
  /// The shares of matched n-grams in percent, of one word to four.
  public let precisions: [Double]
  /// From 0 to 1: below 1 where the translations are shorter than the references.
  public let brevity: Double
  /// How many tokens all translations and all references have.
  public let length: Int, referenceLength: Int

  /// The longest n-grams.
  private static let order = 4

  /// - Parameters:
  ///   - translations: texts as people write them, not cut into tokens.
  ///   - references: what each should be.
  public init(_ translations: [String], references: [String], tokens: Tokens = .words) {
    require(
      translations.count == references.count,
      "BLEU: \(translations.count) translations and \(references.count) references")
    var (matches, totals) = ([Int](repeating: 0, count: BLEU.order), [Int](repeating: 0, count: BLEU.order))
    var (length, referenceLength) = (0, 0)
    for (translation, reference) in zip(translations, references) {
      let (found, expected) = (tokens(translation), tokens(reference))
      length += found.count
      referenceLength += expected.count
      for n in 1...BLEU.order {
        let known = BLEU.grams(expected, n)
        let grams = BLEU.grams(found, n)
        matches[n - 1] += grams.reduce(0) { $0 + min($1.value, known[$1.key] ?? 0) }
        totals[n - 1] += max(0, found.count - n + 1)
      }
    }
    self.init(matches, totals, length: length, referenceLength: referenceLength)
  }

  private init(_ matches: [Int], _ totals: [Int], length: Int, referenceLength: Int) {
    (self.length, self.referenceLength) = (length, referenceLength)
    brevity =
      length >= referenceLength ? 1 : length == 0 ? 0 : Mathematics.exp(1 - Double(referenceLength) / Double(length))
    guard matches.contains(where: { $0 > 0 }) else {
      (score, precisions) = (0, [Double](repeating: 0, count: BLEU.order))
      return
    }
    var share = 1.0
    precisions = zip(matches, totals).map { match, total in
      guard total > 0 else { return 0 }
      if match > 0 { return 100 * Double(match) / Double(total) }
      share /= 2
      return 100 * share / Double(total)
    }
    let isWhole = precisions.allSatisfy { $0 > 0 }
    let logs = isWhole ? precisions.reduce(0) { $0 + Mathematics.log($1) } : -.infinity
    score = isWhole ? brevity * Mathematics.exp(logs / Double(BLEU.order)) : 0
  }

  /// How often each n-gram comes. Tokens are compared by their bytes.
  private static func grams(_ tokens: [[UInt8]], _ n: Int) -> [ArraySlice<[UInt8]>: Int] {
    guard tokens.count >= n else { return [:] }
    var counts: [ArraySlice<[UInt8]>: Int] = [:]
    for first in 0...tokens.count - n { counts[tokens[first..<first + n], default: 0] += 1 }
    return counts
  }
}

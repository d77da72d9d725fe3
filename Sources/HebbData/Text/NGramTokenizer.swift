import HebbArrays

/// Words or characters, and behind them their runs of two, three, …: what a text is classified by.
///
///     let tokenizer = NGramTokenizer(of: texts, unit: .words, longest: 2, leastRuns: 2)
///     tokenizer.encode("not good")      // not, good, “not good”
///
/// Words are those of ``WordSplitter`` in their normal form; characters are those that are no spaces, letters small, digits
/// as 0. A word or character that is not in the vocabulary counts as unknown; such a run is left out.
///
/// - Source: runs of words as features: Wang and Manning 2012, "Baselines and bigrams"; Joulin et al. 2016, arXiv:1607.01759.
public struct NGramTokenizer: Tokenizer {
  /// What an n-gram is made of.
  public enum Unit: String, Sendable, Hashable, CaseIterable { case words, characters }

  /// The numbers of what stands for nothing, and for everything unknown.
  public static let padding = 0, unknown = 1
  static let special = ["[PAD]", "[UNK]"]

  public let vocabulary: Vocabulary
  /// Whether the tokens are words or characters, and runs of them.
  public let unit: Unit
  /// The length of the longest runs; 1 where there are none.
  public let longest: Int
  /// How many tokens are units, the first two included. They come before all runs.
  public let unitCount: Int

  /// - Parameters:
  ///   - vocabulary: begins with a token for padding and one for unknown ones.
  ///   - unitCount: how many tokens are no runs; all where nil.
  public init(_ vocabulary: Vocabulary, unit: Unit, longest: Int = 1, unitCount: Int? = nil) {
    let unitCount = unitCount ?? vocabulary.count
    require(
      (2...max(2, vocabulary.count)).contains(unitCount) && vocabulary.count >= 2 && longest >= 1,
      "NGramTokenizer: \(unitCount) units of \(vocabulary.count) tokens, runs of \(longest)")
    (self.vocabulary, self.unit, self.longest, self.unitCount) = (vocabulary, unit, longest, unitCount)
  }

  /// The units and runs of some texts, the most frequent first.
  ///
  /// - Parameters:
  ///   - least: how often a unit must come.
  ///   - leastRuns: how often a run must come.
  public init(
    of texts: [String], unit: Unit, longest: Int = 1, least: Int = 1, leastRuns: Int = 2, limit: Int = .max
  ) {
    let units = texts.map { NGramTokenizer.units(of: $0, unit) }
    let single = Vocabulary(
      counting: units.joined(), special: NGramTokenizer.special, least: least, limit: limit)
    let runs = longest > 1 ? units.flatMap { NGramTokenizer.runs(of: $0, unit, longest) } : []
    let several = Vocabulary(counting: runs, least: leastRuns, limit: limit - single.count)
    let known = Set(single.tokens)
    self.init(
      Vocabulary(single.tokens + several.tokens.filter { !known.contains($0) }), unit: unit, longest: longest,
      unitCount: single.count)
  }

  public func encode(_ text: String) -> [Int] {
    let units = NGramTokenizer.units(of: text, unit)
    let numbers = units.map { unit in
      vocabulary[unit].flatMap { $0 < unitCount ? $0 : nil } ?? NGramTokenizer.unknown
    }
    return numbers + (longest > 1 ? NGramTokenizer.runs(of: units, unit, longest).compactMap { vocabulary[$0] } : [])
  }

  /// The words or characters of a text that are in no vocabulary, each once.
  public func unknown(in text: String) -> [String] {
    var seen: Set<String> = []
    return NGramTokenizer.units(of: text, unit).filter { unit in
      vocabulary[unit].map { $0 >= unitCount } ?? true && seen.insert(unit).inserted
    }
  }

  public func decode(_ numbers: [Int]) -> String {
    numbers.compactMap { vocabulary[$0] }.joined(separator: unit == .words ? " " : "")
  }

  /// The words or characters of a text in their normal form.
  public static func units(of text: String, _ unit: Unit) -> [String] {
    switch unit {
    case .words: WordSplitter.words(of: text).map { WordSplitter.normal($0) }
    case .characters: text.lazy.filter { !$0.isWhitespace }.map { WordSplitter.normal(String($0)) }
    }
  }

  private static func runs(of units: [String], _ unit: Unit, _ longest: Int) -> [String] {
    (2...longest).flatMap { length -> [String] in
      guard units.count >= length else { return [] }
      return (0...units.count - length).map {
        units[$0..<$0 + length].joined(separator: unit == .words ? " " : "")
      }
    }
  }
}

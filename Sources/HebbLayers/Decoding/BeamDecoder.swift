import HebbArrays

/// Reads what a network that was trained with CTC gives, by the sum over all paths that read alike: a search that keeps the
/// likeliest beginnings, all of which obey what is known of the text.
///
///     let decoder = BeamDecoder(width: 16, alphabet: digits, positions: [[1, 2], digits, digits])
///     let best = decoder(scores)[0]
///
/// What is known acts while the search runs, not on its result: a beginning that cannot become a permitted text is never
/// kept.
///
/// - Source: prefix search: Graves, Fernández, Gomez and Schmidhuber 2006, doi:10.1145/1143844.1143891; with a beam: Hannun,
///   Maas, Jurafsky and Ng 2014, arXiv:1408.2873.
public struct BeamDecoder: Sendable {
  /// A text and how likely it is.
  public struct Reading: Sendable, Hashable {
    /// The text, without blanks.
    public let labels: [Int]
    /// The logarithm of the probability of all paths that were kept and read so.
    public let logProbability: Double
  }

  /// How many beginnings are kept from step to step.
  public let width: Int
  /// The number of CTC's blank.
  public let blank: Int
  /// What is known of the texts.
  public let permitted: PermittedTexts
  /// How many labels are tried at each step, the likeliest of those that may appear at all.
  public let candidates: Int

  /// A search of a width, and what is known of the texts.
  ///
  /// - Parameters:
  ///   - width: how many beginnings are kept, 1 or more.
  ///   - blank: the number of CTC's blank.
  public init(width: Int = 16, blank: Int = 0, permitted: PermittedTexts, candidates: Int = 256) {
    require(width > 0 && candidates > 0, "BeamDecoder: a width of \(width) with \(candidates) candidates keeps nothing")
    (self.width, self.blank, self.permitted, self.candidates) = (width, blank, permitted, candidates)
  }

  /// A search of a width, and what is known of the texts.
  ///
  /// - Parameters:
  ///   - width: how many beginnings are kept, 1 or more.
  ///   - blank: the number of CTC's blank.
  ///   - alphabet: the labels that may appear.
  ///   - positions: for each place of the text the labels that may stand there.
  ///   - lexicon: the texts that may be read.
  public init(
    width: Int = 16, blank: Int = 0, alphabet: Set<Int>? = nil, positions: [Set<Int>]? = nil, lexicon: Lexicon? = nil,
    pattern: LabelPattern? = nil, candidates: Int = 256
  ) {
    let permitted = PermittedTexts(alphabet: alphabet, positions: positions, lexicon: lexicon, pattern: pattern)
    self.init(width: width, blank: blank, permitted: permitted, candidates: candidates)
  }

  /// The readings of one sequence, the likeliest first, at most ``width``; none where no permitted text was found.
  ///
  /// - Parameter scores: logits or logarithms of probabilities, `[time, classes]`.
  public func callAsFunction(_ scores: NDArray) -> [Reading] {
    require(
      scores.rank == 2 && (0..<scores.shape[1]).contains(blank),
      "BeamDecoder: scores \(scores.shape), not [time, classes] with a class \(blank)")
    let (time, classes) = (scores.shape[0], scores.shape[1])
    let chances = scores.cast(to: .float64).logSoftmax().elements(as: Double.self)
    let labels = permitted.labels(of: classes, without: blank)
    var search = BeamSearch(self)
    for t in 0..<time {
      let step = chances[t * classes..<(t + 1) * classes]
      search.advance(step, trying: likeliest(labels, in: step), stepsLeft: time - t - 1)
    }
    return search.readings
  }

  private func likeliest(_ labels: [Int], in chances: ArraySlice<Double>) -> [Int] {
    guard labels.count > candidates else { return labels }
    let first = chances.startIndex
    return labels.sorted { (chances[first + $1], $0) < (chances[first + $0], $1) }.prefix(candidates).sorted()
  }
}

/// A beam on its way through time.
private struct BeamSearch {
  /// log P of the paths that read as a prefix and end with a blank, or with its last label.
  struct Chance {
    var blank = -Double.infinity, label = -Double.infinity
    var total: Double { logSum(blank, label) }
  }

  let decoder: BeamDecoder
  var beginnings: TextBeginnings
  var beam: [(prefix: Int, chance: Chance)] = [(0, Chance(blank: 0))]

  init(_ decoder: BeamDecoder) {
    self.decoder = decoder
    beginnings = TextBeginnings(of: decoder.permitted)
  }

  mutating func advance(_ chances: ArraySlice<Double>, trying labels: [Int], stepsLeft: Int) {
    let first = chances.startIndex
    var next: [Int: Chance] = [:]
    for (prefix, chance) in beam {
      let (total, last) = (chance.total, beginnings.label(prefix))
      var stay = next[prefix] ?? Chance()
      stay.blank = logSum(stay.blank, total + chances[first + decoder.blank])
      if last >= 0 { stay.label = logSum(stay.label, chance.label + chances[first + last]) }
      next[prefix] = stay
      for label in labels {
        // After the same label only a blank makes room for it once more.
        let way = (label == last ? chance.blank : total) + chances[first + label]
        guard way > -.infinity, let longer = beginnings.child(of: prefix, label) else { continue }
        next[longer, default: Chance()].label = logSum(next[longer]?.label ?? -.infinity, way)
      }
    }
    let kept = next.filter { $0.value.total > -.infinity && beginnings.rest($0.key) <= stepsLeft }
    beam = kept.map { ($0.key, $0.value) }.sorted(by: isBetter).prefix(decoder.width).map(\.self)
  }

  /// The likelier first; of equals that which was found first.
  private func isBetter(_ a: (prefix: Int, chance: Chance), _ b: (prefix: Int, chance: Chance)) -> Bool {
    let (x, y) = (a.chance.total, b.chance.total)
    return x == y ? a.prefix < b.prefix : x > y
  }

  var readings: [BeamDecoder.Reading] {
    beam.filter { beginnings.isComplete($0.prefix) }.map { prefix, chance in
      BeamDecoder.Reading(labels: beginnings.labels(prefix), logProbability: chance.total)
    }
  }
}

private func logSum(_ a: Double, _ b: Double) -> Double {
  let top = max(a, b)
  return top == -.infinity ? top : top + Mathematics.log1p(Mathematics.exp(min(a, b) - top))
}

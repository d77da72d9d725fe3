import HebbArrays

extension BytePairTokenizer {
  /// Learns pieces from a text. Of pairs that come equally often the one with the smaller numbers is taken.
  ///
  /// - Parameters:
  ///   - size: how many pieces there are to be, the 256 bytes included.
  ///   - least: how often a pair must come.
  public init(learning text: String, size: Int, least: Int = 2) {
    require(size >= 256, "BytePairTokenizer: \(size) pieces are less than the 256 bytes")
    var counts: [[UInt8]: Int] = [:]
    for word in BytePairTokenizer.words(of: text) { counts[word, default: 0] += 1 }
    var learner = PairLearner(counts)
    var merges: [Pair] = []
    while merges.count < size - 256, let best = learner.best(least: least) {
      learner.join(best, as: 256 + merges.count)
      merges.append(best)
    }
    self.init(merges: merges)
  }
}

/// How often each pair comes, kept up while pairs become pieces.
private struct PairLearner {
  typealias Pair = BytePairTokenizer.Pair
  private var words: [(numbers: [Int], count: Int)]
  private var counts: [Pair: Int] = [:]
  /// The words that a pair was seen in.
  private var places: [Pair: Set<Int>] = [:]

  init(_ counts: [[UInt8]: Int]) {
    words = counts.map { ($0.key.map(Int.init), $0.value) }
    for index in words.indices { add(index, sign: 1) }
  }

  private mutating func add(_ index: Int, sign: Int) {
    let (numbers, count) = words[index]
    for (left, right) in zip(numbers, numbers.dropFirst()) {
      let pair = Pair(left, right)
      let total = counts[pair, default: 0] + sign * count
      counts[pair] = total > 0 ? total : nil
      if sign > 0 { places[pair, default: []].insert(index) }
    }
  }

  func best(least: Int) -> Pair? {
    var best: (pair: Pair, count: Int)?
    for (pair, count) in counts where count >= least {
      guard let leader = best else {
        best = (pair, count)
        continue
      }
      if (count, leader.pair.left, leader.pair.right) > (leader.count, pair.left, pair.right) { best = (pair, count) }
    }
    return best?.pair
  }

  mutating func join(_ pair: Pair, as number: Int) {
    for index in places.removeValue(forKey: pair) ?? [] {
      add(index, sign: -1)
      words[index].numbers = BytePairTokenizer.joined(words[index].numbers, pair, as: number)
      add(index, sign: 1)
    }
  }
}

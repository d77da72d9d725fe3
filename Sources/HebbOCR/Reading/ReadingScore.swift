import HebbTraining

/// How readings compare with the truth.
public struct ReadingScore: Sendable {
  /// A reading beside its truth.
  public struct Item: Sendable {
    /// What was read, as it is compared.
    public let reading: String
    /// What should have been read, as it is compared.
    public let truth: String
    /// The fewest characters to add, remove or replace that make one of the other.
    public let edits: Int
  }

  /// All readings in their order.
  public let items: [Item]

  /// - Parameter normalized: what is compared instead of the texts themselves, such as their letters in lower case.
  public init(readings: [String], truths: [String], normalized: (String) -> String = { $0 }) {
    items = zip(readings, truths).map { reading, truth in
      let (a, b) = (normalized(reading), normalized(truth))
      return Item(reading: a, truth: b, edits: LabelErrorRate.edits(from: Array(a), to: Array(b)))
    }
  }

  /// Edits for each true character.
  public var characterErrorRate: Double {
    Double(items.reduce(0) { $0 + $1.edits }) / Double(max(1, items.reduce(0) { $0 + $1.truth.count }))
  }

  /// The share of lines that were read without a mistake.
  public var exactShare: Double { Double(exactCount) / Double(max(1, items.count)) }
  /// How many lines were read without a mistake.
  public var exactCount: Int { items.count { $0.edits == 0 } }

  /// Only letters and digits, in lower case: what scene text is usually compared by.
  public static func lettersAndDigits(_ text: String) -> String {
    text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// What was read in place of what, the most frequent first: nil for a character that was missed or added.
  public var confusions: [(truth: Character?, reading: Character?, count: Int)] {
    struct Pair: Hashable { let truth: Character?, reading: Character? }
    var counts: [Pair: Int] = [:]
    for item in items where item.edits > 0 {
      for (truth, reading) in ReadingScore.differences(Array(item.reading), Array(item.truth)) {
        counts[Pair(truth: truth, reading: reading), default: 0] += 1
      }
    }
    func order(_ pair: Pair) -> String {
      "\(pair.truth.map(String.init) ?? "")\t\(pair.reading.map(String.init) ?? "")"
    }
    return counts.sorted { ($1.value, order($0.key)) < ($0.value, order($1.key)) }
      .map { ($0.key.truth, $0.key.reading, $0.value) }
  }

  /// The edits of one of the shortest ways from a reading to the truth.
  static func differences(_ read: [Character], _ truth: [Character]) -> [(truth: Character?, reading: Character?)] {
    var costs = [[Int]](repeating: [Int](repeating: 0, count: truth.count + 1), count: read.count + 1)
    for i in 0...read.count {
      for j in 0...truth.count {
        guard i > 0, j > 0 else {
          costs[i][j] = i + j
          continue
        }
        let replaced = costs[i - 1][j - 1] + (read[i - 1] == truth[j - 1] ? 0 : 1)
        costs[i][j] = min(replaced, costs[i - 1][j] + 1, costs[i][j - 1] + 1)
      }
    }
    var (i, j) = (read.count, truth.count)
    var found: [(Character?, Character?)] = []
    while i > 0 || j > 0 {
      if i > 0, j > 0, costs[i][j] == costs[i - 1][j - 1] + (read[i - 1] == truth[j - 1] ? 0 : 1) {
        (i, j) = (i - 1, j - 1)
        if read[i] != truth[j] { found.append((truth[j], read[i])) }
      } else if i > 0, costs[i][j] == costs[i - 1][j] + 1 {
        i -= 1
        found.append((nil, read[i]))
      } else {
        j -= 1
        found.append((truth[j], nil))
      }
    }
    return found.reversed()
  }
}

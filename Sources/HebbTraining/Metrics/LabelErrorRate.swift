import HebbArrays

/// How many labels of sequences were missed, added or mistaken, for each true label: the word error rate where labels are words.
///
///     Σ edits / Σ labels,  edits: the fewest insertions, deletions and replacements that make the one of the other
///
/// - Prediction: `int32` labels that were read, `[samples, any]`; labels below 0 do not count.
/// - Target: `int32` labels `[samples, any]`, likewise.
/// - Source: Levenshtein 1966, "Binary codes capable of correcting deletions, insertions, and reversals".
public struct LabelErrorRate: Metric {
  /// How many edits there were, and how many labels.
  public var sums: [Double] = []
  /// Two.
  public var sumCount: Int { 2 }

  /// Nothing gathered yet.
  public init() {}

  public var name: String { "label errors" }
  public var higherIsBetter: Bool { false }

  public mutating func add(prediction: NDArray, target: NDArray) {
    require(
      prediction.rank == 2 && target.rank == 2 && prediction.shape[0] == target.shape[0],
      "label errors: readings \(prediction.shape) for labels \(target.shape)")
    if sums.isEmpty { sums = [0, 0] }
    for (read, truth) in zip(LabelErrorRate.rows(prediction), LabelErrorRate.rows(target)) {
      sums[0] += Double(LabelErrorRate.edits(from: read, to: truth))
      sums[1] += Double(truth.count)
    }
  }

  public var value: Double { sums.isEmpty ? .nan : sums[0] / sums[1] }

  /// The fewest insertions, deletions and replacements that make one sequence of the other.
  public static func edits<Element: Equatable>(from read: [Element], to truth: [Element]) -> Int {
    var row = Array(0...truth.count)
    for (i, label) in read.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, wanted) in truth.enumerated() {
        let replaced = diagonal + (label == wanted ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[truth.count]
  }

  private static func rows(_ labels: NDArray) -> [[Int32]] {
    let width = labels.shape[1]
    let elements = labels.cast(to: .int32).elements(as: Int32.self)
    return (0..<labels.shape[0]).map { elements[$0 * width..<($0 + 1) * width].filter { $0 >= 0 } }
  }
}

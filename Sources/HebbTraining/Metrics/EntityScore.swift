import HebbArrays
import HebbData

/// Precision, recall or F1 of whole entities: one counts as found where its first word, its last word and its kind are
/// right.
///
///     precision = right / found          recall = right / true          F1 = 2 · right / (found + true)
///
/// A kind that is neither found nor true counts 0, and so does everything where there is nothing.
///
/// - Prediction: tags by number `[sequences, time]`
/// - Target: `int32` tags `[sequences, time]`; −1 behind a sequence's end
/// - Source: Tjong Kim Sang and Buchholz 2000, "Introduction to the CoNLL-2000 shared task: chunking"; the same numbers as
///   seqeval's.
public struct EntityScore: Metric {
  /// What is measured.
  public enum Kind: String, Sendable {
    case precision
    case recall
    case f1 = "F1"
  }

  /// What is measured.
  public let kind: Kind
  /// How tags mark entities.
  public let scheme: TagScheme
  /// How many are right, found and true, for each kind of entity in the scheme's order.
  public var sums: [Double] = []
  /// Three for each kind of entity.
  public var sumCount: Int { 3 * scheme.kinds.count }

  /// A score of entities whose tags are written in a scheme.
  public init(_ kind: Kind = .f1, _ scheme: TagScheme) { (self.kind, self.scheme) = (kind, scheme) }

  public var name: String { kind.rawValue }
  public var higherIsBetter: Bool { true }

  /// Whether they are counts of as many kinds.
  public func accepts(_ sums: [Double]) -> Bool {
    sums.isEmpty || sums.count == sumCount && sums.allSatisfy(isCount)
  }

  public mutating func add(prediction: NDArray, target: NDArray) {
    require(
      prediction.shape == target.shape && target.rank == 2,
      "\(name): predicted tags \(prediction.shape), true ones \(target.shape)")
    let (found, truth) = (prediction.cast(to: .int32), target.cast(to: .int32))
    for row in 0..<target.shape[0] {
      let tags = truth.row(row).elements(as: Int32.self).prefix { $0 >= 0 }.map(Int.init)
      add(found: found.row(row).elements(as: Int32.self).prefix(tags.count).map(Int.init), truth: tags)
    }
  }

  /// Adds the tags of one sequence.
  public mutating func add(found: [Int], truth: [Int]) {
    let kinds = scheme.kinds
    if sums.isEmpty { sums = [Double](repeating: 0, count: 3 * kinds.count) }
    let (guesses, entities) = (Set(scheme.entities(found)), Set(scheme.entities(truth)))
    for (number, kind) in kinds.enumerated() {
      sums[3 * number] += Double(guesses.intersection(entities).count { $0.kind == kind })
      sums[3 * number + 1] += Double(guesses.count { $0.kind == kind })
      sums[3 * number + 2] += Double(entities.count { $0.kind == kind })
    }
  }

  /// Over entities of all kinds.
  public var value: Double { sums.isEmpty ? .nan : value(kind, of: nil) }

  /// Precision, recall or F1 of one kind of entity, by its number in the scheme; of all where nil.
  public func value(_ kind: Kind, of number: Int?) -> Double {
    let counts = counts(of: number)
    return switch kind {
    case .precision: share(counts.right, counts.found)
    case .recall: share(counts.right, counts.true)
    case .f1: share(2 * counts.right, counts.found + counts.true)
    }
  }

  /// How many entities of a kind are right, found and true; of all kinds where nil.
  public func counts(of number: Int?) -> (right: Int, found: Int, true: Int) {
    guard !sums.isEmpty else { return (0, 0, 0) }
    let numbers = number.map { $0...$0 } ?? 0...sums.count / 3 - 1
    func sum(_ place: Int) -> Int { numbers.reduce(0) { $0 + Int(sums[3 * $1 + place]) } }
    return (sum(0), sum(1), sum(2))
  }

  private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

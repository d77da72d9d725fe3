import HebbArrays

/// Precision, recall or F1, as the plain mean over the classes: rare classes count as much as frequent ones.
///
/// - Prediction: logits or probabilities `[…, classes]`
/// - Target: `int32` labels `[…]`; labels below 0 do not count.
public struct ClassScore: Metric {
  /// What is measured.
  public enum Kind: String, Sendable {
    case precision
    case recall
    case f1 = "F1"
  }

  /// What is measured.
  public let kind: Kind
  /// How many classes there are.
  public let classes: Int
  /// The counts of a ``ConfusionMatrix``.
  public var sums: [Double] = []
  /// One for each pair of classes.
  public var sumCount: Int { classes * classes }

  /// A score over so many classes, 2 or more.
  public init(_ kind: Kind, classes: Int) { (self.kind, self.classes) = (kind, classes) }

  public var name: String { kind.rawValue }
  public var higherIsBetter: Bool { true }

  /// What has been gathered, class by class.
  public var confusion: ConfusionMatrix {
    ConfusionMatrix(classes: classes, sums: sums) ?? ConfusionMatrix(classes: classes)
  }

  /// Whether they are the counts of as many classes.
  public func accepts(_ sums: [Double]) -> Bool {
    sums.isEmpty || sums.count == sumCount && sums.allSatisfy(isCount)
  }

  public mutating func add(prediction: NDArray, target: NDArray) {
    if sums.isEmpty { sums = [Double](repeating: 0, count: classes * classes) }
    forEachLabel(prediction, target, name) { guess, label in
      require(
        guess < classes && label < classes,
        "\(name): the class \(max(guess, label)) is outside of \(classes) classes")
      sums[label * classes + guess] += 1
    }
  }

  public var value: Double {
    guard !sums.isEmpty else { return .nan }
    return switch kind {
    case .precision: confusion.macroPrecision
    case .recall: confusion.macroRecall
    case .f1: confusion.macroF1
    }
  }
}

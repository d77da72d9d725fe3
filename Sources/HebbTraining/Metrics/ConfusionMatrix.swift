import HebbArrays

/// How often each class was taken for each: rows are the true classes, columns the predicted ones.
///
///     var confusion = ConfusionMatrix(classes: 10)
///     confusion.add(prediction: logits, target: labels)
///     print(confusion.f1(of: 3), confusion.macroF1)
public struct ConfusionMatrix: Sendable, Hashable {
  /// How many classes there are.
  public let classes: Int
  /// Row by row.
  public private(set) var counts: [Int]

  /// Nothing counted yet, of 2 classes or more.
  public init(classes: Int) {
    require(classes > 1, "a confusion matrix of \(classes) classes")
    self.classes = classes
    counts = [Int](repeating: 0, count: classes * classes)
  }

  /// From counts, row by row; nil where they are no square.
  init?(classes: Int, sums: [Double]) {
    guard sums.count == classes * classes else { return nil }
    self.classes = classes
    counts = sums.map { Int($0) }
  }

  /// How often samples of one class were taken for another.
  public subscript(true truth: Int, predicted guess: Int) -> Int { counts[truth * classes + guess] }

  /// Adds samples: logits `[…, classes]` and `int32` labels `[…]`; labels below 0 do not count.
  public mutating func add(prediction: NDArray, target: NDArray) {
    forEachLabel(prediction, target, "confusion matrix") { guess, label in
      require(
        guess < classes && label < classes, "the class \(max(guess, label)) is outside of \(classes) classes")
      counts[label * classes + guess] += 1
    }
  }

  /// Samples of a class.
  public func support(of label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[true: label, predicted: $1] } }

  /// How many samples were taken for a class.
  public func predictions(of label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[true: $1, predicted: label] } }

  /// Of the samples taken for a class, the share that are of it; 0 where there are none.
  public func precision(of label: Int) -> Double { share(self[true: label, predicted: label], predictions(of: label)) }

  /// Of the samples of a class, the share that were recognised; 0 where there are none.
  public func recall(of label: Int) -> Double { share(self[true: label, predicted: label], support(of: label)) }

  /// The harmonic mean of precision and recall, 2 · right / (samples + predictions).
  public func f1(of label: Int) -> Double {
    share(2 * self[true: label, predicted: label], support(of: label) + predictions(of: label))
  }

  /// Of all samples, the share that were recognised; 0 where there are none.
  public var accuracy: Double {
    share((0..<classes).reduce(0) { $0 + self[true: $1, predicted: $1] }, counts.reduce(0, +))
  }

  /// The plain mean over the classes that were seen or predicted, as in scikit-learn.
  public var macroPrecision: Double { macro(precision) }
  /// The plain mean of ``recall(of:)`` over the same classes.
  public var macroRecall: Double { macro(recall) }
  /// The plain mean of ``f1(of:)`` over the same classes.
  public var macroF1: Double { macro(f1) }

  private func macro(_ score: (Int) -> Double) -> Double {
    let present = (0..<classes).filter { support(of: $0) + predictions(of: $0) > 0 }
    return present.isEmpty ? .nan : present.reduce(0) { $0 + score($1) } / Double(present.count)
  }

  private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

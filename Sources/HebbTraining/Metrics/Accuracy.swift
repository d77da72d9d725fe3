import HebbArrays

/// The share of samples whose largest logit is that of their label.
///
/// - Prediction: logits or probabilities `[…, classes]`; with a single column, positive logits mean 1.
/// - Target: `int32` labels `[…]`; labels below 0 do not count.
public struct Accuracy: Metric {
  /// How many were right, and how many there were.
  public var sums: [Double] = []
  /// Two.
  public var sumCount: Int { 2 }

  /// Nothing gathered yet.
  public init() {}

  public var name: String { "accuracy" }
  public var higherIsBetter: Bool { true }

  public mutating func add(prediction: NDArray, target: NDArray) {
    var (right, counted) = (0, 0)
    forEachLabel(prediction, target, "accuracy") { guess, label in
      right += guess == label ? 1 : 0
      counted += 1
    }
    if sums.isEmpty { sums = [0, 0] }
    sums[0] += Double(right)
    sums[1] += Double(counted)
  }

  public var value: Double { sums.isEmpty ? .nan : sums[0] / sums[1] }
}

/// Calls `body` with the predicted class and the label of each sample that has one (labels below 0 are left out). A label
/// that is no class stops.
func forEachLabel(_ prediction: NDArray, _ target: NDArray, _ metric: String, _ body: (Int, Int) -> Void) {
  let classes = prediction.rank == target.rank ? 1 : prediction.shape.innermost
  require(
    prediction.count == target.count * classes && classes > 0,
    "\(metric): predictions \(prediction.shape) do not match labels \(target.shape)")
  require(prediction.dtype == .float32, "\(metric): predictions of \(prediction.dtype)")
  let labels = target.wholeNumbers(metric)
  checkLabels(labels, classes: max(classes, 2), metric)
  prediction.read { (x: UnsafeBufferPointer<Float>) in
    labels.read { (labels: UnsafeBufferPointer<Int32>) in
      for (row, label) in labels.enumerated() where label >= 0 {
        guard classes > 1 else {
          body(x[row] > 0 ? 1 : 0, Int(label))
          continue
        }
        var best = row * classes
        for i in row * classes + 1..<(row + 1) * classes where x[i] > x[best] { best = i }
        body(best - row * classes, Int(label))
      }
    }
  }
}

/// Stops where a label is no class.
func checkLabels(_ labels: NDArray, classes: Int, _ metric: String) {
  let place = labels.read { (x: UnsafeBufferPointer<Int32>) in x.firstIndex { $0 >= classes } }
  guard let place else { return }
  fatalError("\(metric): the label \(Int(labels.element(place))) of sample \(place) is outside of \(classes) classes")
}

import HebbArrays

/// The share of samples whose label is among the `k` largest logits.
///
/// - Prediction: logits or probabilities `[…, classes]`
/// - Target: `int32` labels `[…]`; labels below 0 do not count.
public struct TopAccuracy: Metric {
  /// How many answers count.
  public let k: Int
  /// How many were right, and how many there were.
  public var sums: [Double] = []
  /// Two.
  public var sumCount: Int { 2 }

  /// - Parameter k: how many answers count, 1 or more and at most as many as there are classes.
  public init(_ k: Int) {
    require(k > 0, "the \(k) largest logits are none")
    self.k = k
  }

  public var name: String { "top-\(k) accuracy" }
  public var higherIsBetter: Bool { true }

  public mutating func add(prediction: NDArray, target: NDArray) {
    let classes = prediction.shape.innermost
    require(
      prediction.count == target.count * classes && prediction.dtype == .float32,
      "\(name): predictions \(prediction.shape) \(prediction.dtype) do not match labels \(target.shape)")
    require(k <= classes, "\(name): there are \(classes) classes")
    let labels = target.wholeNumbers(name)
    checkLabels(labels, classes: classes, name)
    var (right, counted) = (0, 0)
    prediction.read { (x: UnsafeBufferPointer<Float>) in
      labels.read { (labels: UnsafeBufferPointer<Int32>) in
        for (row, label) in labels.enumerated() where label >= 0 {
          let logits = x[row * classes..<(row + 1) * classes]
          let own = logits[row * classes + Int(label)]
          // Of equal logits the first counts as the larger, as in Accuracy.
          let ahead = logits.indices.reduce(0) { count, i in
            count + (logits[i] > own || logits[i] == own && i < row * classes + Int(label) ? 1 : 0)
          }
          right += ahead < k && !own.isNaN ? 1 : 0
          counted += 1
        }
      }
    }
    if sums.isEmpty { sums = [0, 0] }
    sums[0] += Double(right)
    sums[1] += Double(counted)
  }

  public var value: Double { sums.isEmpty ? .nan : sums[0] / sums[1] }
}

import HebbArrays

/// A number that says how good predictions are, gathered batch by batch.
///
/// What has been gathered is a list of sums, so that a checkpoint in the middle of an epoch can hold it.
public protocol Metric: Sendable {
  /// Such as "accuracy": heads a column of the log.
  var name: String { get }
  /// Whether a larger value is better.
  var higherIsBetter: Bool { get }
  /// Everything that has been gathered; empty at first.
  var sums: [Double] { get set }
  /// How many sums there are as soon as there are any.
  var sumCount: Int { get }
  /// Whether sums from a file are such as this metric gathers.
  func accepts(_ sums: [Double]) -> Bool
  /// Adds a batch.
  ///
  /// - Parameters:
  ///   - prediction: what the network gave, such as logits `[samples, classes]`.
  ///   - target: `int32` labels `[samples]`, or `float32` targets of the prediction's shape.
  mutating func add(prediction: NDArray, target: NDArray)
  /// The value over all that has been gathered; NaN where there is nothing.
  var value: Double { get }
}

extension Metric {
  /// Whether there are none, or as many as this metric has.
  public func accepts(_ sums: [Double]) -> Bool { sums.isEmpty || sums.count == sumCount }

  /// Forgets what has been gathered.
  public mutating func reset() { sums = [] }

  /// The value for one set of predictions.
  public func callAsFunction(_ prediction: NDArray, _ target: NDArray) -> Double {
    var metric = self
    metric.reset()
    metric.add(prediction: prediction, target: target)
    return metric.value
  }
}

/// The value that a metric had.
public struct MetricValue: Sendable, Hashable {
  /// That of the metric, such as "accuracy".
  public let name: String
  /// Over all that had been gathered; NaN where that was nothing.
  public let value: Double
  /// Whether a larger value is better.
  public let higherIsBetter: Bool

  /// A value, its name in logs, and whether larger is better.
  public init(name: String, value: Double, higherIsBetter: Bool) {
    (self.name, self.value, self.higherIsBetter) = (name, value, higherIsBetter)
  }

  init(_ metric: any Metric) {
    self.init(name: metric.name, value: metric.value, higherIsBetter: metric.higherIsBetter)
  }
}

/// Whether a number can be how often something was seen: whole, and small enough to be added up.
func isCount(_ sum: Double) -> Bool { (0...0x1p40).contains(sum) && sum == sum.rounded() }

import HebbArrays

/// Samples to learn from, found by their number.
///
/// Pictures stay as they are stored, usually as bytes; they become normalised `float32` only in a ``Batch``. Targets are
/// small and lie in memory as a whole, so that splits and samplers can look at them.
public protocol Dataset: Sendable {
  var name: String { get }
  /// How many samples there are.
  var count: Int { get }
  /// What the labels 0, 1, … mean; empty where targets are numbers.
  var classNames: [String] { get }
  /// What is done to inputs when a batch is made.
  var normalization: Normalization { get }
  /// All targets: `int32` labels `[count]`, or `float32` targets `[count, …]`.
  var targets: NDArray { get }
  /// The inputs of some samples as they are stored, `uint8` or `float32`: `[indices.count, …]`.
  func inputs(at indices: [Int]) -> NDArray
}

extension Dataset {
  /// The labels of all samples.
  ///
  /// - Precondition: the targets are labels.
  public var labels: [Int] {
    require(
      targets.dtype == .int32 && targets.rank == 1,
      "\(name) has targets \(targets.shape) of \(targets.dtype), not one label each")
    return targets.read { (labels: UnsafeBufferPointer<Int32>) in labels.map(Int.init) }
  }

  /// The samples with these numbers as a batch, normalised.
  public func batch(at indices: [Int]) -> Batch {
    Batch(
      inputs: normalization.normalized(inputs(at: indices)), targets: targets.rows(at: indices), indices: indices)
  }

  /// Every sample, as one batch.
  public var all: Batch { batch(at: Array(0..<count)) }
}

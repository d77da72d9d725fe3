import HebbArrays

/// Samples to learn from, found by their number.
///
/// Pictures stay as they are stored, usually as bytes; they become normalised `float32` only in a ``Batch``. Targets are
/// small and lie in memory as a whole, so that splits and samplers can look at them.
public protocol Dataset: Sendable {
  /// What messages call it.
  var name: String { get }
  /// How many samples there are.
  var count: Int { get }
  /// What the labels 0, 1, … mean; empty where targets are numbers.
  var classNames: [String] { get }
  /// What is done to inputs when a batch is made.
  var normalization: Normalization { get }
  /// All targets: `int32` labels `[count]`, or `float32` targets `[count, …]`.
  var targets: NDArray { get }
  /// The inputs of some samples as they are stored, `uint8` or `float32`: `[indices.count, …]`. Of sequences as many steps as
  /// the longest of them has; tokens are `int32`.
  func inputs(at indices: [Int]) -> NDArray
  /// The targets of some samples.
  func targets(at indices: [Int]) -> NDArray
  /// How many steps the inputs of some samples have; `nil` where samples are no sequences.
  func lengths(at indices: [Int]) -> [Int]?
  /// Some samples as a batch of training: augmented as for this epoch, then normalised. A data set whose samples are made as
  /// they are asked for may make others in each epoch.
  func batch(at indices: [Int], augmentedBy augmentations: [any Augmentation], seed: UInt64, epoch: Int) -> Batch
}

extension Dataset {
  public func targets(at indices: [Int]) -> NDArray { targets.rows(at: indices) }
  public func lengths(at indices: [Int]) -> [Int]? { nil }

  /// The labels of all samples.
  ///
  /// - Precondition: the targets are labels.
  public var labels: [Int] {
    require(
      targets.dtype == .int32 && targets.rank == 1,
      "\(name) has targets \(targets.shape) of \(targets.dtype), not one label each")
    return targets.read { (labels: UnsafeBufferPointer<Int32>) in labels.map(Int.init) }
  }

  /// The samples with these numbers as a batch, normalised; tokens are left as they are.
  public func batch(at indices: [Int]) -> Batch {
    let inputs = inputs(at: indices)
    return Batch(
      inputs: inputs.dtype == .int32 ? inputs : normalization.normalized(inputs), targets: targets(at: indices),
      indices: indices, lengths: lengths(at: indices))
  }

  /// Every sample, as one batch.
  public var all: Batch { batch(at: Array(0..<count)) }
}

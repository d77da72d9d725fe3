import HebbArrays

/// The samples of one training step.
public struct Batch: Sendable {
  /// `float32`, normalised: `[samples, …]`; of sequences `[samples, time, …]`, tokens as `int32`.
  public let inputs: NDArray
  /// `int32` labels `[samples]` or `[samples, time]`, or `float32` targets `[samples, …]`.
  public let targets: NDArray
  /// The numbers of the samples in their data set.
  public let indices: [Int]
  /// How many steps each sequence has; `nil` where samples are no sequences.
  public let lengths: [Int]?

  /// The samples of a step; inputs, targets and indices are equally many.
  ///
  /// - Parameters:
  ///   - inputs: normalised, `[samples, …]`.
  ///   - targets: labels or numbers.
  ///   - indices: where the samples stand in their data set.
  ///   - lengths: of sequences that are filled up to the longest; nil where samples are no sequences.
  public init(inputs: NDArray, targets: NDArray, indices: [Int], lengths: [Int]? = nil) {
    require(
      inputs.rank > 0 && targets.rank > 0 && inputs.shape[0] == targets.shape[0] && inputs.shape[0] == indices.count,
      "a batch of \(indices.count) samples has inputs \(inputs.shape) and targets \(targets.shape)")
    require(
      lengths.map { $0.count == indices.count } ?? true,
      "a batch of \(indices.count) samples has lengths \(lengths ?? [])")
    self.inputs = inputs
    self.targets = targets
    self.indices = indices
    self.lengths = lengths
  }

  /// How many samples there are.
  public var count: Int { indices.count }
}

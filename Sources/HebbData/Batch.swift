import HebbArrays

/// The samples of one training step.
public struct Batch: Sendable {
  /// `float32`, normalised: `[samples, …]`.
  public let inputs: NDArray
  /// `int32` labels `[samples]`, or `float32` targets `[samples, …]`.
  public let targets: NDArray
  /// The numbers of the samples in their data set.
  public let indices: [Int]

  public init(inputs: NDArray, targets: NDArray, indices: [Int]) {
    require(
      inputs.rank > 0 && targets.rank > 0 && inputs.shape[0] == targets.shape[0] && inputs.shape[0] == indices.count,
      "a batch of \(indices.count) samples has inputs \(inputs.shape) and targets \(targets.shape)")
    self.inputs = inputs
    self.targets = targets
    self.indices = indices
  }

  /// How many samples there are.
  public var count: Int { indices.count }
}

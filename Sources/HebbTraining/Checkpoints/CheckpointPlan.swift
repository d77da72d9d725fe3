import HebbArrays

/// Where a run is saved, and how often.
///
/// The folder holds `checkpoint.safetensors`, from which the run can be resumed, and, where wanted,
/// `checkpoint-epoch-7.safetensors` of the last epochs and `best.safetensors` of the best one.
public struct CheckpointPlan: Sendable, Hashable {
  public let folder: String
  /// Saves after so many epochs, and after the last.
  public var epochs: Int
  /// Saves after so many steps within an epoch too.
  public var steps: Int?
  /// How many epochs' checkpoints are kept under a name of their own.
  public var keptEpochs: Int
  /// Keeps the checkpoint of the epoch that is best by this.
  public var best: Measure?

  public init(folder: String, epochs: Int = 1, steps: Int? = nil, keptEpochs: Int = 0, best: Measure? = .validationLoss)
  {
    require(epochs > 0 && steps ?? 1 > 0 && keptEpochs >= 0, "checkpoints every \(epochs) epochs cannot be")
    (self.folder, self.epochs, self.steps, self.keptEpochs, self.best) = (folder, epochs, steps, keptEpochs, best)
  }

  public var path: String { folder + "/checkpoint.safetensors" }
  public var bestPath: String { folder + "/best.safetensors" }
  public func path(epoch: Int) -> String { "\(folder)/checkpoint-epoch-\(epoch).safetensors" }
}

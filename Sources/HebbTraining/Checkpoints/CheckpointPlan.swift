import HebbArrays

/// Where a run is saved, and how often.
///
/// The folder holds `checkpoint.safetensors`, from which the run can be resumed, and, where wanted,
/// `checkpoint-epoch-7.safetensors` of the last epochs and `best.safetensors` of the best one.
public struct CheckpointPlan: Sendable, Hashable {
  /// Where the files go.
  public let folder: String
  /// Saves after so many epochs, and after the last.
  public var epochs: Int
  /// Saves after so many steps within an epoch too.
  public var steps: Int?
  /// How many epochs' checkpoints are kept under a name of their own.
  public var keptEpochs: Int
  /// Keeps the checkpoint of the epoch that is best by this.
  public var best: Measure?

  /// A plan; the folder is made where it is missing.
  ///
  /// - Parameters:
  ///   - folder: where the files go.
  ///   - epochs: saves after so many epochs, 1 or more, and after the last.
  ///   - steps: saves after so many steps within an epoch too.
  ///   - keptEpochs: how many epochs' checkpoints keep a name of their own; 0 keeps only the latest.
  ///   - best: keeps the checkpoint of the best epoch by this; nil keeps none.
  public init(folder: String, epochs: Int = 1, steps: Int? = nil, keptEpochs: Int = 0, best: Measure? = .validationLoss)
  {
    require(epochs > 0 && steps ?? 1 > 0 && keptEpochs >= 0, "checkpoints every \(epochs) epochs cannot be")
    (self.folder, self.epochs, self.steps, self.keptEpochs, self.best) = (folder, epochs, steps, keptEpochs, best)
  }

  /// The latest checkpoint.
  public var path: String { folder + "/checkpoint.safetensors" }
  /// The checkpoint of the best epoch.
  public var bestPath: String { folder + "/best.safetensors" }
  /// The checkpoint of an epoch that is kept.
  public func path(epoch: Int) -> String { "\(folder)/checkpoint-epoch-\(epoch).safetensors" }
}

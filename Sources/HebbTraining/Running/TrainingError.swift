import HebbArrays

/// Why training ended before its last epoch.
///
/// Its description is one line: what happened, where, and what to do.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
  /// Somebody asked the process to stop. The run goes on from `checkpoint` as if nothing had been; nil where no folder
  /// for checkpoints was given.
  case interrupted(epoch: Int, step: Int, checkpoint: String?)
  /// The loss or the weights became infinite or NaN. Such weights are never saved.
  case notFinite(NotFinite)
  /// A checkpoint does not fit, or cannot be read or written.
  case checkpoint(CheckpointError)
  /// A log or another file could not be written.
  case file(DataError)

  public var description: String {
    switch self {
    case .interrupted(let epoch, let step, let checkpoint?):
      "training was interrupted in epoch \(epoch) after step \(step); resume from \(checkpoint)"
    case .interrupted(let epoch, let step, nil):
      "training was interrupted in epoch \(epoch) after step \(step); nothing was saved, since no folder was given"
    case .notFinite(let place): place.description
    case .checkpoint(let error): error.description
    case .file(let error): error.description
    }
  }
}

/// Where numbers stopped being finite.
public struct NotFinite: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was infinite or NaN: "loss", "gradient", "weight" or "validation loss".
  public let quantity: String
  /// Counted from 1.
  public let epoch: Int
  /// The step of the weights, counted from 1 since the run began.
  public let step: Int
  /// The path of the first layer, in order of computation, whose output was not finite, or of the parameter; else words:
  /// the samples of the batch, the loss, the parameter behind which ops gave such numbers.
  public let path: String?
  /// What stands there, such as "Linear(784 → 128)".
  public let layer: String?
  /// The last good checkpoint.
  public let checkpoint: String?

  package init(quantity: String, epoch: Int, step: Int, path: String?, layer: String?, checkpoint: String?) {
    (self.quantity, self.epoch, self.step) = (quantity, epoch, step)
    (self.path, self.layer, self.checkpoint) = (path, layer, checkpoint)
  }

  public var description: String {
    let place = path.map { "; it began in \($0)\(layer.map { " (\($0))" } ?? "")" } ?? ""
    let kept = checkpoint.map { ", or go on from \($0)" } ?? ""
    return "the \(quantity) is not finite in epoch \(epoch) at step \(step)\(place); "
      + "try a lower learning rate or clipping, and check the inputs\(kept)"
  }
}

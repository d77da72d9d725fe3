import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

extension Trainer {
  /// Saves everything that the next step depends on.
  public func saveCheckpoint(to path: String) throws(TrainingError) {
    lastCheckpoint = path
  }

  func saveRun() throws(TrainingError) {
    guard let plan = checkpoints else { return }
    try saveCheckpoint(to: plan.path)
  }

  func saveEpoch(_ record: EpochRecord, isLast: Bool) throws(TrainingError) {
    guard let plan = checkpoints, isLast || record.epoch % plan.epochs == 0 else { return }
    try saveRun()
  }

  func checkResumed(with train: Loader) throws(TrainingError) {}

  /// Where the process was asked to stop: saves the run and ends it.
  func checkInterrupt() throws(TrainingError) {
    guard Interrupt.isRequested else { return }
    try saveRun()
    throw .interrupted(epoch: run.epoch + 1, step: updater.step, checkpoint: checkpoints?.path)
  }
}

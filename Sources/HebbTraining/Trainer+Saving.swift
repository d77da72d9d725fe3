import HebbArrays
import HebbLayers

extension Trainer {
  /// Saves the run where the plan says.
  func saveRun() throws(TrainingError) {
    guard let plan = checkpoints else { return }
    do throws(DataError) { try Files.makeFolder(plan.folder) } catch {
      throw .checkpoint(CheckpointError(path: plan.path, problem: .file(error)))
    }
    try saveCheckpoint(to: plan.path)
  }

  /// Saves what the plan wants after an epoch: the run, the epoch by its number, the best epoch.
  func saveEpoch(_ record: EpochRecord, isLast: Bool) throws(TrainingError) {
    guard let plan = checkpoints else { return }
    var isBest = false
    if let measure = plan.best, !measure.required(of: record).isNaN {
      isBest = run.best.map { measure.isBetter(record, than: $0) } ?? true
      if isBest { run.best = record }
    }
    guard isBest || isLast || record.epoch % plan.epochs == 0 else { return }
    try saveRun()
    let latest = lastCheckpoint
    if isBest { try saveCheckpoint(to: plan.bestPath) }
    if plan.keptEpochs > 0, isLast || record.epoch % plan.epochs == 0 {
      try saveCheckpoint(to: plan.path(epoch: record.epoch))
      let kept = history.epochs.map { plan.path(epoch: $0.epoch) }.filter(Files.exists)
      for path in kept.dropLast(plan.keptEpochs) { Files.remove(path) }
    }
    lastCheckpoint = latest
  }

  /// Puts the weights of the best epoch into the model, averaged ones where there is an average: after the run.
  ///
  /// - Returns: whether there was a best epoch.
  @discardableResult
  public func restoreBest() throws(TrainingError) -> Bool {
    guard let plan = checkpoints, run.best != nil else { return false }
    do throws(CheckpointError) {
      try Checkpoint(reading: plan.bestPath).loadWeights(into: model, averaged: true)
    } catch {
      throw .checkpoint(error)
    }
    averages = []
    return true
  }

  /// Where the process was asked to stop: saves the run and ends it.
  func checkInterrupt() throws(TrainingError) {
    guard Interrupt.isRequested else { return }
    try saveRun()
    throw .interrupted(epoch: run.epoch + 1, step: updater.step, checkpoint: checkpoints?.path)
  }
}

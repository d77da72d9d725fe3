import Hebb
import HebbRuns

/// One training of a task, kept in a folder.
package final class TaskRun {
  package let plan: TaskPlan
  package let training: any TaskTraining

  /// Reads the data and builds the network.
  package init(_ plan: TaskPlan) throws {
    self.plan = plan
    training = try plan.recipe.prepare(plan)
  }

  /// Learns, and writes `model.safetensors`, `run.json`, `metrics.csv`, a checkpoint after each epoch, and pictures.
  ///
  /// - Parameter bar: shows how the epochs go.
  package func run(in folder: RunFolder, resumes: Bool, bar: any Callback) throws -> RunOutcome {
    try plan.run(in: folder) {
      try learn(folder, resumes, bar)
      training.finish()
      try TaskFile.write(training.model, history: training.trainer.history, to: folder.model)
      var outcome = try training.outcome()
      outcome.showCurves(plan.recipe.name, training.trainer.history)
      return outcome
    }
  }

  private func learn(_ folder: RunFolder, _ resumes: Bool, _ bar: any Callback) throws(TrainingError) {
    let trainer = training.trainer
    trainer.callbacks += [bar, CSVLog(folder.log)]
    trainer.checkpoints = CheckpointPlan(folder: folder.path, best: training.best)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
    try trainer.fit(training.train, validation: training.validation, epochs: plan.epochs)
    if training.best != nil { try trainer.restoreBest() }
  }
}

import Hebb
import HebbFiles
import HebbRuns

/// One training of a task, kept in a folder.
package final class TaskRun {
  package let plan: TaskPlan
  package let training: any TaskTraining

  /// Reads the data and builds the network. Of a run that was begun, the data must be those that it began with.
  package init(_ plan: TaskPlan) throws {
    training = try plan.recipe.prepare(plan)
    var plan = plan
    try plan.settle(training.fingerprint)
    self.plan = plan
  }

  /// Learns, and writes `model.safetensors`, `run.json`, `metrics.csv`, a checkpoint after each epoch, and pictures.
  ///
  /// - Parameter bar: shows how the epochs go.
  package func run(in folder: RunFolder, resumes: Bool, bar: any Callback) throws -> RunOutcome {
    try folder.create()
    try write(plan.json(status: "running"), folder)
    let clock = ContinuousClock()
    let start = clock.now
    do throws(TrainingError) { try learn(folder, resumes, bar) } catch {
      if case .interrupted = error {
        try write(plan.json(status: "interrupted"), folder)
      } else {
        try write(plan.json(status: "failed"), folder)
      }
      throw error
    }
    training.finish()
    try TaskFile.write(training.model, history: training.trainer.history, to: folder.model)
    var outcome = try training.outcome()
    try training.complete(&outcome)
    outcome.showCurves(plan.recipe.name, training.trainer.history)
    for (name, figure) in outcome.figures {
      try FigureFile.write(figure, drawn: outcome.drawn[name], to: folder.picture(name))
    }
    for (name, bytes) in outcome.files { try AtomicFile.write(bytes, to: "\(folder.path)/\(name)") }
    let seconds = (clock.now - start) / .seconds(1)
    try write(plan.json(status: "finished", results: outcome.numbers, seconds: seconds), folder)
    return outcome
  }

  private func learn(_ folder: RunFolder, _ resumes: Bool, _ bar: any Callback) throws(TrainingError) {
    let trainer = training.trainer
    trainer.callbacks += [bar, CSVLog(folder.log)]
    trainer.checkpoints = CheckpointPlan(folder: folder.path, best: training.best)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
    try trainer.fit(training.train, validation: training.validation, epochs: plan.epochs)
    if training.best != nil { try trainer.restoreBest() }
  }

  private func write(_ json: JSON, _ folder: RunFolder) throws(DataError) {
    try AtomicFile.write(Array((json.description + "\n").utf8), to: folder.description)
  }
}

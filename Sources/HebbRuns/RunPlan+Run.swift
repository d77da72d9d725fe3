import Hebb
import HebbFiles

extension RunPlan {
  /// Trains, and keeps in the folder what comes of it: pictures, other files, and `run.json`, which says from the beginning
  /// how far the run is.
  ///
  /// - Parameter train: writes model and checkpoints itself.
  package func run(in folder: RunFolder, train: () throws -> RunOutcome) throws -> RunOutcome {
    try folder.create()
    try write(json(.running), to: folder)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let outcome = try train()
      for (name, figure) in outcome.figures { try FigureFile.write(figure, to: folder.picture(name)) }
      for (name, bytes) in outcome.files { try AtomicFile.write(bytes, to: "\(folder.path)/\(name)") }
      let seconds = (clock.now - start) / .seconds(1)
      try write(json(.finished, results: outcome.numbers, seconds: seconds), to: folder)
      return outcome
    } catch {
      // A full disk may have no room for this either; the first error is what counts.
      try? write(json(RunStop.place(of: error) == nil ? .failed : .interrupted), to: folder)
      throw error
    }
  }

  private func write(_ json: JSON, to folder: RunFolder) throws(DataError) {
    try AtomicFile.write(Array((json.description + "\n").utf8), to: folder.description)
  }
}

/// A training that somebody asked to stop.
package enum RunStop {
  /// Where it was stopped, in words, where an error says that it was.
  package static func place(of error: any Error) -> String? {
    if let error = error as? TrainingError, case .interrupted(let epoch, _, _) = error { return "in epoch \(epoch)" }
    if let error = error as? RuleError, case .interrupted(let step, let steps) = error {
      return step < steps ? "after step \(step) of \(steps)" : "after its last step"
    }
    return nil
  }
}

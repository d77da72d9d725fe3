import Hebb
import HebbRuns

/// A network for something that people do with text, sound, scores or series, under a name that `hebb train` takes.
package struct TaskRecipe: RunRecipe {
  package static let family = "task"

  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the epochs that it takes.
  package let kinds: [(name: String, epochs: Int)]
  /// A command that uses the result, with `RUN` for the run's folder.
  package let use: String
  /// What `--set NAME=VALUE` can change, with a few words each.
  package var options: [(name: String, meaning: String)] = []
  /// Reads the data and builds the network.
  let prepare: @Sendable (TaskPlan) throws -> any TaskTraining
}

/// A task's training about to begin: data read, network built.
package protocol TaskTraining {
  /// What is learned from how much, in a line.
  var introduction: String { get }
  var trainer: Trainer { get }
  var train: Loader { get }
  var validation: Loader? { get }
  /// What the network that is kept is best by; nil keeps the last one.
  var best: Measure? { get }
  /// The network in the form that is kept and used.
  var model: any TaskModel { get }

  /// What remains to be done to the network when its weights have been learned, before it is saved.
  func finish()

  /// What the trained network reaches, on samples that it has not seen.
  func outcome() throws -> RunOutcome
}

extension TaskTraining {
  func finish() {}
}

/// What is to be trained.
package typealias TaskPlan = RunPlan<TaskRecipe>

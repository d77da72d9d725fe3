import HebbArrays
import HebbModels
import HebbPlots
import HebbRuns
import HebbTasks

/// `hebb evaluate` for networks of tasks.
struct TaskEvaluation {
  /// As the user named it: a run's folder or a model file.
  let model: String
  let file: TaskFile
  /// A file or a set to score on; nil for the test part of the run's own data.
  let data: String?
  let output: OutputOptions

  /// Nil where a model is of another sort than tasks, or cannot be read as one.
  init?(_ model: String, data: String?, output: OutputOptions) {
    guard let file = try? TaskFile(reading: Names.modelFile(model)), file.task != nil else { return nil }
    (self.model, self.file, self.data, self.output) = (model, file, data, output)
  }

  func run() throws {
    let (outcome, source) = try score()
    if output.json {
      let numbers = outcome.numbers.map { JSON.Member($0.name, .number($0.value)) }
      return Console.line(
        JSON.object([.init("task", .string(file.task ?? "")), .init("data", .string(source))] + numbers).description)
    }
    for sentence in output.quiet ? Array(outcome.sentences.prefix(1)) : outcome.sentences { Console.line(sentence) }
  }

  private func score() throws -> (outcome: RunOutcome, source: String) {
    if let data {
      guard let trained = try file.model() as? any ScoredModel else {
        throw DataError(
          model, "a network to \(file.task ?? "") is measured on its run's data alone", advice: "leave --data out")
      }
      return (try trained.score(on: data), data)
    }
    guard let plan = try TaskPlan(resuming: Names.runFolder(model)) else {
      throw DataError(
        model, "there is no run.json beside it that names its data", advice: "name a run's folder, or data with --data")
    }
    return (try TaskRun(plan).score(file), plan.source)
  }
}

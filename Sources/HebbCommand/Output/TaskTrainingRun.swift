import Foundation
import Hebb
import HebbPlots
import HebbRuns
import HebbTasks

/// `hebb train` for tasks.
struct TaskTrainingRun {
  let plan: TaskPlan
  let folder: RunFolder
  let resumes: Bool
  let output: OutputOptions

  private var isTalkative: Bool { !output.quiet && !output.json }

  func run() throws {
    let run = try TaskRun(plan)
    if isTalkative {
      Console.line("\(plan.recipe.name) (\(plan.kind)): \(plan.recipe.summary)")
      let parameters = NumberFormat.grouped(run.training.model.network.parameterCount)
      Console.line("\(run.training.introduction); \(parameters) parameters; seed \(plan.seed)")
    }
    Interrupt.listen()
    let outcome: RunOutcome
    do {
      // A resumed run must have the same callbacks: a quiet one keeps the bar, and says nothing.
      outcome = try run.run(
        in: folder, resumes: resumes, bar: isTalkative ? ProgressBar() : ProgressBar(.lines) { _ in })
    } catch let error as TrainingError {
      guard case .interrupted(let epoch, _, _) = error else { throw error }
      throw Interruption(epoch: epoch, folder: folder.path)
    }
    report(outcome)
  }

  private func report(_ outcome: RunOutcome) {
    if output.json {
      return Console.line(plan.json(status: "finished", results: outcome.numbers).description)
    }
    for sentence in outcome.sentences { Console.line(sentence) }
    guard isTalkative else { return }
    Console.line("model     \(folder.model)")
    for (name, _) in outcome.figures { Console.line("picture   \(folder.picture(name)).png") }
    for legend in outcome.legends { Console.line("          \(legend)") }
    for (name, _) in outcome.files { Console.line("file      \(folder.path)/\(name)") }
    Console.line("try       \(plan.recipe.use.replacingOccurrences(of: "RUN", with: folder.path))")
  }
}

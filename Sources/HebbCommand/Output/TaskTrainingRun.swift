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

  func run() throws {
    let run = try TaskRun(plan)
    let next = plan.recipe.use.replacingOccurrences(of: "RUN", with: folder.path)
    let report = RunReport(plan: plan, folder: folder, output: output, next: next)
    if report.isTalkative {
      Console.line("\(plan.recipe.name) (\(plan.kind)): \(plan.recipe.summary)")
      let parameters = NumberFormat.grouped(run.training.model.network.parameterCount)
      Console.line("\(run.training.introduction); \(parameters) parameters; seed \(plan.seed)")
    }
    try report { try run.run(in: folder, resumes: resumes, bar: report.bar) }
  }
}

import Hebb
import HebbRecipes
import HebbRuns

/// `hebb train` for networks of local rules, which have no epochs of a trainer.
struct RuleTraining {
  let plan: RulePlan
  let folder: RunFolder
  let resumes: Bool
  let output: OutputOptions

  func run() throws {
    let report = RunReport(plan: plan, folder: folder, output: output, next: next)
    if report.isTalkative {
      Console.line("\(plan.recipe.name): \(plan.recipe.summary); data \(plan.source), seed \(plan.seed)")
    }
    let line = report.isTalkative ? RuleProgressLine(plan.recipe.name) : nil
    try report {
      try RuleRun(plan).run(in: folder, resumes: resumes) { line?.show($0) }
    }
  }

  /// A command to go on with.
  private var next: String? {
    let run = Shell.word(folder.path)
    return switch plan.recipe.name {
    case "som": "\(Shell.program) map \(run)"
    case "hopfield": "\(Shell.program) recall \(run) picture.png --known upper"
    case "rbm", "dbn": "\(Shell.program) sample \(run)"
    default: nil
    }
  }
}

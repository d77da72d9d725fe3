import HebbPlots
import HebbRecipes

/// Cross-validation of a network of local rules.
struct RuleFolds {
  let plan: RulePlan
  let folds: Int
  let output: OutputOptions

  func run() throws {
    let isTalkative = !output.quiet && !output.json
    let scores = try RuleRun(plan).accuracies(folds: folds) { done in
      if isTalkative { Console.progress("\(plan.recipe.name) \(done.step) of \(done.steps)") }
    } foldEnded: { fold, accuracy in
      Console.clearProgress()
      if isTalkative { Console.line("fold \(fold)/\(folds)  test accuracy \(NumberFormat.percent(accuracy))") }
    }
    FoldReport(scores: scores, areShares: true).write(output)
  }
}

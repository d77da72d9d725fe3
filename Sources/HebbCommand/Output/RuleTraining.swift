import Hebb
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb train` for networks of local rules: no checkpoints, since none takes long, and no epochs of a trainer.
struct RuleTraining {
  let plan: RuleRun
  let folder: RunFolder
  let output: OutputOptions

  private var isTalkative: Bool { !output.quiet && !output.json }

  func run() throws {
    if isTalkative {
      Console.line("\(plan.recipe.name): \(plan.recipe.summary); data \(plan.source), seed \(plan.seed)")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let (name, isTalkative) = (plan.recipe.name, isTalkative)
    let outcome = try plan.run(in: folder) { done in
      guard isTalkative else { return }
      let value = done.value.map { "  \(NumberText.short($0))" } ?? ""
      Console.progress("\(name) \(done.step) of \(done.steps)\(value)")
    }
    Console.clearProgress()
    let seconds = (clock.now - start) / .seconds(1)
    if output.json { return Console.line(plan.json(outcome, seconds).description) }
    for sentence in outcome.sentences { Console.line(sentence) }
    guard isTalkative else { return }
    Console.line("model     \(folder.model)")
    for (name, _) in outcome.figures { Console.line("picture   \(folder.picture(name)).png") }
    if let next { Console.line("try       \(next)") }
  }

  /// A command to go on with.
  private var next: String? {
    switch plan.recipe.name {
    case "som": "\(Shell.program) map \(Shell.word(folder.path))"
    case "hopfield": "\(Shell.program) recall \(Shell.word(folder.path)) picture.png --known upper"
    case "rbm", "dbn": "\(Shell.program) sample \(Shell.word(folder.path))"
    default: nil
    }
  }
}

import HebbPlots
import HebbRuns
import HebbTraining

/// What the trainings of all recipes say on a terminal.
struct RunReport<Recipe: RunRecipe> {
  let plan: RunPlan<Recipe>
  let folder: RunFolder
  let output: OutputOptions
  /// A command to go on with, where there is one.
  let next: String?

  var isTalkative: Bool { !output.quiet && !output.json }

  /// A resumed run must have the same callbacks: a quiet one keeps the bar, and says nothing.
  var bar: ProgressBar { isTalkative ? ProgressBar() : ProgressBar(.lines) { _ in } }

  /// Trains, lets Ctrl-C stop it, and says what came of it.
  func callAsFunction(_ train: () throws -> RunOutcome) throws {
    Interrupt.listen()
    do { report(try train()) } catch {
      Console.clearProgress()
      if let place = RunStop.place(of: error) { throw Interruption(place: place, folder: folder.path) }
      throw error
    }
  }

  private func report(_ outcome: RunOutcome) {
    Console.clearProgress()
    if output.json { return Console.line(plan.json(.finished, results: outcome.numbers).description) }
    for sentence in outcome.sentences { Console.line(sentence) }
    guard isTalkative else { return }
    Console.line("model     \(folder.model)")
    for (name, _) in outcome.figures { Console.line("picture   \(folder.picture(name)).png") }
    for (name, _) in outcome.files { Console.line("file      \(folder.path)/\(name)") }
    if let next { Console.line("try       \(next)") }
  }
}

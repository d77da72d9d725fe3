import Hebb
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb train` for networks that make pictures.
struct GenerativeTraining {
  let plan: GenerativePlan
  let folder: RunFolder
  let resumes: Bool
  let output: OutputOptions

  private var isTalkative: Bool { !output.quiet && !output.json }

  func run() throws {
    let run = try GenerativeRun(plan)
    if isTalkative { introduce(run) }
    Interrupt.listen()
    let isTalkative = isTalkative
    let epochs = plan.epochs
    let outcome: GenerativeOutcome
    do {
      outcome = try run.run(
        in: folder, resumes: resumes, bar: isTalkative ? ProgressBar() : ProgressBar(.lines) { _ in },
        progress: { done in
          guard isTalkative, done.batch % 10 == 0 else { return }
          Console.progress("epoch \(done.epoch)/\(epochs)  \(done.batch) of \(done.batchCount)  \(losses(done))")
        },
        line: { record in
          guard isTalkative else { return }
          let seconds = NumberText.fixed(record.seconds, places: 1)
          Console.error("epoch \(record.epoch)/\(epochs)  \(losses(record))  \(seconds) s")
        })
    } catch let error as TrainingError {
      guard case .interrupted(let epoch, _, _) = error else { throw error }
      throw Interruption(epoch: epoch, folder: folder.path)
    }
    report(outcome)
  }

  private func introduce(_ run: GenerativeRun) {
    Console.line("\(plan.recipe.name) (\(plan.kind)): \(plan.recipe.summary)")
    Console.line(
      "\(NumberFormat.grouped(run.data.train.count)) pictures \(run.data.sample) of \(plan.source) to learn from, "
        + "\(NumberFormat.grouped(run.data.test.count)) to test; "
        + "\(NumberFormat.grouped(run.network.module.parameterCount)) parameters; seed \(plan.seed)")
  }

  private func losses(_ done: AdversarialProgress) -> String { losses(done.discriminatorLoss, done.generatorLoss) }
  private func losses(_ done: AdversarialEpoch) -> String { losses(done.discriminatorLoss, done.generatorLoss) }
  private func losses(_ discriminator: Double, _ generator: Double) -> String {
    "discriminator \(NumberText.fixed(discriminator, places: 4))  generator \(NumberText.fixed(generator, places: 4))"
  }

  private func report(_ outcome: GenerativeOutcome) {
    if output.json {
      return Console.line(plan.json(status: "finished", results: outcome.numbers).description)
    }
    for sentence in outcome.sentences { Console.line(sentence) }
    guard isTalkative else { return }
    Console.line("model     \(folder.model)")
    for (name, _) in outcome.figures { Console.line("picture   \(folder.picture(name)).png") }
    switch plan.recipe.name {
    case "vae", "gan": Console.line("try       \(Shell.program) sample \(Shell.word(folder.path))")
    case "colorize": Console.line("try       \(Shell.program) colorize \(Shell.word(folder.path)) photo.jpg")
    default: break
    }
  }
}

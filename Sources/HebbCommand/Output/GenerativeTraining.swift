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

  func run() throws {
    let run = try GenerativeRun(plan)
    let report = RunReport(plan: plan, folder: folder, output: output, next: next)
    if report.isTalkative { introduce(run) }
    let (isTalkative, epochs) = (report.isTalkative, plan.epochs)
    try report {
      try run.run(
        in: folder, resumes: resumes, bar: report.bar,
        progress: { done in
          guard isTalkative, done.batch % 10 == 0 else { return }
          Console.progress("epoch \(done.epoch)/\(epochs)  \(done.batch) of \(done.batchCount)  \(losses(done))")
        },
        line: { record in
          guard isTalkative else { return }
          let seconds = NumberText.fixed(record.seconds, places: 1)
          Console.error("epoch \(record.epoch)/\(epochs)  \(losses(record))  \(seconds) s")
        })
    }
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

  /// A command to go on with.
  private var next: String? {
    let run = Shell.word(folder.path)
    return switch plan.recipe.name {
    case "vae", "gan": "\(Shell.program) sample \(run)"
    case "colorize": "\(Shell.program) colorize \(run) photo.jpg"
    default: nil
    }
  }
}

import HebbArrays
import HebbPlots
import HebbRecipes
import HebbTraining

/// Cross-validation: as many trainings as there are folds, each tested on another part of all samples.
struct FoldRun {
  let plan: TrainingPlan
  let folds: Int
  let output: OutputOptions

  init(_ plan: TrainingPlan, folds: Int, output: OutputOptions) {
    (self.plan, self.folds, self.output) = (plan, folds, output)
  }

  func run() throws {
    let parts = try DataSets.load(plan.spec.data, folder: plan.dataFolder, base: plan.base)
    let pairs = try PreparedData.folds(folds, of: parts, plan.spec.data, seed: plan.seed)
    var results: [TestResult] = []
    for (index, data) in pairs.enumerated() {
      let session = try TrainingSession(plan, data)
      session.trainer.callbacks.append(FoldProgress(fold: index + 1, folds: folds))
      try session.fit()
      Console.clearProgress()
      let result = session.test()
      results.append(result)
      if !output.quiet, !output.json { Console.line("fold \(index + 1)/\(folds)  \(line(result))") }
    }
    report(results)
  }

  private func line(_ result: TestResult) -> String {
    result.accuracy.map { "test accuracy \(NumberFormat.percent($0))" } ?? "test loss \(NumberText.short(result.loss))"
  }

  private func report(_ results: [TestResult]) {
    let scores = results.map { $0.accuracy ?? $0.loss }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let spread = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)).squareRoot()
    let isShare = results.first?.accuracy != nil
    if output.json {
      Console.line(
        JSON.object([
          .init(isShare ? "accuracy" : "loss", .number(mean)), .init("deviation", .number(spread)),
          .init("folds", .array(scores.map { .number($0) })),
        ]).description)
    } else if isShare {
      Console.line(
        "mean test accuracy \(NumberFormat.percent(mean)) ± \(NumberFormat.percent(spread)) over \(folds) folds")
    } else {
      Console.line("mean test loss \(NumberText.short(mean)) ± \(NumberText.short(spread)) over \(folds) folds")
    }
  }
}

/// Shows which epoch of which fold is under way.
private final class FoldProgress: Callback {
  private let fold: Int
  private let folds: Int

  init(fold: Int, folds: Int) { (self.fold, self.folds) = (fold, folds) }

  func epochEnded(_ record: EpochRecord, _ trainer: Trainer) {
    Console.progress("fold \(fold)/\(folds), epoch \(record.epoch)/\(trainer.progress?.epochs ?? record.epoch)")
  }
}

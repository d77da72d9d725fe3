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
    FoldReport(scores: results.map { $0.accuracy ?? $0.loss }, areShares: results.first?.accuracy != nil).write(output)
  }

  private func line(_ result: TestResult) -> String {
    result.accuracy.map { "test accuracy \(NumberFormat.percent($0))" } ?? "test loss \(NumberText.short(result.loss))"
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

import Hebb
import HebbFiles
import HebbRuns

/// What is to be learned by local rules.
package typealias RulePlan = RunPlan<RuleRecipe>

/// The training of a network of local rules: kept in a folder, or cross-validated.
package struct RuleRun {
  package let plan: RulePlan

  package init(_ plan: RulePlan) { self.plan = plan }

  private var scaling: RuleForm.Scaling {
    (plan.recipe.variants.first { $0.name == plan.kind } ?? plan.recipe.variants[0]).scaling
  }

  /// Learns, and writes `model.safetensors`, `run.json`, a checkpoint now and then and when it is stopped, and pictures.
  package func run(in folder: RunFolder, resumes: Bool, progress: @escaping RuleWatcher) throws -> RunOutcome {
    let data = try RuleData(plan.source, needsClasses: plan.recipe.needsClasses, scaling: scaling)
    let checkpoint = try checkpoint(folder, resumes)
    return try plan.run(in: folder) {
      var random = Philox(seed: plan.seed)
      let (model, outcome) = try learn(data, &random, checkpoint, progress)
      try model.save(to: folder.model, notes: ["form": data.form.note, "data": data.name])
      return outcome
    }
  }

  private func checkpoint(_ folder: RunFolder, _ resumes: Bool) throws(DataError) -> RuleCheckpoint? {
    if plan.recipe.learnsAtOnce {
      guard !resumes else {
        throw DataError(
          folder.path, "\(plan.recipe.name) learns at once, so that there is nothing to resume",
          advice: "begin a new run")
      }
      return nil
    }
    let stops = { Interrupt.isRequested }
    return resumes && folder.holdsCheckpoint
      ? try RuleCheckpoint(resuming: folder.checkpoint, stopsWhen: stops)
      : RuleCheckpoint(folder.checkpoint, stopsWhen: stops)
  }

  private func learn(
    _ data: RuleData, _ random: inout Philox, _ checkpoint: RuleCheckpoint?, _ progress: @escaping RuleWatcher
  ) throws -> RuleRecipe.Result {
    let settings = RuleRecipe.Settings(kind: plan.kind, epochs: plan.epochs, checkpoint: checkpoint)
    return try plan.recipe.train(data, settings, &random, progress)
  }

  /// Learns `count` times, each time tested on another part of all samples: the part of them that is right.
  ///
  /// - Parameter foldEnded: told the fold, counted from 1, and what it came to.
  package func accuracies(
    folds count: Int, progress: @escaping RuleWatcher, foldEnded: (Int, Double) -> Void
  ) throws -> [Double] {
    guard plan.recipe.classifies else {
      let names = RuleRecipe.all.filter(\.classifies).map(\.name).joined(separator: ", ")
      throw DataError(
        plan.recipe.name, "it tells no classes apart, so that folds say nothing", advice: "give one of \(names)")
    }
    let whole = try RuleData.whole(plan.source)
    guard count <= whole.count else {
      throw DataError(plan.source, "\(whole.count) samples cannot be cut into \(count) folds", advice: "use fewer")
    }
    var found: [Double] = []
    for (index, pair) in whole.stratifiedFolds(count, seed: plan.seed).enumerated() {
      let parts = DatasetParts(train: whole.rows(at: pair.train.indices), test: whole.rows(at: pair.test.indices))
      let data = try RuleData(parts, plan.source, scaling: scaling)
      var random = Philox(seed: plan.seed).split(UInt64(index))
      let outcome = try learn(data, &random, nil, progress).outcome
      let accuracy = outcome.numbers.first { $0.name == "accuracy" }?.value ?? 0
      found.append(accuracy)
      foldEnded(index + 1, accuracy)
    }
    return found
  }
}

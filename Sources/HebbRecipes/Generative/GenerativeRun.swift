import Hebb
import HebbRuns

/// One training of a network that makes pictures, kept in a folder.
package final class GenerativeRun {
  package let plan: GenerativePlan
  package let data: PictureData
  package let network: GenerativeNetwork
  let form: GenerativeForm

  package init(_ plan: GenerativePlan) throws(DataError) {
    self.plan = plan
    data = try PictureData(plan.source, needsColor: plan.recipe.name == GenerativeRecipe.colorize.name)
    form = try GenerativeForm(plan, data)
    var random = Philox(seed: plan.seed)
    network = form.network(using: &random)
  }

  /// Learns, and writes `model.safetensors`, `run.json`, a checkpoint after each epoch, and pictures.
  ///
  /// - Parameters:
  ///   - bar: shows how a trainer's epochs go.
  ///   - progress: shows how adversarial steps go.
  ///   - line: takes a line for each adversarial epoch.
  package func run(
    in folder: RunFolder, resumes: Bool, bar: any Callback, progress: @escaping (AdversarialProgress) -> Void,
    line: @escaping (AdversarialEpoch) -> Void
  ) throws -> RunOutcome {
    let training: Training
    switch network {
    case .autoencoder(let network, let objective):
      training = try self.training(network.trainer(objective, seed: plan.seed), folder, resumes, bar) { trainer, _ in
        RunOutcome(network, self.data, trainer)
      }
    case .vae(let network):
      training = try self.training(network.trainer(seed: plan.seed), folder, resumes, bar) { _, random in
        RunOutcome(network, self.data, using: &random)
      }
    case .colorizer(let network):
      let flips: [any Augmentation] = [Flip()]
      training = try self.training(network.trainer(seed: plan.seed), folder, resumes, bar, flips) { _, _ in
        RunOutcome(network, self.data)
      }
    case .gan(let generator, let discriminator, let objective):
      let gan = AdversarialTrainer(
        generator, discriminator, objective: objective, noise: GenerativeForm.noise, classes: form.classNames.count,
        seed: plan.seed)
      (gan.stepEnded, gan.epochEnded) = (progress, { record throws(TrainingError) in line(record) })
      training = try self.training(gan, folder, resumes)
    }
    guard plan.epochs >= training.done else {
      throw DataError(
        folder.path, "\(training.done) epochs are done already", advice: "give --epochs \(training.done) or more")
    }
    return try plan.run(in: folder) {
      try training.learn()
      // Not the random numbers of the weights.
      var random = Philox(seed: plan.seed).split(1)
      let outcome = training.outcome(&random)
      let file = ModelFile(
        network.module, configuration: form.json.description, classNames: form.classNames, notes: ["data": data.name])
      try file.write(to: folder.model)
      return outcome
    }
  }
}

// MARK: - What learns

extension GenerativeRun {
  /// A training that stands where its checkpoint left it.
  private struct Training {
    /// How many epochs are done.
    let done: Int
    let learn: () throws -> Void
    let outcome: (inout Philox) -> RunOutcome
  }

  private func training(
    _ trainer: Trainer, _ folder: RunFolder, _ resumes: Bool, _ bar: any Callback,
    _ augmentations: [any Augmentation] = [], outcome: @escaping (Trainer, inout Philox) -> RunOutcome
  ) throws -> Training {
    trainer.callbacks = [bar, CSVLog(folder.log)]
    trainer.checkpoints = CheckpointPlan(folder: folder.path, best: nil)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
    let (data, plan) = (data, plan)
    return Training(done: trainer.history.epochs.count) {
      try trainer.fit(
        data.train, validation: data.test, epochs: plan.epochs, batchSize: plan.recipe.batchSize,
        augmentations: augmentations)
    } outcome: { random in
      var found = outcome(trainer, &random)
      found.showCurves("\(plan.recipe.name) (\(plan.kind))", trainer.history)
      return found
    }
  }

  private func training(_ gan: AdversarialTrainer, _ folder: RunFolder, _ resumes: Bool) throws -> Training {
    gan.average = WeightAverage(decay: 0.999)
    gan.checkpoints = CheckpointPlan(folder: folder.path, best: nil)
    if resumes, folder.holdsCheckpoint { try gan.resume(from: folder.checkpoint) }
    let (data, plan) = (data, plan)
    return Training(done: gan.epochs.count) {
      let pictures = data.train.normalized(by: Normalization(mean: [127.5], deviation: [127.5]))
      try gan.fit(pictures, epochs: plan.epochs, batchSize: plan.recipe.batchSize)
      gan.takeAverage()
    } outcome: { random in
      var found = RunOutcome(gan, data, using: &random)
      found.showCurves("gan (\(plan.kind))", gan.epochs)
      return found
    }
  }
}

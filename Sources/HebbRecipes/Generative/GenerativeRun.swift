import Hebb
import HebbPlots
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
  ) throws -> GenerativeOutcome {
    try folder.create()
    let clock = ContinuousClock()
    let start = clock.now
    let outcome: GenerativeOutcome
    do {
      outcome = try learn(folder, resumes, bar, progress, line)
    } catch let error as TrainingError {
      if case .interrupted = error { try write(plan.json(status: "interrupted"), folder) }
      throw error
    }
    let file = ModelFile(
      network.module, configuration: form.json.description, classNames: form.classNames, notes: ["data": data.name])
    try file.write(to: folder.model)
    for (name, figure) in outcome.figures { try FigureFile.write(figure, to: folder.picture(name)) }
    let seconds = (clock.now - start) / .seconds(1)
    try write(plan.json(status: "finished", results: outcome.numbers, seconds: seconds), folder)
    return outcome
  }

  private func learn(
    _ folder: RunFolder, _ resumes: Bool, _ bar: any Callback, _ progress: @escaping (AdversarialProgress) -> Void,
    _ line: @escaping (AdversarialEpoch) -> Void
  ) throws -> GenerativeOutcome {
    // Not that of the weights.
    var random = Philox(seed: plan.seed).split(1)
    switch network {
    case .autoencoder(let network, let objective):
      let trainer = network.trainer(objective, seed: plan.seed)
      try fit(trainer, folder, resumes, bar)
      var outcome = GenerativeOutcome(network, data, trainer)
      outcome.showCurves("\(plan.kind) autoencoder", trainer.history)
      return outcome
    case .vae(let network):
      let trainer = network.trainer(seed: plan.seed)
      try fit(trainer, folder, resumes, bar)
      var outcome = GenerativeOutcome(network, data, using: &random)
      outcome.showCurves("variational autoencoder", trainer.history)
      return outcome
    case .colorizer(let network):
      let trainer = network.trainer(seed: plan.seed)
      try fit(trainer, folder, resumes, bar, augmentations: [Flip()])
      var outcome = GenerativeOutcome(network, data)
      outcome.showCurves("colorize", trainer.history)
      return outcome
    case .gan(let generator, let discriminator, let objective):
      let gan = AdversarialTrainer(
        generator, discriminator, objective: objective, noise: GenerativeForm.noise, classes: form.classNames.count,
        seed: plan.seed)
      gan.average = WeightAverage(decay: 0.999)
      gan.checkpoints = CheckpointPlan(folder: folder.path, best: nil)
      gan.stepEnded = progress
      gan.epochEnded = { record throws(TrainingError) in line(record) }
      if resumes, folder.holdsCheckpoint { try gan.resume(from: folder.checkpoint) }
      try begin(in: folder, epochsDone: gan.epochs.count)
      let pictures = data.train.normalized(by: Normalization(mean: [127.5], deviation: [127.5]))
      let epochs = try gan.fit(pictures, epochs: plan.epochs, batchSize: plan.recipe.batchSize)
      gan.takeAverage()
      var outcome = GenerativeOutcome(gan, data, using: &random)
      outcome.showCurves("\(plan.kind) GAN", epochs)
      return outcome
    }
  }

  private func fit(
    _ trainer: Trainer, _ folder: RunFolder, _ resumes: Bool, _ bar: any Callback,
    augmentations: [any Augmentation] = []
  ) throws {
    trainer.callbacks = [bar, CSVLog(folder.log)]
    trainer.checkpoints = CheckpointPlan(folder: folder.path, best: nil)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
    try begin(in: folder, epochsDone: trainer.history.epochs.count)
    try trainer.fit(
      data.train, validation: data.test, epochs: plan.epochs, batchSize: plan.recipe.batchSize,
      augmentations: augmentations)
  }

  /// Says that the run is under way, where there is anything to do.
  private func begin(in folder: RunFolder, epochsDone done: Int) throws(DataError) {
    guard plan.epochs >= done else {
      throw DataError(folder.path, "\(done) epochs are done already", advice: "give --epochs \(done) or more")
    }
    try write(plan.json(status: "running"), folder)
  }

  private func write(_ json: JSON, _ folder: RunFolder) throws(DataError) {
    try AtomicFile.write(Array((json.description + "\n").utf8), to: folder.description)
  }
}

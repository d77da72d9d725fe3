import HebbArrays
import HebbData
import HebbFiles
import HebbLayers
import HebbTraining

/// A run about to happen: data read, network built, trainer ready.
package final class TrainingSession {
  package let plan: TrainingPlan
  package let data: PreparedData
  package let network: BuiltNetwork
  package let trainer: Trainer
  /// Watches gradients and units.
  package let health = LayerHealth()

  /// Reads the data and builds the network.
  package convenience init(_ plan: TrainingPlan) throws(DataError) {
    // A mistake in the layers is told before time is spent on the data.
    _ = try TrainingSession.networkAlone(plan)
    let parts = try DataSets.load(plan.spec.data, folder: plan.dataFolder, base: plan.base)
    try self.init(plan, PreparedData(parts, plan.spec.data, seed: plan.seed))
  }

  /// The plan's network and the shape of its samples, where the data need not be read for it; nil where they must.
  package static func networkAlone(_ plan: TrainingPlan) throws(DataError) -> (network: BuiltNetwork, input: Shape)? {
    // Series that the user names instead of the file's may have another length.
    if case .series = plan.spec.data.source, plan.dataFolder != nil { return nil }
    guard let samples = DataSets.samples(of: plan.spec.data) else { return nil }
    let network = try NetworkBuilder.build(
      plan.spec, input: samples.shape, outputs: samples.outputs, seed: plan.seed)
    return (network, samples.shape)
  }

  /// A run on data that have been read.
  package init(_ plan: TrainingPlan, _ data: PreparedData) throws(DataError) {
    let training = plan.spec.training
    try training.earlyStopping?.watch.check("early stopping", data)
    try training.plateau?.watch.check("reduce-on-plateau", data)
    try plan.spec.data.checkAugmentations(of: data.sampleShape)
    self.plan = plan
    self.data = data
    network = try NetworkBuilder.build(plan.spec, input: data.sampleShape, outputs: data.outputs, seed: plan.seed)
    try plan.spec.weights?.load(into: network, base: plan.base)
    for dataset in [data.train, data.validation, data.test] { try EmbeddingNumbers.check(dataset, for: network.model) }
    let loss = training.loss ?? .standard(classified: data.isClassified)
    try loss.check(classified: data.isClassified)
    trainer = Trainer(
      network.model, loss: loss.loss, optimizer: training.optimizer, metrics: data.isClassified ? [Accuracy()] : [],
      schedule: training.schedule, seed: plan.seed)
    trainer.clipping = training.clipping
    trainer.batchesPerStep = training.batchesPerStep
    trainer.callbacks = [health]
    if let stopping = training.earlyStopping { trainer.callbacks.append(stopping.callback) }
    if let plateau = training.plateau { trainer.callbacks.append(plateau.callback) }
    trainer.average = training.averageDecay.map { WeightAverage(decay: $0) }
  }

  /// Keeps a log and checkpoints in a folder, and goes on from the checkpoint there where told to.
  package func keep(in folder: RunFolder, resumes: Bool) throws(TrainingError) {
    trainer.callbacks.append(CSVLog(folder.log))
    trainer.checkpoints = CheckpointPlan(
      folder: folder.path, best: plan.spec.training.earlyStopping?.watch.measure)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
  }

  /// Trains until the plan's last epoch. Where early stopping watched, the best weights are kept, else the last.
  @discardableResult
  package func fit() throws(TrainingError) -> History {
    let history = try trainer.fit(
      data.train, validation: data.validation, epochs: plan.epochs, batchSize: plan.spec.training.batchSize,
      augmentations: plan.spec.data.augmentations)
    if trainer.checkpoints?.best != nil { try trainer.restoreBest() }
    return history
  }

  /// What the network answers on the test set.
  package func test() -> TestResult {
    let evaluation = trainer.evaluate(data.test, batchSize: 256, keepingPredictions: true)
    return TestResult(evaluation, of: data.test)
  }

  /// Saves the network as it is now, with averaged weights where there is an average.
  package func saveModel(to path: String) throws(CheckpointError) {
    let model = TrainedModel(
      spec: plan.spec, network: network.model, input: data.sampleShape, classNames: data.classNames,
      outputs: data.outputs, normalization: data.normalization, tone: PictureTone(of: data.train))
    try trainer.withAveragedWeights { () throws(CheckpointError) in
      try model.write(to: path, history: trainer.history.withoutTimes)
    }
  }
}

import HebbArrays
import HebbAutograd
import HebbData
import HebbFiles
import HebbLayers
import HebbRuns
import HebbTraining

/// A run about to happen: data read, network built, trainer ready.
package final class TrainingSession {
  package let plan: TrainingPlan
  package let data: PreparedData
  package let network: BuiltNetwork
  package let trainer: Trainer
  /// Which samples an epoch visits; nil for all of them.
  private let sampler: Sampler?
  /// Watches gradients and units.
  package let health = LayerHealth()
  /// What is kept of that, once the run has a folder.
  package private(set) var layerLog: LayerLog?

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
    let metrics = try MetricSpec.metrics(training.metrics, classified: data.isClassified, classes: data.outputs)
    try training.earlyStopping?.watch.check("early stopping", data, metrics)
    try training.plateau?.watch.check("reduce-on-plateau", data, metrics)
    try training.keep?.best?.check("keeping the best", data, metrics)
    try plan.spec.data.checkAugmentations(of: data.sampleShape)
    self.plan = plan
    self.data = data
    sampler = try training.sampling?.sampler(for: data.train, seed: plan.seed)
    network = try NetworkBuilder.build(plan.spec, input: data.sampleShape, outputs: data.outputs, seed: plan.seed)
    try plan.spec.weights?.load(into: network, base: plan.base)
    for dataset in [data.train, data.validation, data.test] { try EmbeddingNumbers.check(dataset, for: network.model) }
    if min(training.batchSize, data.train.count) == 1 { try TrainingSession.checkSpread(network.model, data, plan) }
    let loss = training.loss ?? .standard(classified: data.isClassified)
    try loss.check(classified: data.isClassified)
    var groups: [ParameterGroup] = []
    for group in training.groups { groups.append(try group.group(in: network.model)) }
    trainer = Trainer(
      network.model, loss: loss.loss, optimizer: training.optimizer, metrics: metrics, schedule: training.schedule,
      groups: groups, seed: plan.seed)
    trainer.clipping = training.clipping
    trainer.batchesPerStep = training.batchesPerStep
    trainer.callbacks = [health]
    if let stopping = training.earlyStopping { trainer.callbacks.append(stopping.callback) }
    if let plateau = training.plateau { trainer.callbacks.append(plateau.callback) }
    trainer.average = training.averageDecay.map { WeightAverage(decay: $0) }
  }

  /// Refuses batches of one sample where a batch normalisation would get a single value a channel from them.
  private static func checkSpread(_ model: Sequential, _ data: PreparedData, _ plan: TrainingPlan) throws(DataError) {
    guard data.train.count > 0 else { return }
    var bad: String?
    _ = model.trace(Traced(Tensor(data.train.inputs(at: [0])), field: nil), path: "") { layer in
      let output = layer.output.tensor.shape
      if layer.layer is BatchNorm, output.count == output.innermost { bad = bad ?? layer.path }
    }
    guard let bad else { return }
    throw DataError(
      plan.spec.name, "batch-norm, layer \(bad), cannot learn from batches of one sample",
      advice: "train with larger batches")
  }

  /// Whether the network's last layer computes what the loss computes once more: the gradients are weak then.
  package var endsInSoftmax: Bool {
    let last = network.model.layers.last
    let shares = (plan.spec.training.loss ?? .standard(classified: data.isClassified)).shares
    return shares == .softmax && (last is Softmax || last is LogSoftmax) || shares == .sigmoid && last is Sigmoid
  }

  /// Keeps a log and checkpoints in a folder, and goes on from the checkpoint there where told to.
  package func keep(in folder: RunFolder, resumes: Bool) throws(TrainingError) {
    let layerLog = LayerLog(folder.layerLog, of: health)
    trainer.callbacks += [CSVLog(folder.log), layerLog]
    self.layerLog = layerLog
    let training = plan.spec.training
    trainer.checkpoints = CheckpointPlan(
      folder: folder.path, keptEpochs: training.keep?.last ?? 0,
      best: (training.keep?.best ?? training.earlyStopping?.watch)?.measure)
    if resumes, folder.holdsCheckpoint { try trainer.resume(from: folder.checkpoint) }
  }

  /// Trains until the plan's last epoch. Where early stopping watched or the best epoch is kept, the model has its weights,
  /// else the last.
  @discardableResult
  package func fit() throws(TrainingError) -> History {
    let (batchSize, augmentations) = (plan.spec.training.batchSize, plan.spec.data.augmentations)
    let history: History
    if let sampler {
      let loader = Loader(
        data.train, batchSize: batchSize, sampler: sampler,
        dropsLast: trainer.leavesOutSingle(of: data.train.count, batchSize), augmentations: augmentations,
        seed: plan.seed)
      history = try trainer.fit(
        loader, validation: Loader(data.validation, batchSize: batchSize), epochs: plan.epochs)
    } else {
      history = try trainer.fit(
        data.train, validation: data.validation, epochs: plan.epochs, batchSize: batchSize,
        augmentations: augmentations)
    }
    if trainer.checkpoints?.best != nil { try trainer.restoreBest() }
    return history
  }

  /// What the network answers on the test set.
  package func test() -> TestResult {
    let evaluation = trainer.evaluate(data.test, batchSize: 256, keepingPredictions: true)
    return TestResult(evaluation, of: data.test)
  }

  /// The network as it is now, with all that its use needs.
  package var trainedModel: TrainedModel {
    TrainedModel(
      spec: plan.spec, network: network.model, input: data.sampleShape, classNames: data.classNames,
      outputs: data.outputs, normalization: data.normalization, tone: PictureTone(of: data.train),
      columns: data.columns)
  }

  /// Saves the network as it is now, with averaged weights where there is an average.
  package func saveModel(to path: String) throws(CheckpointError) {
    let model = trainedModel
    try trainer.withAveragedWeights { () throws(CheckpointError) in
      try model.write(to: path, history: trainer.history.withoutTimes)
    }
  }
}

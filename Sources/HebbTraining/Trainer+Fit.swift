import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

extension Trainer {
  /// Trains until `epochs` epochs are done, those before a resumed checkpoint or of an earlier `fit` included.
  ///
  ///     try trainer.fit(train, validation: test, epochs: 10, batchSize: 64)
  ///
  /// Each epoch visits every sample once, in an order of its own that follows from the seed.
  ///
  /// `epochs` is where the run ends, not how many are added: a second `fit` of ten epochs does nothing after ten, and says so
  /// on standard error; `epochs: trainer.history.epochs.count + 10` trains ten more.
  ///
  /// - Parameters:
  ///   - train: the samples to learn from.
  ///   - validation: the samples to judge each epoch by.
  ///   - epochs: the number of the last epoch.
  ///   - batchSize: how many samples make a step.
  ///   - augmentations: change every sample anew in every epoch.
  /// - Returns: the loss and the metrics of every epoch.
  @discardableResult
  public func fit(
    _ train: any Dataset, validation: (any Dataset)? = nil, epochs: Int, batchSize: Int = 32,
    augmentations: [any Augmentation] = []
  ) throws(TrainingError) -> History {
    let loader = Loader(
      train, batchSize: batchSize, sampler: .shuffled(seed: seed),
      dropsLast: leavesOutSingle(of: train.count, batchSize), augmentations: augmentations, seed: seed,
      prefetch: Trainer.prefetch(train, batchSize, augmented: !augmentations.isEmpty))
    return try fit(loader, validation: validation.map { Trainer.validationLoader($0, batchSize) }, epochs: epochs)
  }

  /// Trains with loaders of your own: other samplers, augmentations, batches that drop the last samples.
  @discardableResult
  public func fit(_ train: Loader, validation: Loader? = nil, epochs: Int) throws(TrainingError) -> History {
    require(train.batchCount > 0, "\(train.dataset.name) has no batch of \(train.batchSize) samples to train on")
    (stopReason, resumedStopReason) = (resumedStopReason, nil)
    try begin(with: train)
    warn(epochs: epochs)
    for callback in callbacks { try callback.fitBegan(self) }
    defer { for callback in callbacks { callback.fitEnded(self) } }
    while run.epoch < epochs, stopReason == nil {
      try trainEpoch(train, epochs: epochs)
      try finishEpoch(validation, isLast: run.epoch + 1 == epochs)
    }
    return history
  }

  /// Says what makes a `fit` useless.
  private func warn(epochs: Int) {
    if hasTrained, run.epoch >= epochs {
      Terminal.warn("\(PlainNumber.count(run.epoch, "epoch")) are done already; fit to a later one to train further")
    }
    if !updater.slots.isEmpty, !updater.slots.contains(where: \.parameter.isTrainable) {
      Terminal.warn("all parameters are frozen: training changes nothing; unfreeze() some")
    }
    hasTrained = true
  }

  /// The rest of the epoch that the run is in.
  private func trainEpoch(_ train: Loader, epochs: Int) throws(TrainingError) {
    let stepsPerEpoch = (train.batchCount + batchesPerStep - 1) / batchesPerStep
    let clock = ContinuousClock()
    var begun = clock.now
    for batch in train.batches(epoch: run.epoch, startingAt: run.batch) {
      isLastBatch = run.batch + 1 == train.batchCount
      let factor = schedule.factor(step: updater.step, of: epochs * stepsPerEpoch, stepsPerEpoch: stepsPerEpoch)
      let rate = updater.optimizer.learningRate * factor * run.rateFactor
      run.learningRate = rate
      try trainBatch(batch, rate: rate)
      let now = clock.now
      run.seconds += (now - begun) / .seconds(1)
      begun = now
      progress = Progress(
        epoch: run.epoch + 1, epochs: epochs, batch: run.batch, batchCount: train.batchCount, step: updater.step,
        loss: run.lossSum / Double(run.samples), learningRate: rate, samples: run.samples, seconds: run.seconds)
      for callback in callbacks { try callback.batchEnded(self) }
      if let steps = checkpoints?.steps, run.waiting == 0, !isLastBatch, updater.step % steps == 0 { try saveRun() }
      try checkInterrupt()
    }
  }

  private func trainBatch(_ batch: Batch, rate: Double) throws(TrainingError) {
    var prediction: NDArray?
    let (loss, gradients) = Pass.training(seed: seed, step: run.batches) {
      valueAndGradients {
        let outcome = outcome(batch)
        prediction = outcome.prediction.value
        return outcome.loss
      }
    }
    let lossValue = loss.scalar
    if stopsWhenNotFinite, !lossValue.isFinite { throw .notFinite(findNotFinite("loss", in: batch)) }
    for callback in callbacks { callback.gradientsComputed(gradients, of: batch, self) }
    if let prediction {
      for index in metrics.indices { metrics[index].add(prediction: prediction, target: batch.targets) }
    }
    try follow(gradients, of: batch, rate: rate)
    run.lossSum += lossValue * Double(batch.count)
    run.samples += batch.count
    run.batch += 1
    run.batches += 1
  }

  /// Changes the weights, or has the gradients wait for those of more batches.
  private func follow(_ gradients: Gradients, of batch: Batch, rate: Double) throws(TrainingError) {
    guard batchesPerStep > 1 else { return try step(gradients, batches: 1, of: batch, rate: rate) }
    waiting.add(gradients)
    run.waiting += 1
    guard run.waiting >= batchesPerStep || isLastBatch else { return }
    let (sum, count) = (waiting, run.waiting)
    (waiting, run.waiting) = (Gradients(), 0)
    try step(sum, batches: count, of: batch, rate: rate)
  }

  private func step(_ gradients: Gradients, batches: Int, of batch: Batch, rate: Double) throws(TrainingError) {
    var factor = 1 / Double(batches)
    var bound = Double.infinity
    switch clipping {
    case .norm(let limit):
      let norm = gradients.norm * factor
      if stopsWhenNotFinite, !norm.isFinite { throw .notFinite(findNotFinite("gradient", in: batch, gradients)) }
      factor *= min(1, limit / (norm + 1e-6))
    case .value(let limit): bound = limit
    case nil: break
    }
    updater.update(gradients, rate: rate, gradientFactor: factor, gradientBound: bound)
    average?.update(&averages, with: updater.slots.lazy.map(\.parameter))
  }

  /// Validates, records the epoch, and saves what is to be saved.
  private func finishEpoch(_ validation: Loader?, isLast: Bool) throws(TrainingError) {
    let clock = ContinuousClock()
    let begun = clock.now
    if stopsWhenNotFinite { try checkWeights() }
    let measured: Evaluation? =
      if let validation { try evaluate(validation, interruptible: true) } else { nil }
    if stopsWhenNotFinite, let measured, let validation { try check(measured, of: validation) }
    let record = EpochRecord(
      epoch: run.epoch + 1, trainingLoss: run.lossSum / Double(run.samples),
      trainingMetrics: metrics.map(MetricValue.init), validationLoss: measured?.loss,
      validationMetrics: measured?.metrics ?? [], learningRate: run.learningRate,
      seconds: run.seconds + (clock.now - begun) / .seconds(1))
    history.epochs.append(record)
    run.epoch += 1
    (run.batch, run.lossSum, run.samples, run.seconds) = (0, 0, 0, 0)
    for index in metrics.indices { metrics[index].reset() }
    for callback in callbacks { try callback.epochEnded(record, self) }
    try saveEpoch(record, isLast: isLast || stopReason != nil)
  }

  /// Whether the last batch of an epoch is a single sample that a batch normalisation could not learn from: it is left out
  /// then, another one in each epoch.
  package func leavesOutSingle(of count: Int, _ batchSize: Int) -> Bool {
    func normalizesBatches(_ module: any Module) -> Bool {
      module is BatchNorm
        || module.members.list.contains { part in
          guard let inner = part.member as? any Module else { return false }
          return normalizesBatches(inner)
        }
    }
    return count > batchSize && count % batchSize == 1 && normalizesBatches(model)
  }

  static func validationLoader(_ dataset: any Dataset, _ batchSize: Int) -> Loader {
    Loader(dataset, batchSize: batchSize, prefetch: prefetch(dataset, batchSize, augmented: false))
  }

  /// Batches that are quickly made are made when they are wanted: another thread would only cost time.
  private static func prefetch(_ dataset: any Dataset, _ batchSize: Int, augmented: Bool) -> Int {
    guard dataset is ArrayDataset || dataset is Subset, !augmented, dataset.count > 0 else { return 2 }
    return dataset.inputs(at: [0]).count * batchSize < 50_000 ? 0 : 2
  }
}

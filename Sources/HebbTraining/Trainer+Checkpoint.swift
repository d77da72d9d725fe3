import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

extension Trainer {
  /// Saves everything that the next step depends on: weights, the optimiser's state, gradients that wait, averages, the
  /// position in the epoch, sums, counters and the history. The file is written whole or not at all.
  public func saveCheckpoint(to path: String) throws(TrainingError) {
    if stopsWhenNotFinite { try checkWeights() }
    var tensors = model.namedParameters.map { (name: "model.\($0.name)", value: $0.parameter.value) }
    for slot in updater.slots {
      guard let state = slot.state else { continue }
      for (name, array) in zip(updater.optimizer.stateNames, state.arrays) {
        tensors.append(("optimizer.\(name).\(slot.name)", array))
      }
      if !state.numbers.isEmpty { tensors.append(("numbers.\(slot.name)", NDArray(state.numbers))) }
    }
    for (slot, array) in zip(updater.slots, averages) { tensors.append(("average.\(slot.name)", array)) }
    for (parameter, gradient) in zip(waiting.parameters, waiting.values) {
      guard let slot = updater.slots.first(where: { $0.parameter === parameter }) else { continue }
      tensors.append(("waiting.\(slot.name)", gradient))
    }
    let record = CheckpointRecord(
      run: run, step: updater.step, settings: settings, metricSums: metrics.map(\.sums),
      callbacks: callbacks.map(\.state), history: history, stopReason: stopReason)
    let file = SafetensorsFile(
      tensors: tensors, metadata: ["format": Checkpoint.format, "run": record.json.description])
    do throws(DataError) { try file.write(to: path) } catch {
      throw .checkpoint(CheckpointError(path: path, problem: .file(error)))
    }
    lastCheckpoint = path
  }

  /// Goes back to where a checkpoint was saved. The next ``fit(_:validation:epochs:)`` with the same data goes on from
  /// there, and gives the same bits as a run that was never stopped.
  ///
  /// The trainer must have been made like the one that saved: the same model, optimiser, seed, metrics and callbacks.
  /// If anything is wrong nothing is changed.
  public func resume(from path: String) throws(TrainingError) {
    do throws(CheckpointError) { try restore(Checkpoint(reading: path)) } catch { throw .checkpoint(error) }
    lastCheckpoint = path
  }

  private func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let record = checkpoint.record
    for (name, now) in settings {
      try checkpoint.check(name, record.settings.first { $0.name == name }?.value ?? "none", now)
    }
    try checkpoint.check("metrics", "\(record.metricSums.count)", "\(metrics.count)")
    for (metric, sums) in zip(metrics, record.metricSums) where !metric.accepts(sums) {
      throw checkpoint.damage("the \(sums.count) sums of the metric \(metric.name) cannot be")
    }
    try checkpoint.check("callbacks", "\(record.callbacks.count)", "\(callbacks.count)")
    var slots = updater.slots
    var newWaiting = Gradients()
    var newAverages: [NDArray] = []
    for index in slots.indices {
      slots[index].state = try checkpoint.state(of: slots[index], updater.optimizer)
      if average != nil, let value = try checkpoint.array("average.", slots[index]) { newAverages.append(value) }
    }
    for (name, value) in checkpoint.part("waiting.") {
      guard let slot = slots.first(where: { $0.name == name }), slot.parameter.shape == value.shape else {
        throw checkpoint.damage("waiting gradients do not fit the model")
      }
      try checkpoint.checkElements("waiting." + name, value, of: slot.parameter)
      newWaiting[slot.parameter] = value
    }
    guard newAverages.isEmpty || newAverages.count == slots.count else {
      throw checkpoint.damage("some averages are missing")
    }
    try checkpoint.loadWeights(into: model)
    (updater.slots, updater.step, waiting, averages) = (slots, record.step, newWaiting, newAverages)
    (run, history, resumedStopReason) = (record.run, record.history, record.stopReason)
    for (index, sums) in record.metricSums.enumerated() { metrics[index].sums = sums }
    for (index, state) in record.callbacks.enumerated() { callbacks[index].state = state }
    resumedSettings = record.settings
  }

  /// What a run must keep from its beginning to its end.
  private var settings: [(name: String, value: String)] {
    [
      ("optimizer", updater.optimizer.name), ("seed", String(seed)), ("batches per step", String(batchesPerStep)),
    ] + dataSettings
  }

  /// Where a checkpoint was read: stops where the data are not those that the run was begun with.
  func begin(with train: Loader) throws(TrainingError) {
    dataSettings = [("samples", String(train.dataset.count)), ("batch size", String(train.batchSize))]
    guard let resumed = resumedSettings, let path = lastCheckpoint else { return }
    for (name, now) in dataSettings {
      guard let inFile = resumed.first(where: { $0.name == name })?.value, inFile != now else { continue }
      throw .checkpoint(CheckpointError(path: path, problem: .setting(name, inFile: inFile, now: now)))
    }
    guard run.batch <= train.batchCount else {
      let (inFile, now) = (String(run.batch), String(train.batchCount))
      throw .checkpoint(
        CheckpointError(path: path, problem: .setting("batches of an epoch", inFile: inFile, now: now)))
    }
    resumedSettings = nil
  }
}

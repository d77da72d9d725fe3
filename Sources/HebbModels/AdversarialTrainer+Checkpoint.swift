import HebbArrays
import HebbData
import HebbLayers
import HebbTraining

extension AdversarialTrainer {
  private static let format = "hebb adversarial checkpoint 1"

  /// Saves all that the next step depends on, whole or not at all.
  public func saveCheckpoint(to path: String) throws(CheckpointError) {
    var tensors: [(name: String, value: NDArray)] = []
    for (part, network, updater) in parts {
      tensors += network.namedParameters.map { ("\(part).\($0.name)", $0.parameter.value) }
      tensors += updater.state.arrays.map { ("optimizer.\(part).\($0.name)", $0.value) }
    }
    for (parameter, value) in zip(generator.namedParameters, averages) {
      tensors.append(("average.\(parameter.name)", value))
    }
    let members: [JSON.Member] = [
      .init("epoch", .integer(run.epoch)), .init("batch", .integer(run.batch)), .init("step", .integer(run.step)),
      .init("steps", .array([generatorUpdater.step, discriminatorUpdater.step].map { .integer($0) })),
      .init("sums", .array([run.discriminatorSum, run.generatorSum, run.seconds].map { .number($0) })),
      .init("generatorSteps", .integer(run.generatorSteps)), .init("samples", .integer(run.samples)),
      .init(
        "epochs",
        .array(
          epochs.map { record in
            .array([record.discriminatorLoss, record.generatorLoss, record.seconds].map { .number($0) })
          })),
      .init("settings", .object(settings.map { .init($0.name, .string($0.value)) })),
    ]
    let metadata = ["format": AdversarialTrainer.format, "run": JSON.object(members).description]
    do throws(DataError) { try SafetensorsFile(tensors: tensors, metadata: metadata).write(to: path) } catch {
      throw CheckpointError(path: path, problem: .file(error))
    }
  }

  /// Goes back to where a checkpoint was saved; the next `fit` with the same data goes on from there. If anything is wrong
  /// nothing is changed.
  public func resume(from path: String) throws(CheckpointError) {
    do throws(DataError) { try restore(path) } catch { throw CheckpointError(path: path, problem: .file(error)) }
  }

  private func restore(_ path: String) throws(DataError) {
    let file = try SafetensorsFile(reading: path)
    guard file.metadata["format"] == AdversarialTrainer.format, let text = file.metadata["run"] else {
      throw DataError(path, "it is no checkpoint of an adversarial training", advice: "give a file that training saved")
    }
    let json = try JSON(parsing: Array(text.utf8), file: path, part: "run")
    let damage = DataError(path, at: "header", "the state of the run is damaged", advice: "begin a new run")
    let sums = (json["sums"]?.elements ?? []).compactMap(\.numberOrNaN)
    let steps = (json["steps"]?.elements ?? []).compactMap(\.integer)
    guard let epoch = json["epoch"]?.integer, let batch = json["batch"]?.integer, let step = json["step"]?.integer,
      let generatorSteps = json["generatorSteps"]?.integer, let samples = json["samples"]?.integer, sums.count == 3,
      steps.count == 2, min(epoch, batch, step, generatorSteps, samples) >= 0, let saved = json["settings"]?.members
    else { throw damage }
    for (name, now) in settings {
      let found = saved.first { $0.name == name }?.value.string ?? "none"
      guard found == now || name.hasPrefix("data ") else {
        throw DataError(path, "the run was begun with \(name) \(found), not \(now)", advice: "begin a new run")
      }
    }
    let values = Dictionary(file.tensors.map { ($0.name, $0.value) }) { first, _ in first }
    var updaters = (generatorUpdater, discriminatorUpdater)
    guard updaters.0.restore(step: steps[0], arrays: AdversarialTrainer.part("optimizer.generator.", values)),
      updaters.1.restore(step: steps[1], arrays: AdversarialTrainer.part("optimizer.discriminator.", values))
    else { throw damage }
    let averaged = AdversarialTrainer.part("average.", values)
    let newAverages = generator.namedParameters.compactMap { averaged[$0.name] }
    guard newAverages.map(\.shape) == (averaged.isEmpty ? [] : generator.parameters.map(\.value.shape)),
      newAverages.allSatisfy({ $0.dtype == .float32 })
    else { throw damage }
    let old = generator.parameters.map(\.value)
    do throws(ValueError) {
      try generator.load(AdversarialTrainer.part("generator.", values))
      try discriminator.load(AdversarialTrainer.part("discriminator.", values))
    } catch {
      for (parameter, value) in zip(generator.parameters, old) { parameter.value = value }
      throw DataError(path, "\(error)", advice: "resume it with the same network")
    }
    (generatorUpdater, discriminatorUpdater, averages) = (updaters.0, updaters.1, newAverages)
    run = AdversarialState(
      epoch: epoch, batch: batch, step: step, discriminatorSum: sums[0], generatorSum: sums[1],
      generatorSteps: generatorSteps, samples: samples, seconds: sums[2])
    epochs = (json["epochs"]?.elements ?? []).enumerated().map { index, record in
      let numbers = (record.elements ?? []).map { $0.numberOrNaN ?? .nan }
      return AdversarialEpoch(
        epoch: index + 1, discriminatorLoss: numbers.first ?? .nan,
        generatorLoss: numbers.dropFirst().first ?? .nan, seconds: numbers.dropFirst(2).first ?? 0)
    }
    resumedData = saved.filter { $0.name.hasPrefix("data ") }.map { ($0.name, $0.value.string ?? "") }
  }

  /// Saves the run where the plan says.
  func save() throws(TrainingError) {
    guard let plan = checkpoints else { return }
    do throws(CheckpointError) { try saveCheckpoint(to: plan.path) } catch { throw .checkpoint(error) }
  }

  /// Stops where the data are not those that a resumed run was begun with.
  func begin(with loader: Loader) throws(TrainingError) {
    dataSettings = [
      ("data samples", String(loader.dataset.count)), ("data batch size", String(loader.batchSize)),
    ]
    for (name, now) in dataSettings {
      guard let inFile = resumedData.first(where: { $0.name == name })?.value, inFile != now else { continue }
      throw .checkpoint(
        CheckpointError(path: checkpoints?.path ?? "the checkpoint", problem: .setting(name, inFile: inFile, now: now)))
    }
    resumedData = []
  }

  private var parts: [(name: String, network: any Layer, updater: Updater)] {
    [("generator", generator, generatorUpdater), ("discriminator", discriminator, discriminatorUpdater)]
  }

  /// What a run must keep from its beginning to its end.
  private var settings: [(name: String, value: String)] {
    [
      ("objective", objective.name), ("noise", String(noise)), ("classes", String(classes)), ("seed", String(seed)),
      ("average", average.map { "\($0.decay)" } ?? "none"),
      ("optimizers", "\(generatorUpdater.optimizer.name) \(discriminatorUpdater.optimizer.name)"),
    ] + dataSettings
  }

  /// The arrays whose names begin with `prefix`, without it.
  private static func part(_ prefix: String, _ values: [String: NDArray]) -> [String: NDArray] {
    var found: [String: NDArray] = [:]
    for (name, value) in values where name.hasPrefix(prefix) { found[String(name.dropFirst(prefix.count))] = value }
    return found
  }
}

import HebbArrays

/// All of a run that a checkpoint holds beside its arrays, and its form as text.
struct CheckpointRecord {
  var run: RunState
  var step: Int
  var settings: [(name: String, value: String)]
  var metricSums: [[Double]]
  var callbacks: [[String: Double]]
  var history: History
  var stopReason: String?

  init(
    run: RunState, step: Int, settings: [(name: String, value: String)], metricSums: [[Double]],
    callbacks: [[String: Double]], history: History, stopReason: String?
  ) {
    (self.run, self.step, self.settings, self.metricSums) = (run, step, settings, metricSums)
    (self.callbacks, self.history, self.stopReason) = (callbacks, history, stopReason)
  }

  var json: JSON {
    .object([
      .init("epoch", .integer(run.epoch)), .init("batch", .integer(run.batch)), .init("batches", .integer(run.batches)),
      .init("step", .integer(step)), .init("waiting", .integer(run.waiting)), .init("lossSum", .number(run.lossSum)),
      .init("samples", .integer(run.samples)), .init("seconds", .number(run.seconds)),
      .init("rateFactor", .number(run.rateFactor)),
      .init("learningRate", .number(run.learningRate)), .init("best", run.best?.json ?? .null),
      .init("settings", .object(settings.map { .init($0.name, .string($0.value)) })),
      .init("metrics", .array(metricSums.map { .array($0.map { .number($0) }) })),
      .init(
        "callbacks",
        .array(
          callbacks.map { state in
            .object(state.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value)) })
          })),
      .init("history", history.json), .init("stopReason", stopReason.map { .string($0) } ?? .null),
    ])
  }

  /// More steps than any run makes, and few enough to be added up.
  private static let countLimit = 1 << 48

  /// Nil where the text is not that of a run.
  init?(_ json: JSON) {
    guard let epoch = json["epoch"]?.integer, let batch = json["batch"]?.integer,
      let batches = json["batches"]?.integer, let step = json["step"]?.integer, let waiting = json["waiting"]?.integer,
      let lossSum = json["lossSum"]?.numberOrNaN, let samples = json["samples"]?.integer,
      let seconds = json["seconds"]?.double, let rateFactor = json["rateFactor"]?.double,
      let learningRate = json["learningRate"]?.double,
      let settings = json["settings"]?.members, let metrics = json["metrics"]?.elements,
      let callbacks = json["callbacks"]?.elements, let history = json["history"].flatMap(History.init),
      [epoch, batch, batches, step, waiting, samples].allSatisfy((0...CheckpointRecord.countLimit).contains),
      seconds >= 0, rateFactor > 0, learningRate >= 0, seconds.isFinite, rateFactor.isFinite, learningRate.isFinite
    else { return nil }
    run = RunState(
      epoch: epoch, batch: batch, batches: batches, waiting: waiting, lossSum: lossSum, samples: samples,
      seconds: seconds, learningRate: learningRate, rateFactor: rateFactor, best: json["best"].flatMap(EpochRecord.init)
    )
    self.step = step
    self.settings = settings.map { ($0.name, $0.value.string ?? "") }
    metricSums = metrics.map { ($0.elements ?? []).map { $0.numberOrNaN ?? .nan } }
    self.callbacks = callbacks.map { state in
      Dictionary((state.members ?? []).map { ($0.name, $0.value.numberOrNaN ?? .nan) }) { first, _ in first }
    }
    self.history = history
    stopReason = json["stopReason"]?.string
  }
}

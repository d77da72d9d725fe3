import HebbArrays
import HebbRuns
import HebbTraining

/// `run.json`: what was run, whether it is running, finished, interrupted or failed, and what came out.
package struct RunRecord {
  package let json: JSON

  package init(
    _ plan: TrainingPlan, status: String, reason: String? = nil, history: History? = nil, result: TestResult? = nil
  ) {
    var members: [JSON.Member] = [.init("status", .string(status)), .init("plan", plan.json)]
    if let reason { members.insert(.init("reason", .string(reason)), at: 1) }
    if let result { members.append(.init("test", RunRecord.test(result))) }
    if let history { members.append(.init("epochs", .array(history.epochs.map(RunRecord.epoch)))) }
    json = .object(members)
  }

  /// Writes the file.
  package func write(to folder: RunFolder) throws(DataError) {
    try AtomicFile.write(Array((json.description + "\n").utf8), to: folder.description)
  }

  /// What `--json` prints.
  package static func summary(_ result: TestResult, _ history: History, folder: String) -> JSON {
    .object([
      .init("run", .string(folder)), .init("epochs", .integer(history.epochs.count)),
      .init("seconds", .number(history.epochs.reduce(0) { $0 + $1.seconds })), .init("test", test(result)),
    ])
  }

  package static func test(_ result: TestResult) -> JSON {
    var members: [JSON.Member] = [.init("samples", .integer(result.samples)), .init("loss", .number(result.loss))]
    members += result.metrics.map { .init($0.name, .number($0.value)) }
    if let confusion = result.confusion {
      members.append(.init("accuracy", .number(confusion.accuracy)))
      members.append(.init("classes", .array(confusion.classNames.map { .string($0) })))
      members.append(.init("confusion", .array(confusion.rows.map { .array($0.map { .integer($0) }) })))
    }
    return .object(members)
  }

  private static func epoch(_ record: EpochRecord) -> JSON {
    func values(_ metrics: [MetricValue]) -> JSON { .object(metrics.map { .init($0.name, .number($0.value)) }) }
    return .object([
      .init("epoch", .integer(record.epoch)), .init("loss", .number(record.trainingLoss)),
      .init("metrics", values(record.trainingMetrics)),
      .init("validationLoss", record.validationLoss.map { .number($0) } ?? .null),
      .init("validationMetrics", values(record.validationMetrics)),
      .init("learningRate", .number(record.learningRate)), .init("seconds", .number(record.seconds)),
    ])
  }
}

/// Which number of an epoch decides: when to stop, when to lower the rate, which weights to keep.
public enum Measure: Sendable, Hashable {
  /// The mean loss over the samples of the epoch.
  case trainingLoss
  /// The training loss where there is no validation set.
  case validationLoss
  /// A metric on the validation set, by name; on the training set where there is none.
  case metric(String)

  /// The measure's number; nil where the epoch has no metric of that name.
  public func value(of record: EpochRecord) -> Double? {
    switch self {
    case .trainingLoss: record.trainingLoss
    case .validationLoss: record.validationLoss ?? record.trainingLoss
    case .metric(let name): metric(name, of: record)?.value
    }
  }

  /// The measure's number, which the epoch must have.
  func required(of record: EpochRecord) -> Double {
    guard let value = value(of: record) else {
      let names = (record.validationMetrics + record.trainingMetrics).map(\.name)
      fatalError("\(self) is not measured, only \(names): give it to the trainer's metrics")
    }
    return value
  }

  /// Whether one epoch is better than another by this measure.
  public func isBetter(_ record: EpochRecord, than other: EpochRecord) -> Bool {
    guard let new = value(of: record), let old = value(of: other) else { return false }
    return isLargerBetter(in: record) ? new > old : new < old
  }

  func isLargerBetter(in record: EpochRecord) -> Bool {
    guard case .metric(let name) = self else { return false }
    return metric(name, of: record)?.higherIsBetter ?? true
  }

  private func metric(_ name: String, of record: EpochRecord) -> MetricValue? {
    let metrics = record.validationMetrics.isEmpty ? record.trainingMetrics : record.validationMetrics
    return metrics.first { $0.name == name }
  }
}

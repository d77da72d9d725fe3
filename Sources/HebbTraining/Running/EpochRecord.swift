/// What an epoch of training came to.
public struct EpochRecord: Sendable, Hashable {
  /// Counted from 1.
  public let epoch: Int
  /// The mean loss over the samples of the epoch, each measured before its batch changed the weights.
  public let trainingLoss: Double
  /// Over the samples of the epoch, each measured before its batch changed the weights.
  public let trainingMetrics: [MetricValue]
  /// The mean loss over the validation set after the epoch; nil where there is none.
  public let validationLoss: Double?
  /// Over the validation set after the epoch; empty where there is none.
  public let validationMetrics: [MetricValue]
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
  /// Training and validation together.
  public let seconds: Double

  /// An epoch from its numbers.
  ///
  /// - Parameters:
  ///   - epoch: counted from 1.
  ///   - trainingLoss: the mean over its samples.
  ///   - trainingMetrics: measured as it went.
  ///   - validationLoss: nil without a validation set.
  ///   - validationMetrics: measured after it.
  ///   - learningRate: of its last step.
  ///   - seconds: that it took.
  public init(
    epoch: Int, trainingLoss: Double, trainingMetrics: [MetricValue] = [], validationLoss: Double? = nil,
    validationMetrics: [MetricValue] = [], learningRate: Double, seconds: Double = 0
  ) {
    (self.epoch, self.trainingLoss, self.trainingMetrics) = (epoch, trainingLoss, trainingMetrics)
    (self.validationLoss, self.validationMetrics) = (validationLoss, validationMetrics)
    (self.learningRate, self.seconds) = (learningRate, seconds)
  }
}

/// The epochs of a run, in order.
public struct History: Sendable, Hashable {
  /// From the first on.
  public internal(set) var epochs: [EpochRecord]

  /// Epochs in order.
  public init(_ epochs: [EpochRecord] = []) { self.epochs = epochs }

  /// The latest epoch; nil where there is none.
  public var last: EpochRecord? { epochs.last }

  /// The same without seconds, which differ from run to run: in files that are to be equal for equal trainings.
  public var withoutTimes: History {
    History(
      epochs.map { epoch in
        EpochRecord(
          epoch: epoch.epoch, trainingLoss: epoch.trainingLoss, trainingMetrics: epoch.trainingMetrics,
          validationLoss: epoch.validationLoss, validationMetrics: epoch.validationMetrics,
          learningRate: epoch.learningRate)
      })
  }

  /// The epoch that was best by a measure: the first of equals. Nil where no epoch has it.
  public func best(by measure: Measure) -> EpochRecord? {
    epochs.filter { measure.value(of: $0)?.isNaN == false }.min { measure.isBetter($0, than: $1) }
  }
}

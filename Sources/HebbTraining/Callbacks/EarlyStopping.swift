import HebbArrays

/// Ends a run when a measure has not improved for some epochs.
///
///     trainer.callbacks.append(EarlyStopping(patience: 5))
///     try trainer.fit(…)
///     try trainer.restoreBest()          // where checkpoints are kept
public final class EarlyStopping: Callback {
  /// What is watched.
  public let measure: Measure
  /// How many epochs without improvement are waited for.
  public let patience: Int
  /// What counts as an improvement: more than this.
  public let minimumChange: Double
  /// The best value so far, and the epoch that had it.
  public private(set) var best: (value: Double, epoch: Int)?
  private var waited = 0

  /// Watches a measure, which every epoch must have.
  ///
  /// - Parameters:
  ///   - measure: smaller losses and better metrics count as better.
  ///   - patience: how many epochs without improvement are waited for, 1 or more.
  ///   - minimumChange: an improvement is larger than this, 0 or more.
  public init(_ measure: Measure = .validationLoss, patience: Int = 5, minimumChange: Double = 0) {
    require(patience > 0 && minimumChange >= 0, "early stopping after \(patience) epochs cannot be")
    (self.measure, self.patience, self.minimumChange) = (measure, patience, minimumChange)
  }

  public var state: [String: Double] {
    get {
      guard let best else { return ["waited": Double(waited)] }
      return ["waited": Double(waited), "best": best.value, "epoch": Double(best.epoch)]
    }
    set {
      waited = newValue["waited"].flatMap { Int(exactly: $0) } ?? 0
      best = nil
      if let value = newValue["best"], let epoch = newValue["epoch"].flatMap({ Int(exactly: $0) }) {
        best = (value, epoch)
      }
    }
  }

  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {
    let value = measure.required(of: record)
    let gain = best.map { measure.isLargerBetter(in: record) ? value - $0.value : $0.value - value } ?? .infinity
    if gain > minimumChange, !value.isNaN {
      best = (value, record.epoch)
      waited = 0
      return
    }
    waited += 1
    guard waited >= patience, let best else { return }
    trainer.stop("no improvement for \(PlainNumber.count(patience, "epoch")): the best was epoch \(best.epoch)")
  }
}

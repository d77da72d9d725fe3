import HebbArrays

/// Lowers the learning rate when a measure has not improved for some epochs.
///
/// - Source: PyTorch's `ReduceLROnPlateau`, with a threshold relative to the best value; where that is negative, an
///   improvement is one here too.
public final class ReduceOnPlateau: Callback {
  /// What is watched.
  public let measure: Measure
  /// The rate is multiplied by this.
  public let factor: Double
  /// How many epochs without improvement are borne.
  public let patience: Int
  /// What counts as an improvement: more than this share of the best value.
  public let threshold: Double
  /// How many epochs after a reduction are not counted.
  public let cooldown: Int
  /// The rate does not fall below this share of the schedule's.
  public let minimumFactor: Double
  private var best: Double?
  private var waited = 0
  private var cooling = 0
  private var total = 1.0

  /// Watches a measure, which every epoch must have.
  ///
  /// - Parameters:
  ///   - measure: smaller losses and better metrics count as better.
  ///   - factor: what the rate is multiplied by, between 0 and 1.
  ///   - patience: how many epochs without improvement are borne, 0 or more.
  ///   - threshold: an improvement is larger than this share of the best value.
  ///   - cooldown: how many epochs after a reduction are not counted.
  ///   - minimumFactor: the rate does not fall below this share of the schedule's.
  public init(
    _ measure: Measure = .validationLoss, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, minimumFactor: Double = 0
  ) {
    require(
      factor > 0 && factor < 1, "ReduceOnPlateau: the rate is multiplied by a number between 0 and 1, not by \(factor)")
    require(
      patience >= 0 && cooldown >= 0 && threshold >= 0 && (0...1).contains(minimumFactor),
      "ReduceOnPlateau: patience \(patience), cooldown \(cooldown), threshold \(threshold) and minimumFactor "
        + "\(minimumFactor) must not be negative, the last at most 1")
    (self.measure, self.factor, self.patience) = (measure, factor, patience)
    (self.threshold, self.cooldown, self.minimumFactor) = (threshold, cooldown, minimumFactor)
  }

  public var state: [String: Double] {
    get {
      var state = ["waited": Double(waited), "cooling": Double(cooling), "total": total]
      state["best"] = best
      return state
    }
    set {
      waited = newValue["waited"].flatMap { Int(exactly: $0) } ?? 0
      cooling = newValue["cooling"].flatMap { Int(exactly: $0) } ?? 0
      total = newValue["total"] ?? 1
      best = newValue["best"]
    }
  }

  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {
    let value = measure.required(of: record)
    if isImprovement(value, larger: measure.isLargerBetter(in: record)) {
      best = value
      waited = 0
    } else {
      waited += 1
    }
    if cooling > 0 {
      cooling -= 1
      waited = 0
    }
    guard waited > patience else { return }
    (waited, cooling) = (0, cooldown)
    let lowered = max(total * factor, minimumFactor)
    trainer.multiplyRate(by: lowered / total)
    total = lowered
  }

  private func isImprovement(_ value: Double, larger: Bool) -> Bool {
    guard let best else { return !value.isNaN }
    let least = threshold * best.magnitude
    return larger ? value > best + least : value < best - least
  }
}

/// What the training and validation curves say of a run, and what to try next.
///
///     print(trainer.history.diagnosis)
public struct CurveDiagnosis: Sendable, Hashable, CustomStringConvertible {
  /// The state of a run in a word.
  public enum Verdict: Sendable, Hashable, CustomStringConvertible {
    /// Fewer epochs than a judgement needs.
    case tooEarly
    /// Both losses still fall.
    case learning
    /// The training loss falls, the validation loss no longer does, from this epoch on.
    case stalled(since: Int)
    /// Both losses are high and close to one another, and hardly fall.
    case underfitting
    /// The training loss falls while the validation loss rises or stays far above it, from this epoch on.
    case overfitting(since: Int)
    /// The losses hardly change any more, and are close.
    case converged

    /// In a word or two: "underfitting", "overfitting since 4".
    public var description: String {
      switch self {
      case .tooEarly: "too early"
      case .learning: "learning"
      case .stalled(let epoch): "stalled since \(epoch)"
      case .underfitting: "underfitting"
      case .overfitting(let epoch): "overfitting since \(epoch)"
      case .converged: "converged"
      }
    }
  }

  /// In a word.
  public let verdict: Verdict
  /// What was seen, in one sentence.
  public let description: String
  /// What to try, the most promising first.
  public let advice: [String]
}

extension History {
  /// The state of the run after its last epoch.
  ///
  /// A loss is high while it is above 0.7 times that of the first epoch, or while an accuracy is below 0.7. Losses are
  /// close within a tenth, and far apart where validation is more than twice training. A loss hardly falls where the
  /// last three epochs gained less than 1 % on the lowest before; of three epochs in all, where it does not fall. The validation loss rises where the mean of the last two epochs is above its
  /// lowest by a twentieth, and by more than it goes up and down from epoch to epoch; that is overfitting where it is
  /// above the training loss by a quarter, too.
  public var diagnosis: CurveDiagnosis {
    guard let first = epochs.first, let last = epochs.last, epochs.count >= 3 else {
      return CurveDiagnosis(
        verdict: .tooEarly, description: "After \(PlainNumber.count(epochs.count, "epoch")) it is too early to judge.",
        advice: [])
    }
    if let since = overfittingBegan { return .overfitting(since: since, last) }
    let validation = last.validationLoss ?? last.trainingLoss
    let isClose = validation - last.trainingLoss <= 0.1 * validation.magnitude
    guard hardlyFalls(\.trainingLoss) else {
      if let since = stallBegan, validation > last.trainingLoss { return .stalled(since: since, last) }
      return CurveDiagnosis(
        verdict: .learning, description: "The losses still fall: the network is still learning.",
        advice: ["Train for more epochs."])
    }
    let accuracy = last.trainingMetrics.first { $0.name == "accuracy" }?.value
    let isHigh = accuracy.map { $0 < 0.7 } ?? (last.trainingLoss > 0.7 * first.trainingLoss)
    return isHigh && isClose ? .underfitting(last) : .converged(last)
  }

  /// The first epoch after the best one for validation, where the run overfits.
  private var overfittingBegan: Int? {
    guard let last = epochs.last, let lastValidation = last.validationLoss,
      let best = best(by: .validationLoss), let lowest = best.validationLoss
    else { return nil }
    let hasGap = lastValidation - last.trainingLoss > 0.25 * last.trainingLoss.magnitude
    let rise = (validationLosses.suffix(2).reduce(0, +) / 2) - lowest
    if last.epoch - best.epoch >= 2, last.trainingLoss < best.trainingLoss, hasGap,
      rise > max(0.05 * lowest.magnitude, noise)
    {
      return best.epoch + 1
    }
    let isFar: (EpochRecord) -> Bool = { ($0.validationLoss ?? 0) > 2 * $0.trainingLoss }
    guard isFar(last), hardlyFalls({ $0.validationLoss ?? $0.trainingLoss }) else { return nil }
    return (epochs.lastIndex { !isFar($0) }.map { epochs[$0].epoch } ?? 0) + 1
  }

  private var validationLosses: [Double] { epochs.compactMap(\.validationLoss) }

  /// By how much the validation loss changes from one epoch to the next, on average of the last three changes.
  private var noise: Double {
    let recent = validationLosses.suffix(4)
    let changes = zip(recent, recent.dropFirst()).map { abs($1 - $0) }
    return changes.isEmpty ? 0 : changes.reduce(0, +) / Double(changes.count)
  }

  /// The epoch from which on the validation loss has not fallen by 1 %, where that is three epochs ago or more.
  private var stallBegan: Int? {
    guard let last = epochs.last, last.validationLoss != nil, let lowest = validationLosses.min(),
      let reached = epochs.first(where: { ($0.validationLoss ?? .infinity) <= lowest + 0.01 * lowest.magnitude }),
      last.epoch - reached.epoch >= 3
    else { return nil }
    return reached.epoch + 1
  }

  private func hardlyFalls(_ loss: (EpochRecord) -> Double) -> Bool {
    let recent = min(3, epochs.count - 1)
    guard let last = epochs.last, let before = epochs.dropLast(recent).map(loss).min() else { return false }
    return before - loss(last) <= (recent == 3 ? 0.01 : 0) * before.magnitude
  }
}

extension CurveDiagnosis {
  fileprivate static func overfitting(since epoch: Int, _ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .overfitting(since: epoch),
      description: "Overfitting since epoch \(epoch): the training loss is \(PlainNumber.short(last.trainingLoss)), "
        + "the validation loss \(PlainNumber.short(last.validationLoss ?? .nan)).",
      advice: [
        "Keep the weights of epoch \(epoch - 1), by early stopping or the best checkpoint.",
        "Add training data, or augment what there is.", "Add dropout or weight decay.", "Use a smaller network.",
      ])
  }

  fileprivate static func stalled(since epoch: Int, _ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .stalled(since: epoch),
      description:
        "Since epoch \(epoch) only the training loss has fallen, to \(PlainNumber.short(last.trainingLoss)); "
        + "the validation loss is \(PlainNumber.short(last.validationLoss ?? .nan)): more epochs would open a gap.",
      advice: [
        "Add training data, or augment what there is.", "Add dropout or weight decay.",
        "Lower the learning rate, or stop here.",
      ])
  }

  fileprivate static func underfitting(_ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .underfitting,
      description:
        "Underfitting: the training loss stays at \(PlainNumber.short(last.trainingLoss)), and validation does "
        + "no worse.",
      advice: [
        "Try another learning rate: the range test suggests one.", "Use a larger network.",
        "Reduce dropout and weight decay.", "Check inputs and labels: look at a few samples.",
      ])
  }

  fileprivate static func converged(_ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .converged,
      description: "Converged: the losses hardly change, with training at \(PlainNumber.short(last.trainingLoss)).",
      advice: ["Stop here, or lower the learning rate for the last percent."])
  }
}

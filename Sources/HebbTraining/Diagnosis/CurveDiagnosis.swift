/// What the training and validation curves say of a run, and what to try next.
///
///     print(trainer.history.diagnosis)
public struct CurveDiagnosis: Sendable, Hashable, CustomStringConvertible {
  public enum Verdict: Sendable, Hashable {
    /// Fewer epochs than a judgement needs.
    case tooEarly
    /// Both losses still fall.
    case learning
    /// Both losses are high and close to one another, and hardly fall.
    case underfitting
    /// The training loss falls while the validation loss rises or stays far above it, from this epoch on.
    case overfitting(since: Int)
    /// The losses hardly change any more, and are close.
    case converged
  }

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
  /// last three epochs gained less than 1 %.
  public var diagnosis: CurveDiagnosis {
    guard let first = epochs.first, let last = epochs.last, epochs.count >= 3 else {
      return CurveDiagnosis(
        verdict: .tooEarly,
        description: "After \(epochs.count == 1 ? "1 epoch" : "\(epochs.count) epochs") it is too early to judge.",
        advice: [])
    }
    if let since = overfittingBegan { return .overfitting(since: since, last) }
    let validation = last.validationLoss ?? last.trainingLoss
    let isClose = validation - last.trainingLoss <= 0.1 * validation.magnitude
    guard hardlyFalls(\.trainingLoss) else {
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
    let isRising =
      last.epoch - best.epoch >= 2 && lastValidation > lowest + 0.03 * lowest.magnitude
      && last.trainingLoss < best.trainingLoss
    if isRising { return best.epoch + 1 }
    let isFar: (EpochRecord) -> Bool = { ($0.validationLoss ?? 0) > 2 * $0.trainingLoss }
    guard isFar(last), hardlyFalls({ $0.validationLoss ?? $0.trainingLoss }) else { return nil }
    return (epochs.lastIndex { !isFar($0) }.map { epochs[$0].epoch } ?? 0) + 1
  }

  private func hardlyFalls(_ loss: (EpochRecord) -> Double) -> Bool {
    guard let last = epochs.last, epochs.count >= 4 else { return false }
    let before = loss(epochs[epochs.count - 4])
    return before - loss(last) < 0.01 * before.magnitude
  }
}

extension CurveDiagnosis {
  fileprivate static func overfitting(since epoch: Int, _ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .overfitting(since: epoch),
      description: "Overfitting since epoch \(epoch): the training loss is \(NumberText.short(last.trainingLoss)), "
        + "the validation loss \(NumberText.short(last.validationLoss ?? .nan)).",
      advice: [
        "Keep the weights of epoch \(epoch - 1), by early stopping or the best checkpoint.",
        "Add training data, or augment what there is.", "Add dropout or weight decay.", "Use a smaller network.",
      ])
  }

  fileprivate static func underfitting(_ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .underfitting,
      description:
        "Underfitting: the training loss stays at \(NumberText.short(last.trainingLoss)), and validation does "
        + "no worse.",
      advice: [
        "Try another learning rate: the range test suggests one.", "Use a larger network.",
        "Reduce dropout and weight decay.", "Check inputs and labels: look at a few samples.",
      ])
  }

  fileprivate static func converged(_ last: EpochRecord) -> CurveDiagnosis {
    CurveDiagnosis(
      verdict: .converged,
      description: "Converged: the losses hardly change, with training at \(NumberText.short(last.trainingLoss)).",
      advice: ["Stop here, or lower the learning rate for the last percent."])
  }
}

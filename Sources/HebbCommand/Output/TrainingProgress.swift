import HebbPlots
import HebbTraining

/// Tells how training goes: a line an epoch, and in between, where somebody watches, a line that moves.
final class TrainingProgress: Callback {
  private let metric: String
  private let clock = ContinuousClock()
  private var shown: ContinuousClock.Instant?
  private var epochs = 0

  /// - Parameters:
  ///   - validation: what the validation samples are called.
  ///   - epochs: how many there are to be.
  init(validation: String, epochs: Int) {
    metric = validation
    self.epochs = epochs
  }

  func batchEnded(_ trainer: Trainer) {
    guard Console.isWatched, let progress = trainer.progress else { return }
    let now = clock.now
    if let shown, now - shown < .milliseconds(200) { return }
    shown = now
    let share = Double(progress.batch) / Double(max(progress.batchCount, 1))
    let filled = Int(share * 20)
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: 20 - filled)
    let left = share > 0 ? progress.seconds * (1 - share) / share : 0
    Console.progress(
      "epoch \(progress.epoch)/\(progress.epochs) \(bar) loss \(NumberText.fixed(progress.loss, places: 4))"
        + "  \(NumberFormat.time(left)) left")
  }

  func epochEnded(_ record: EpochRecord, _ trainer: Trainer) {
    Console.clearProgress()
    var text = "epoch \(String(record.epoch).padded(to: String(epochs).count, alignRight: true))/\(epochs)"
    text += "  loss \(NumberText.fixed(record.trainingLoss, places: 4))"
    if let accuracy = record.trainingMetrics.first { text += "  accuracy \(NumberFormat.percent(accuracy.value))" }
    if let loss = record.validationLoss { text += "  \(metric) loss \(NumberText.fixed(loss, places: 4))" }
    if let accuracy = record.validationMetrics.first { text += "  accuracy \(NumberFormat.percent(accuracy.value))" }
    Console.line(text + "  \(NumberFormat.time(record.seconds))")
  }
}

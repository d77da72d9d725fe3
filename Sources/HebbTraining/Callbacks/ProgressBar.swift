/// Shows how training goes, on standard error.
///
/// On a terminal a bar moves with loss, rate, samples a second and the time left in the epoch; in a file there is a
/// line for each epoch, and one every `interval` seconds in long ones.
public final class ProgressBar: Callback {
  /// How progress is shown.
  public enum Style: Sendable {
    /// A bar that moves, and a line behind each epoch.
    case bar
    /// Lines alone.
    case lines
    /// A bar on a terminal, else lines.
    case automatic
  }

  private let isBar: Bool
  private let interval: Double
  private let write: (String) -> Void
  private let clock = ContinuousClock()
  private var shown: ContinuousClock.Instant
  private var isLineOpen = false

  /// - Parameters:
  ///   - interval: seconds between two lines within an epoch, where there is no bar.
  ///   - write: takes the text; standard error unless given.
  public init(_ style: Style = .automatic, interval: Double = 60, write: ((String) -> Void)? = nil) {
    isBar = style == .bar || style == .automatic && Terminal.isInteractive
    self.interval = interval
    self.write = write ?? Terminal.write
    shown = clock.now
  }

  public func fitBegan(_ trainer: Trainer) throws(TrainingError) { shown = clock.now }

  public func batchEnded(_ trainer: Trainer) throws(TrainingError) {
    guard let progress = trainer.progress else { return }
    let now = clock.now
    guard (now - shown) / .seconds(1) >= (isBar ? 0.1 : interval) else { return }
    shown = now
    let metrics = trainer.metrics.map(MetricValue.init)
    if isBar {
      write("\r\u{1B}[K" + ProgressBar.line(progress, metrics, columns: Terminal.columns))
      isLineOpen = true
    } else {
      write(ProgressBar.line(progress, metrics, columns: nil) + "\n")
    }
  }

  public func epochEnded(_ record: EpochRecord, _ trainer: Trainer) throws(TrainingError) {
    closeLine()
    write(ProgressBar.line(record, epochs: trainer.progress?.epochs ?? record.epoch) + "\n")
    shown = clock.now
  }

  public func fitEnded(_ trainer: Trainer) {
    closeLine()
    if let reason = trainer.stopReason { write("stopped: \(reason)\n") }
  }

  private func closeLine() {
    if isLineOpen { write("\r\u{1B}[K") }
    isLineOpen = false
  }

  /// Where an epoch stands; with a bar as wide as the line allows where `columns` are given.
  static func line(_ progress: Progress, _ metrics: [MetricValue], columns: Int?) -> String {
    let part = Double(progress.batch) / Double(max(1, progress.batchCount))
    let speed = progress.seconds > 0 ? Double(progress.samples) / progress.seconds : 0
    let left = part > 0 ? progress.seconds / part * (1 - part) : .infinity
    let head = "epoch \(progress.epoch)/\(progress.epochs) "
    let percent = PlainNumber.fixed(part * 100, digits: 0)
    var parts = ["\(percent)%", "loss \(PlainNumber.fixed(progress.loss, digits: 4))"]
    parts += metrics.map { "\($0.name) \(PlainNumber.fixed($0.value, digits: 4))" }
    parts += ["rate \(PlainNumber.short(progress.learningRate))", "\(PlainNumber.fixed(speed, digits: 0))/s"]
    parts.append("\(PlainNumber.time(left)) left")
    let tail = parts.joined(separator: "  ")
    guard let columns else { return head + tail }
    let width = min(30, columns - 2 - head.count - tail.count - (3 - min(3, percent.count)))
    guard width >= 5 else { return String((head + tail).prefix(columns - 1)) }
    let filled = Int(part * Double(width))
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    return head + bar + String(repeating: " ", count: 4 - min(3, percent.count)) + tail
  }

  /// What an epoch came to.
  static func line(_ record: EpochRecord, epochs: Int) -> String {
    let number = String(record.epoch)
    let total = String(epochs)
    var parts = [
      "epoch \(String(repeating: " ", count: max(0, total.count - number.count)))\(number)/\(total)",
      "loss \(PlainNumber.fixed(record.trainingLoss, digits: 4))",
    ]
    parts += record.trainingMetrics.map { "\($0.name) \(PlainNumber.fixed($0.value, digits: 4))" }
    if let loss = record.validationLoss { parts.append("validation loss \(PlainNumber.fixed(loss, digits: 4))") }
    parts += record.validationMetrics.map { "validation \($0.name) \(PlainNumber.fixed($0.value, digits: 4))" }
    parts += ["rate \(PlainNumber.short(record.learningRate))", "\(PlainNumber.fixed(record.seconds, digits: 1)) s"]
    return parts.joined(separator: "  ")
  }
}

import HebbPlots
import HebbRules

/// Shows how far a rule is: a line that changes where somebody watches, else one every ten seconds.
final class RuleProgressLine {
  private let name: String
  private let clock = ContinuousClock()
  private var shown: ContinuousClock.Instant?

  init(_ name: String) { self.name = name }

  func show(_ done: RuleProgress) {
    let value = done.value.map { "  \(NumberText.short($0))" } ?? ""
    let text = "\(name) \(done.step) of \(done.steps)\(value)"
    if Console.isWatched { return Console.progress(text) }
    if let shown, clock.now - shown < .seconds(10) { return }
    shown = clock.now
    Console.error(text)
  }
}

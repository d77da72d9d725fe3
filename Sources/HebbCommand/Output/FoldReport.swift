import HebbArrays
import HebbPlots
import HebbTraining

/// What the folds of a cross-validation came to.
struct FoldReport {
  let scores: [Double]
  /// Whether scores are accuracies, else losses.
  let areShares: Bool

  func write(_ output: OutputOptions) {
    let mean = scores.reduce(0, +) / Double(scores.count)
    let spread = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)).squareRoot()
    if output.json {
      Console.line(
        JSON.object([
          .init(areShares ? "accuracy" : "loss", .number(mean)), .init("deviation", .number(spread)),
          .init("folds", .array(scores.map { .number($0) })),
        ]).description)
    } else if areShares {
      Console.line(
        "mean test accuracy \(NumberFormat.percent(mean)) ± \(NumberFormat.percent(spread)) over \(scores.count) folds")
    } else {
      Console.line("mean test loss \(NumberText.short(mean)) ± \(NumberText.short(spread)) over \(scores.count) folds")
    }
  }
}

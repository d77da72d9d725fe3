import HebbArrays
import HebbPlots
import HebbRecipes
import HebbRuns

/// A range test of the learning rate: a picture of the curve, and the rate at which the loss falls fastest.
struct RateRun {
  let plan: TrainingPlan
  let folder: RunFolder
  let output: OutputOptions

  func run() throws {
    let search = RateSearch(try TrainingSession(plan))
    try folder.create()
    try FigureFile.write(search.figure, to: folder.picture("rates"))
    let suggestion = search.curve.suggestion
    if output.json {
      return Console.line(
        JSON.object([
          .init("suggestion", suggestion.map { .number($0) } ?? .null),
          .init("rates", .array(search.curve.rates.map { .number($0) })),
          .init("losses", .array(search.curve.losses.map { .number($0) })),
        ]).description)
    }
    if let suggestion {
      let own = NumberText.short(plan.spec.training.learningRate)
      Console.line("suggested learning rate \(NumberText.short(suggestion)); \(plan.spec.name) has \(own)")
    } else {
      Console.line("the loss never fell: check the data and the loss, then the rate")
    }
    if !output.quiet { Console.line("picture   \(folder.picture("rates")).png") }
  }
}

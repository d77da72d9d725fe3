import Hebb
import HebbPlots
import HebbRuns

extension TaskRecipe {
  static let forecast = TaskRecipe(
    name: "forecast", summary: "what a series does next, with intervals; --data takes any table",
    data: "airline", kinds: [("linear", 100), ("gru", 40)], use: "hebb forecast RUN",
    options: [
      ("column", "name or number"), ("horizon", "steps ahead"), ("window", "values looked at"),
      ("season", "steps of a season"),
    ],
    own: "a CSV table with a line for each step; dates in its first column must be in order",
    prepare: { plan in try ForecastTraining(plan) })
}

/// Learns to forecast one series.
final class ForecastTraining: TaskTraining {
  private let data: ForecastData
  private let forecast: ForecastModel
  let trainer: Trainer

  init(_ plan: TaskPlan) throws(DataError) {
    let data = try ForecastData(plan)
    var random = Philox(seed: plan.seed)
    let network = ForecastModel(data, kind: plan.kind, using: &random)
    let spread = data.spread
    self.data = data
    forecast = network
    trainer = Trainer(
      network.forecaster, optimizer: AdamW(learningRate: 3e-3, weightDecay: 0.01), schedule: .oneCycle(),
      seed: plan.seed
    ) { batch in
      let y = network.forecaster(Tensor(batch.inputs))
      let loss = Loss.meanSquaredError(y * (1 / spread), batch.targets * (1 / spread))
      return Outcome(loss: loss, prediction: y)
    }
    trainer.clipping = .norm(1)
  }

  var introduction: String {
    let filled = data.file.missing > 0 ? ", \(data.file.missing) of them filled in" : ""
    return "\(data.values.count) values of \(data.file.column)\(filled); "
      + "windows of \(data.window), \(data.horizon) steps ahead, a season of \(data.season)"
      + data.file.notes.map { "; \($0)" }.joined()
  }

  var train: Loader {
    Loader(
      data.train, batchSize: data.train.count < 1_000 ? 16 : 64, sampler: .shuffled(seed: trainer.seed), prefetch: 0)
  }
  var validation: Loader? { Loader(data.validation, batchSize: 256, prefetch: 0) }
  var best: Measure? { .validationLoss }
  var model: any TaskModel { forecast }

  func finish() { forecast.fitWidths(data.validation) }

  var fingerprint: DataFingerprint? { DataFingerprint(sizes: [data.values.count], [.array(NDArray(data.values))]) }

  func outcome() throws -> RunOutcome {
    var outcome = forecast.score(data.test)
    outcome.figures.append(("test", testFigure()))
    let next = try forecast.forecast(behind: data.values, steps: data.horizon)
    outcome.figures.append(("forecast", figure(of: next)))
    return outcome
  }

  private func figure(of next: Forecast) -> Figure {
    .forecast(
      data.file.column, behind: forecast.learnedSeries, labels: data.file.labels, season: data.season, next)
  }

  /// The test part, and a forecast of it every `horizon` steps.
  private func testFigure() -> Figure {
    let test = data.test
    let starts = Array(stride(from: 0, to: test.count, by: data.horizon).suffix(max(1, 400 / data.horizon)))
    let found = forecast.forecaster(test.inputs(at: starts))
    let halves = forecast.widths.value.elements(as: Float.self).map(Double.init)
    var (x, y, low, high): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for (row, start) in starts.enumerated() {
      for (step, value) in found.row(row).elements(as: Float.self).enumerated() {
        x.append(Double(test.start + start + step))
        y.append(Double(value))
        low.append(Double(value) - halves[step])
        high.append(Double(value) + halves[step])
      }
    }
    let shown = Int(x[0])..<Int(x[x.count - 1]) + 1
    let marks = ForecastLabels.marks(data.file.labels, at: shown, season: data.season)
    return Figure(
      "\(data.file.column): the test part", width: 900,
      panels: [
        Axes(
          x: Axis(marks.isEmpty ? "step" : "", marks: marks), y: Axis(data.file.column),
          series: [
            Series("true", x: shown.map(Double.init), y: shown.map { Double(data.values[$0]) }),
            Series("forecast, \(data.horizon) steps at once", x: x, y: y),
            Series("interval of 80 %", x: x, y: low, color: .quiet, dashed: true),
            Series(x: x, y: high, color: .quiet, dashed: true),
          ])
      ])
  }
}

import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

extension ForecastModel: ScoredModel {
  /// Sums over the errors of forecasts.
  private struct Errors {
    var square = 0.0, absolute = 0.0, seasonal = 0.0
    /// How many values lie within the interval, of how many.
    var held = 0, count = 0

    func mean(_ sum: Double) -> Double { sum / Double(max(1, count)) }
  }

  /// How far forecasts of windows are off, beside saying that every season is as the last one; squares in parts of the
  /// variance that was learned.
  func score(_ windows: WindowDataset) -> RunOutcome {
    let errors = errors(windows)
    let spread = Double(forecaster.scale.value.scalar)
    let scores = [errors.square, errors.seasonal].map { errors.mean($0) / (spread * spread) }
    let share = errors.mean(Double(errors.held))
    var outcome = RunOutcome()
    outcome.numbers = [
      ("mse", scores[0]), ("seasonalNaiveMse", scores[1]), ("mae", errors.mean(errors.absolute) / spread),
      ("coverage", share),
    ]
    outcome.sentences = [
      "\(horizon) steps ahead: mean squared error \(NumberText.short(scores[0])) of the variance; "
        + "the last \(season > 1 ? "season" : "value") again \(NumberText.short(scores[1]))",
      "in the series' own unit: off by \(NumberText.short(errors.mean(errors.absolute))) on average, "
        + "root of the mean square \(NumberText.short(errors.mean(errors.square).squareRoot()))",
      "the interval of \(NumberText.short(100 * ForecastModel.coverage)) % held "
        + "\(NumberText.fixed(100 * share, places: 1)) % of the values",
    ]
    if scores[1] > 0, scores[0] >= scores[1] {
      outcome.sentences.append(
        "warning: the last \(season > 1 ? "season" : "value") again does as well; try another --set window or --kind")
    }
    return outcome
  }

  private func errors(_ windows: WindowDataset) -> Errors {
    let halves = widths.value.elements(as: Float.self)
    let season = min(season, window)
    var errors = Errors()
    for batch in Loader(windows, batchSize: 256, prefetch: 0).batches(epoch: 0) {
      let known = batch.inputs.elements(as: Float.self)
      let found = forecaster(batch.inputs).elements(as: Float.self)
      for (place, truth) in batch.targets.elements(as: Float.self).enumerated() {
        let (sample, step) = (place / horizon, place % horizon)
        let again = known[(sample + 1) * window - season + step % season]
        let (error, naive) = (Double(found[place] - truth), Double(again - truth))
        errors.square += error * error
        errors.absolute += abs(error)
        errors.seasonal += naive * naive
        errors.held += abs(found[place] - truth) <= halves[step] ? 1 : 0
        errors.count += 1
      }
    }
    return errors
  }

  /// All windows of a table's column: the one that was learned, or the only one.
  package func score(on source: String) throws -> RunOutcome {
    let path = try ForecastData.path(of: source) ?? source
    let file = try SeriesFile.read(path, column: column, orOnly: true)
    guard file.values.count >= window + horizon else {
      throw DataError(
        source, "\(file.values.count) values are too few for a window of \(window) and \(horizon) to forecast",
        advice: "give more values")
    }
    var outcome = score(
      WindowDataset(
        name: source, file.values, window: window, horizon: horizon, from: 0..<file.values.count))
    outcome.sentences += file.notes.map { "note: \($0)" }
    return outcome
  }
}

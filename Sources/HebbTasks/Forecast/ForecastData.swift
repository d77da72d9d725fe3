import Foundation
import Hebb
import HebbFiles

/// A series cut into a part to learn from, one to judge by, and one to test on, in this order.
struct ForecastData {
  let name: String
  let file: SeriesFile
  /// How many steps a season has; 1 where none was found.
  let season: Int
  let window: Int
  let horizon: Int
  /// Where the part to learn from ends, and the part to judge by.
  let ends: Ends

  var values: [Float] { file.values }

  /// The sets of the catalogue, their files, and what is known of them.
  private static let sets = [
    KnownSeries(name: "airline", file: "airline-passengers.csv", season: 12),
    KnownSeries(name: "sunspots", file: "sunspots.csv", season: 11),
    KnownSeries(name: "co2", file: "co2.csv", season: 52),
    // Twelve, four and four months, as everybody who publishes scores of it.
    KnownSeries(
      name: "etth1", file: "ETTh1.csv", season: 24, ends: Ends(train: 8_640, validation: 11_520, test: 14_400)),
  ]

  /// A series of the catalogue.
  private struct KnownSeries {
    let name: String, file: String
    let season: Int
    /// Nil where nobody else's parts are to be met.
    var ends: Ends?
  }

  /// Where parts end.
  struct Ends {
    let train: Int, validation: Int, test: Int
  }

  init(_ plan: TaskPlan) throws(DataError) {
    let known = ForecastData.sets.first { $0.name == plan.source }
    let path = try ForecastData.path(of: plan.source)
    name = plan.source
    file = try SeriesFile.read(path ?? plan.source, column: plan.options["column"])
    let count = file.values.count
    guard count >= 20 else {
      throw DataError(plan.source, "\(count) values are too few to forecast from", advice: "give 20 or more")
    }
    if let whole = known?.ends?.test, count < whole {
      throw DataError(
        path ?? plan.source, "it has \(count) values, and \(plan.source) \(whole) at least",
        advice: "get the whole file, or give this one with --data FILE")
    }
    let all = known?.ends?.test ?? count
    let trainEnd = known?.ends?.train ?? all * 7 / 10
    season =
      try plan.integer("season", 1...max(1, trainEnd / 2)) ?? known?.season
      ?? Season.length(of: Array(file.values[..<trainEnd]))
    horizon = try plan.integer("horizon", 1...max(1, all / 10)) ?? min(season > 1 ? season : 12, max(1, all / 10))
    // Two seasons, and two weeks of days where there are plenty.
    let usual = season > 1 ? season * (all > 100 * season ? 14 : 2) : 24
    window = try plan.integer("window", 1...max(1, trainEnd / 2)) ?? max(2, min(usual, trainEnd / 3))
    ends =
      known?.ends
      ?? Ends(
        train: trainEnd, validation: min(all - horizon, max(all * 8 / 10, trainEnd + horizon + 2)), test: all)
    guard train.count >= 5, validation.count >= 1, test.count >= 1 else {
      throw DataError(
        plan.source, "\(count) values are too few for windows of \(window) and \(horizon) to forecast",
        advice: "give --set window=N and --set horizon=N less")
    }
  }

  /// Where a series of the catalogue lies; nil for other names.
  static func path(of name: String) throws(DataError) -> String? {
    guard let known = sets.first(where: { $0.name == name }), let entry = DatasetCatalog.entry(named: name) else {
      return nil
    }
    return TextFile.path(known.file, in: try DatasetFinder().folder(of: entry))
  }

  var train: WindowDataset { windows(0..<ends.train) }
  var validation: WindowDataset { windows(ends.train..<ends.validation) }
  var test: WindowDataset { windows(ends.validation..<ends.test) }

  private func windows(_ part: Range<Int>) -> WindowDataset {
    WindowDataset(name: name, values, window: window, horizon: horizon, from: part)
  }

  /// The standard deviation of the part to learn from; 1 where it never changes.
  var spread: Double {
    let known = values[..<ends.train].map(Double.init)
    let mean = known.reduce(0, +) / Double(known.count)
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count)
    return variance > 0 ? variance.squareRoot() : 1
  }
}

/// Finds how long the seasons of a series are.
enum Season {
  /// The lag at which changes of the series are most like earlier ones; 1 where no lag stands out.
  static func length(of values: [Float]) -> Int {
    let changes = zip(values.dropFirst(), values).map { Double($0) - Double($1) }
    let mean = changes.reduce(0, +) / Double(max(changes.count, 1))
    let x = changes.map { $0 - mean }
    let power = x.reduce(0) { $0 + $1 * $1 }
    let longest = min(x.count / 3, 400)
    guard power > 0, longest > 3 else { return 1 }
    let likeness = (0...longest).map { lag -> Double in
      zip(x, x.dropFirst(lag)).reduce(0.0) { $0 + $1.0 * $1.1 } / power
    }
    // A lag that is higher than those beside it, and highest of all such: its multiples are never quite as high.
    let peaks = (2..<longest).filter { likeness[$0] > likeness[$0 - 1] && likeness[$0] >= likeness[$0 + 1] }
    guard let best = peaks.max(by: { likeness[$0] < likeness[$1] }), likeness[best] > 0.3 else { return 1 }
    return best
  }
}

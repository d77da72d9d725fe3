import Hebb

/// A forecaster with all that a forecast needs: how far it was off, and the end of its series.
package struct ForecastModel: TaskModel {
  package static let task = "forecast"
  /// The share of values that should lie within the interval.
  package static let coverage = 0.8

  let forecaster: Forecaster
  /// Half of the interval's width at each step ahead `[horizon]`.
  let widths: Parameter
  /// The last values of the series that it learned.
  let history: Parameter
  package let column: String
  let kind: String
  /// How many steps a season has; 1 where none was found, and in files from before this was kept.
  package let season: Int
  /// What the last value is called, such as its date; empty where it has no name.
  package let last: String

  package var network: any Module { Parts(model: self) }
  package var settings: [JSON.Member] {
    [
      .init("column", .string(column)), .init("kind", .string(kind)), .init("last", .string(last)),
      .init("season", .integer(season)),
    ]
  }
  package var notes: [String: String] { [:] }
  package var window: Int { forecaster.linear.weight.shape[0] }
  package var horizon: Int { forecaster.linear.weight.shape[1] }

  /// The parts by name.
  private struct Parts: Module {
    let model: ForecastModel
    var members: Members { ["forecaster": model.forecaster, "widths": model.widths, "history": model.history] }
  }

  static let kinds = ["linear", "gru"]

  init(_ data: ForecastData, kind: String, using random: inout Philox) {
    (self.kind, column, last) = (kind, data.file.column, data.file.labels.last ?? "")
    season = data.season
    let body = kind == "gru" ? GRU(1, 32, using: &random) : nil
    forecaster = Forecaster(
      window: data.window, horizon: data.horizon, scale: data.spread, body: body, using: &random)
    widths = Parameter(.zeros([data.horizon]), role: .buffer)
    history = Parameter(NDArray(Array(data.values.suffix(max(4 * data.window, 60)))), role: .buffer)
  }

  package init(_ file: TaskFile) throws(DataError) {
    (column, kind, last) = (try file.string("column"), try file.string("kind"), try file.string("last"))
    season = try file.setting("season") == nil ? 1 : file.integer("season", 1...1_000_000)
    guard ForecastModel.kinds.contains(kind) else { throw file.damaged("there is no kind \(kind)") }
    let shape = try file.shape("forecaster.linear.weight", rank: 2)
    var random = Philox(seed: 0)
    var body: GRU?
    if kind == "gru" {
      let states = try file.shape("forecaster.head.weight", rank: 2)
      body = GRU(1, states[0], using: &random)
    }
    forecaster = Forecaster(window: shape[0], horizon: shape[1], scale: 1, body: body, using: &random)
    widths = Parameter(.zeros([shape[1]]), role: .buffer)
    history = Parameter(.zeros(try file.shape("history", rank: 1)), role: .buffer)
    guard history.shape[0] >= shape[0] else { throw file.damaged("its history is shorter than a window") }
  }

  /// The end of the series that it learned.
  package var learnedSeries: [Float] { history.value.elements() }

  /// What comes behind a series.
  ///
  /// Beyond its horizon the network reads its own forecasts; the squares of the widths are added up there, as those of
  /// independent errors.
  ///
  /// - Parameter name: what errors call the series.
  package func forecast(behind series: [Float], steps: Int, name: String? = nil) throws(DataError) -> Forecast {
    guard series.count >= window else {
      throw DataError(
        name ?? "the series", "\(series.count) values are fewer than the \(window) that the network looks at",
        advice: "give a longer series, or train with --set window=N")
    }
    let halves = widths.value.elements(as: Float.self).map(Double.init)
    var known = Array(series.suffix(window))
    var result = Forecast()
    var carried = 0.0
    while result.values.count < steps {
      let y: [Float] = forecaster(NDArray(Array(known.suffix(window)), shape: [1, window])).elements()
      for (value, half) in zip(y, halves) where result.values.count < steps {
        let width = (half * half + carried).squareRoot()
        result.values.append(Double(value))
        result.low.append(Double(value) - width)
        result.high.append(Double(value) + width)
      }
      carried += (halves.last ?? 0) * (halves.last ?? 0)
      known += y
    }
    guard result.values.allSatisfy(\.isFinite) else {
      throw DataError(
        name ?? "the series", "its forecast is not finite", advice: "check the series for values out of scale")
    }
    return result
  }

  /// Sets the widths so that the interval holds its share of the values behind some windows. They never shrink from one step
  /// to the next: what lies further ahead is known no better.
  ///
  /// - Source: Vovk, Gammerman and Shafer 2005, "Algorithmic learning in a random world" (split conformal prediction).
  func fitWidths(_ windows: WindowDataset) {
    let errors = (forecaster(windows.all.inputs) - windows.targets).abs().transposed()
    let rank = Int((Double(windows.count + 1) * ForecastModel.coverage).rounded(.up))
    var width: Float = 0
    widths.value = NDArray(
      (0..<horizon).map { step -> Float in
        let sorted = errors.row(step).elements(as: Float.self).sorted()
        width = max(width, sorted[min(rank, sorted.count) - 1])
        return width
      })
  }
}

/// Values to come, each with the ends of its interval.
package struct Forecast: Sendable {
  package var values: [Double] = []
  package var low: [Double] = []
  package var high: [Double] = []
}

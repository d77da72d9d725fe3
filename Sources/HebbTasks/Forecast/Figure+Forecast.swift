import Hebb
import HebbPlots

extension Figure {
  /// The end of a series, and what is said to come behind it.
  ///
  /// - Parameters:
  ///   - labels: what the values of the series are called, such as dates; the last one alone, or none.
  ///   - season: labels stand that far apart, where there is room for some.
  package static func forecast(
    _ title: String, behind series: [Float], labels: [String] = [], season: Int = 1, _ next: Forecast
  ) -> Figure {
    let known = series.suffix(max(60, 3 * next.values.count)).map(Double.init)
    let past = known.indices.map { Double($0 - known.count + 1) }
    // From the last known value on, so that the lines meet.
    let ahead = (0...next.values.count).map(Double.init)
    func line(_ values: [Double]) -> [Double] { [known[known.count - 1]] + values }
    let span = known.count + next.values.count
    let step = span >= 4 * season ? season : 1
    let marks = stride(from: -((known.count - 1) / step) * step, through: next.values.count, by: step).map { place in
      let isNamed = place <= 0 && -place < labels.count
      return Axis.Mark(
        Double(place),
        isNamed ? ForecastLabels.short(labels[labels.count - 1 + place]) : place > 0 ? "+\(place)" : "\(place)")
    }
    return Figure(
      title, width: 900,
      panels: [
        Axes(
          x: Axis(labels.isEmpty ? "steps ahead" : "", marks: labels.isEmpty ? [] : marks), y: Axis(),
          series: [
            Series("history", x: past, y: known), Series("forecast", x: ahead, y: line(next.values)),
            Series("interval of 80 %", x: ahead, y: line(next.low), color: .quiet, dashed: true),
            Series(x: ahead, y: line(next.high), color: .quiet, dashed: true),
          ])
      ])
  }
}

/// What the values of a series are called, under a plot.
enum ForecastLabels {
  /// A date without the midnight behind it.
  static func short(_ label: String) -> String {
    for midnight in [" 00:00:00", "T00:00:00", " 00:00", "T00:00", " 0:00"] where label.hasSuffix(midnight) {
      return String(label.dropLast(midnight.count))
    }
    return label
  }

  /// Marks at some values of a series: a season apart where there is room for some.
  static func marks(_ labels: [String], at shown: Range<Int>, season: Int) -> [Axis.Mark] {
    guard labels.count >= shown.upperBound else { return [] }
    let step = shown.count >= 4 * season ? season : 1
    return shown.filter { $0 % step == 0 }.map { Axis.Mark(Double($0), short(labels[$0])) }
  }
}

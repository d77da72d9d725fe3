import HebbArrays
import HebbTraining

/// How the learning rate changes over a run, by name. Lengths are epochs.
///
///     schedule: constant
///     schedule: one-cycle                                  # {one-cycle: {rise: 0.3, start: 25, end: 10000}}
///     schedule: {cosine: {to: 0, over: 20, restarts: true, period-factor: 2}}
///     schedule: {step: {every: 30, factor: 0.1}}
///     schedule: {multi-step: {at: [30, 60], factor: 0.1}}
///     schedule: {exponential: {factor: 0.95}}              # each epoch
///     schedule: {reduce-on-plateau: {factor: 0.1, patience: 10}}
///     schedule: {warm-up: {epochs: 1, from: 0, then: cosine}}
package struct ScheduleSpec: Sendable {
  package var schedule: Schedule
  /// Where the rate is lowered when a measure stands still.
  package var plateau: PlateauSpec?

  package static let words = [
    SpecWord("constant", "the same rate all along"),
    SpecWord("one-cycle", "{one-cycle: {rise: 0.3, start: 25, end: 10000}}", "up, then down along a cosine"),
    SpecWord("cosine", "{cosine: {to: 0, over: 20, restarts: true, period-factor: 2}}", "down along a cosine"),
    SpecWord("step", "{step: {every: 30, factor: 0.1}}", "lower every so many epochs"),
    SpecWord("multi-step", "{multi-step: {at: [30, 60], factor: 0.1}}", "lower at these epochs"),
    SpecWord("exponential", "{exponential: {factor: 0.95}}", "lower with each epoch"),
    SpecWord("reduce-on-plateau", "{reduce-on-plateau: {factor: 0.1, patience: 10}}", "lower when nothing improves"),
    SpecWord("warm-up", "{warm-up: {epochs: 1, from: 0, then: cosine}}", "up at first, then another schedule"),
  ]

  init(_ node: SpecNode) throws(DataError) {
    let item = try node.item
    func settings(_ names: [String]) throws(DataError) -> SpecSettings {
      try item.argument.settings(names, of: item.name)
    }
    switch item.name {
    case "constant":
      _ = try settings([])
      schedule = .constant
    case "one-cycle":
      let settings = try settings(["rise", "start", "end"])
      schedule = .oneCycle(
        rise: try settings["rise"]?.number(in: 0...1) ?? 0.3, start: try settings["start"]?.number(in: 1...1e9) ?? 25,
        end: try settings["end"]?.number(in: 1...1e9) ?? 1e4)
    case "cosine": schedule = try ScheduleSpec.cosine(settings(["to", "warm-up", "over", "restarts", "period-factor"]))
    case "step":
      let settings = try settings(["every", "factor"])
      schedule = .step(
        every: .epochs(try settings.required("every").number(in: 0.01...100_000)), factor: try settings.factor())
    case "multi-step":
      let settings = try settings(["at", "factor"])
      var marks: [Schedule.Length] = []
      for mark in try settings.required("at").list { marks.append(.epochs(try mark.number(in: 0...100_000))) }
      schedule = .multiStep(marks, factor: try settings.factor())
    case "exponential":
      schedule = .exponential(factor: try settings(["factor"]).required("factor").number(in: 1e-6...1))
    case "reduce-on-plateau":
      schedule = .constant
      plateau = try PlateauSpec(item)
    case "warm-up":
      let settings = try settings(["epochs", "from", "then"])
      let rise = try settings.required("epochs").number(in: 0...100_000)
      let from = try settings["from"]?.number(in: 0...1) ?? 0
      let next = try settings["then"].map { (node) throws(DataError) in try ScheduleSpec(node) }
      (schedule, plateau) = (next?.schedule ?? .constant, next?.plateau)
      if rise > 0 { schedule = .warmUp(.epochs(rise), from: from, then: schedule) }
    default: throw item.node.unknown(item.name, among: ScheduleSpec.words.map(\.name), "schedule")
    }
  }

  private static func cosine(_ settings: SpecSettings) throws(DataError) -> Schedule {
    let restarts = try settings["restarts"]?.flag() ?? false
    guard !restarts || settings["over"] != nil else {
      throw settings.node.failure("restarts need the length of a period", advice: "add over: 10, in epochs")
    }
    let cosine = Schedule.cosine(
      to: try settings["to"]?.number(in: 0...1) ?? 0,
      over: try settings["over"].map { (node) throws(DataError) in .epochs(try node.number(in: 0.01...100_000)) },
      restarts: restarts, periodFactor: try settings["period-factor"]?.number(in: 1...10) ?? 1)
    guard let rise = try settings["warm-up"]?.number(in: 0...10_000), rise > 0 else { return cosine }
    return .warmUp(.epochs(rise), then: cosine)
  }
}

extension SpecSettings {
  fileprivate func factor() throws(DataError) -> Double { try self["factor"]?.number(in: 1e-6...1) ?? 0.1 }
}

import HebbArrays
import HebbTraining

/// How the learning rate changes over a run, by name.
///
///     schedule: constant
///     schedule: one-cycle                                # {one-cycle: {rise: 0.3}}
///     schedule: {cosine: {warm-up: 1}}                   # epochs
///     schedule: {step: {every: 30, factor: 0.1}}         # epochs
///     schedule: {exponential: {factor: 0.95}}            # each epoch
enum ScheduleSpec {
  static let names = ["constant", "one-cycle", "cosine", "step", "exponential"]

  static func read(_ node: SpecNode) throws(DataError) -> Schedule {
    let item = try node.item
    func settings(_ names: [String]) throws(DataError) -> SpecSettings {
      try item.argument.settings(names, of: item.name)
    }
    switch item.name {
    case "constant":
      _ = try settings([])
      return .constant
    case "one-cycle":
      let settings = try settings(["rise", "start", "end"])
      return .oneCycle(
        rise: try settings["rise"]?.number(in: 0...1) ?? 0.3, start: try settings["start"]?.number(in: 1...1e9) ?? 25,
        end: try settings["end"]?.number(in: 1...1e9) ?? 1e4)
    case "cosine":
      let settings = try settings(["to", "warm-up"])
      let cosine = Schedule.cosine(to: try settings["to"]?.number(in: 0...1) ?? 0)
      guard let rise = try settings["warm-up"]?.number(in: 0...10_000), rise > 0 else { return cosine }
      return .warmUp(.epochs(rise), then: cosine)
    case "step":
      let settings = try settings(["every", "factor"])
      return .step(
        every: .epochs(try settings.required("every").number(in: 1...100_000)),
        factor: try settings["factor"]?.number(in: 1e-6...1) ?? 0.1)
    case "exponential":
      return .exponential(factor: try settings(["factor"]).required("factor").number(in: 1e-6...1))
    default: throw item.node.unknown(item.name, among: names, "schedule")
    }
  }
}

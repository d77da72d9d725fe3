import Foundation
import Hebb
import HebbFiles

/// A series over a graph, cut into a part to learn from, one to judge by and one to test on, in this order.
struct TrafficData {
  let series: GraphSeries
  /// Whether it is the set of few numbers, for which networks are small.
  let isChickenpox: Bool
  /// How many steps are read, and how many are forecast.
  let window: Int, horizon: Int
  /// Where the part to learn from ends, and the part to judge by.
  let ends: (train: Int, validation: Int)
  /// What every sensor does on average, and how far all of them are from that.
  let scale: TrafficScale
  /// Where values are missing, what was known last.
  let filled: [Float]
  /// What is usual at each time of the day; nil where there are no days.
  let usual: UsualDays?
  /// Inputs of the network for every step.
  let features: NDArray

  init(_ plan: TaskPlan) throws(DataError) {
    series = try TrafficData.read(plan)
    let isChickenpox = series.name == "chickenpox"
    (self.isChickenpox, window) = (isChickenpox, try plan.integer("window", 1...1_000) ?? (isChickenpox ? 8 : 12))
    horizon = try plan.integer("horizon", 1...1_000) ?? (isChickenpox ? 1 : 3)
    // Four fifths to learn from, as everybody who publishes scores of these sets.
    let test = series.count * 4 / 5
    let share = try plan.integer("validation", 0...50) ?? 0
    ends = (test - test * share / 100, test)
    let least = window + horizon
    guard ends.train > least, series.count - test >= least, share == 0 || test - ends.train >= least else {
      throw DataError(
        series.name, "\(series.count) steps are too few for windows of \(window) and \(horizon) to forecast",
        advice: "give more steps, or --set window=N and --set horizon=N less")
    }
    let values = series.values.elements(as: Float.self)
    let nodes = series.nodes
    guard values[..<(ends.train * nodes)].contains(where: { !$0.isNaN }) else {
      throw DataError(series.name, "no value is known among those to learn from", advice: "check the table")
    }
    scale = TrafficScale(values[..<(ends.train * nodes)], nodes: nodes)
    filled = scale.filled(values)
    let (known, learned) = (scale.standardised(values), ends.train)
    let usual = series.stepsPerDay.map { UsualDays(known, nodes: nodes, learned: learned, stepsPerDay: $0) }
    self.usual = usual
    features = TrafficFeatures.make(
      scale.standardised(filled), nodes: nodes, horizon: horizon, day: series.stepsPerDay, usual: usual?.callAsFunction)
  }

  /// How much of a value is left after 1, 2, … steps, in the part to learn from: the slope of the best line.
  var likeness: [Float] {
    let nodes = series.nodes
    let z = scale.standardised(Array(filled[..<(ends.train * nodes)]))
    return (1...horizon).map { step in
      var (products, squares) = (0.0, 0.0)
      for place in 0..<z.count - step * nodes {
        products += Double(z[place]) * Double(z[place + step * nodes])
        squares += Double(z[place]) * Double(z[place])
      }
      return squares > 0 ? Float(products / squares) : 0
    }
  }

  private static func read(_ plan: TaskPlan) throws(DataError) -> GraphSeries {
    let day = try plan.integer("day", 2...100_000)
    let own = "a folder with speeds.csv and adjacency.csv"
    switch try CorpusSource(plan.source, of: [.losLoop, .chickenpox], own: own) {
    case .folder(let folder, let set?) where set.name == CatalogEntry.losLoop.name: return try LosLoop.read(folder)
    case .folder(let folder, _?): return try Chickenpox.read(TextFile.path("chickenpox.json", in: folder))
    case .folder(let folder, nil): return try GraphFolder.read(folder, stepsPerDay: day)
    case .file: throw DataError(plan.source, "it is no folder", advice: "give \(own)")
    }
  }

  var train: TrafficWindows { windows(0..<ends.train) }
  var validation: TrafficWindows? { ends.train < ends.validation ? windows(ends.train..<ends.validation) : nil }
  var test: TrafficWindows { windows(ends.validation..<series.count) }

  private func windows(_ part: Range<Int>) -> TrafficWindows {
    TrafficWindows(
      name: series.name, features: features, values: scale.standardised(series.values.elements()), window: window,
      horizon: horizon, part: part)
  }
}

/// Windows of a series over a graph, made when they are asked for: inputs `[samples, window, nodes, features]`, targets
/// `[samples, horizon, nodes, 1]`, NaN where nothing was measured. Both lie within one part of the series.
struct TrafficWindows: Dataset {
  let name: String
  let features: NDArray  // [time, nodes, features]
  let values: [Float]  // time × nodes, standardised
  let window: Int, horizon: Int
  let part: Range<Int>

  var classNames: [String] { [] }
  var normalization: Normalization { .identity }
  var count: Int { max(0, part.count - window - horizon + 1) }
  var targets: NDArray { targets(at: Array(0..<count)) }
  private var nodes: Int { features.shape[1] }

  /// The first step that a sample forecasts.
  func start(_ sample: Int) -> Int { part.lowerBound + sample + window }

  func inputs(at indices: [Int]) -> NDArray {
    let rows = indices.flatMap { sample in (start(sample) - window..<start(sample)).map { Int32($0) } }
    return features.gathered(rows: NDArray(rows, shape: [indices.count, window]))
  }

  func targets(at indices: [Int]) -> NDArray {
    NDArray(
      indices.flatMap { values[start($0) * nodes..<(start($0) + horizon) * nodes] },
      shape: [indices.count, horizon, nodes, 1])
  }
}

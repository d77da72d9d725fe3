import Hebb
import HebbPlots

/// Labels steps of sequences by what was before them and by what comes after, with one direction and with two.
struct DirectionsLab: Lab {
  let name = "directions"
  let title = "one direction and two: who sees the past, and who the future"
  let question = "When do two directions answer better than one, and is it the parameters?"

  /// A label for each step: whether the sum of some neighbours is positive.
  private struct Task {
    let name: String
    let neighbours: [Int]
    /// What the best answer reaches that knows the past and the present alone.
    let pastBest: Double
  }

  // Of two independent normal numbers the one that is known has the sign of their sum in three cases of four.
  private static let tasks = [
    Task(name: "before and now", neighbours: [-1, 0], pastBest: 1),
    Task(name: "now and next", neighbours: [0, 1], pastBest: 0.75),
    Task(name: "before and next", neighbours: [-1, 1], pastBest: 0.75),
    Task(name: "next alone", neighbours: [1], pastBest: 0.5),
  ]
  private static let steps = 20

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var random = options.random()
    let one = GRU(1, 24, using: &random)
    let two = Bidirectional(GRU(1, 16, using: &random), GRU(1, 16, using: &random))
    let start = one.parameters.map(\.value) + two.parameters.map(\.value)
    var accuracies: [[Double]] = []
    for (index, task) in Self.tasks.enumerated() {
      let sets = samples(task, options, UInt64(index))
      for (parameter, value) in zip(one.parameters + two.parameters, start) { parameter.value = value }
      var row: [Double] = []
      for layer in [one, two] as [any RecurrentLayer] {
        var weights = options.random(100)
        let model = Sequential([layer, Linear(layer.outputs, 2, using: &weights)])
        let run = try DigitRun(
          "", model, on: sets, Adam(learningRate: 0.01), epochs: options.scaled(12), seed: options.seed)
        row.append(run.testAccuracy)
      }
      accuracies.append(row)
    }
    var report = LabReport()
    report.show(
      "Each step says whether a sum of its neighbours is positive: right answers on new sequences",
      TextTable(
        ["the sum of", "one direction", "two directions", "the best without the future"],
        rows: zip(Self.tasks, accuracies).map {
          [$0.name] + $1.map(Wording.percent) + [Wording.percent($0.pastBest)]
        }))
    report.show(
      "Layers",
      TextTable(
        ["layer", "parameters"],
        rows: [
          ["\(one)", Wording.count(one.parameterCount)], ["\(two)", Wording.count(two.parameterCount)],
        ]))
    report.draw(
      "directions",
      .bars(
        "Right answers by what the label depends on", names: Self.tasks.map(\.name),
        series: [
          ("one direction", accuracies.map { $0[0] }), ("two directions", accuracies.map { $0[1] }),
          ("the best without the future", Self.tasks.map(\.pastBest)),
        ], label: "right answers"))
    conclude(&report, accuracies, ratio: Double(two.parameterCount) / Double(one.parameterCount))
    return report
  }

  private func conclude(_ report: inout LabReport, _ accuracies: [[Double]], ratio: Double) {
    let gains = accuracies.map { $0[1] - $0[0] }
    let future = zip(Self.tasks, gains).filter { $0.0.pastBest < 1 }
    let better = future.filter { $0.1 > 0.05 }.map(\.0.name)
    report.say(
      "Two directions answer better by more than 5 points where the label depends on: \(Wording.list(better)).")
    report.say(
      "Where the past is enough the difference is \(Wording.short(100 * gains[0], digits: 2)) points: "
        + (abs(gains[0]) < 0.05
          ? "reading backwards too neither helps nor harms." : "the directions differ all the same."))
    let lucky = zip(Self.tasks, accuracies).filter { $0.0.pastBest < 1 && $0.1[0] > $0.0.pastBest + 0.03 }
    report.say(
      lucky.isEmpty
        ? "No single direction passes what can be known without the future; more units cannot change that. The two have "
          + "\(Wording.short(ratio)) times the parameters of the one."
        : "One direction passes what can be known without the future on \(Wording.list(lucky.map(\.0.name))).")
  }

  private func samples(_ task: Task, _ options: LabOptions, _ purpose: UInt64) -> DigitSets {
    var random = options.random(200 + purpose)
    let sets = [1024, 512].map { count in
      let inputs = NDArray.normal([count, Self.steps, 1], using: &random)
      let x = inputs.elements(as: Float.self)
      let labels = (0..<count * Self.steps).map { place -> Int32 in
        let step = place % Self.steps
        let seen = task.neighbours.filter { (0..<Self.steps).contains(step + $0) }
        // A step without the neighbours that count has no label.
        return seen.count < task.neighbours.count ? -100 : seen.reduce(0) { $0 + x[place + $1] } > 0 ? 1 : 0
      }
      return ArrayDataset(
        name: "neighbours", inputs: inputs, targets: NDArray(labels, shape: [count, Self.steps]))
    }
    return DigitSets(train: sets[0], test: sets[1])
  }
}

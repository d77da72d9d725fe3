import Hebb
import HebbPlots

/// Compares convolution nets whose channels grow, stay or shrink with depth.
struct WidthsLab: Lab {
  let name = "widths"
  let title = "few kernels first, more later: where numbers, weights and work lie"
  let question = "Should layers near the input have fewer kernels than those near the output?"

  private struct Plan {
    let name: String
    let channels: [Int]
  }

  private static let plans = [
    Plan(name: "growing 8, 16, 32", channels: [8, 16, 32]), Plan(name: "constant 16, 16, 16", channels: [16, 16, 16]),
    Plan(name: "shrinking 32, 16, 8", channels: [32, 16, 8]),
  ]
  private static let seeds: [UInt64] = [0, 1, 2]

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    var report = LabReport()
    var totals: [[String]] = []
    var results: [(plan: Plan, parameters: Int, work: Int, accuracies: [Double])] = []
    var profile: [(name: String, values: [Double])] = []
    for plan in Self.plans {
      var accuracies: [Double] = []
      for seed in Self.seeds {
        var random = options.random(seed)
        let run = try DigitRun(
          plan.name, network(plan, using: &random), on: sets, Adam(learningRate: 3e-3), epochs: options.scaled(10),
          seed: options.seed &+ seed)
        accuracies.append(run.testAccuracy)
      }
      var random = options.random()
      let summary = ModelSummary(of: network(plan, using: &random), input: [8, 8, 1])
      let convolutions = summary.rows.filter { $0.layer.hasPrefix("Conv2D") }
      profile.append((plan.name, convolutions.map { Double($0.multiplyAdds) }))
      results.append((plan, summary.parameters, summary.multiplyAdds, accuracies))
      let mean = Wording.mean(accuracies)
      totals.append([
        plan.name, Wording.count(summary.parameters), Wording.count(summary.multiplyAdds), Wording.percent(mean),
        Wording.percent(accuracies.min() ?? .nan), Wording.percent(accuracies.max() ?? .nan),
      ])
      if plan.name == Self.plans[0].name {
        report.show(
          "The growing net, layer by layer: sides halve, channels double",
          TextTable(
            ["layer", "output", "numbers", "parameters", "multiply-adds"],
            rows: summary.rows.map {
              [
                $0.layer, "\($0.output)", Wording.count($0.output.count), Wording.count($0.parameters),
                Wording.count($0.multiplyAdds),
              ]
            }))
      }
    }
    report.show(
      "Digits with \(Self.seeds.count) seeds",
      TextTable(["channels", "parameters", "multiply-adds", "mean accuracy", "worst", "best"], rows: totals))
    report.draw(
      "widths",
      .bars(
        "Work of each convolution", names: ["first", "second", "third"], series: profile, label: "multiply-adds"))
    conclude(&report, results)
    return report
  }

  private func network(_ plan: Plan, using random: inout Philox) -> Sequential {
    let channels = plan.channels
    return Sequential {
      Conv2D(1, channels[0], kernel: 3, padding: 1, using: &random)
      ReLU()
      MaxPool2D(2)
      Conv2D(channels[0], channels[1], kernel: 3, padding: 1, using: &random)
      ReLU()
      MaxPool2D(2)
      Conv2D(channels[1], channels[2], kernel: 3, padding: 1, using: &random)
      ReLU()
      Flatten()
      Linear(channels[2] * 4, 10, using: &random)
    }
  }

  private func conclude(
    _ report: inout LabReport, _ results: [(plan: Plan, parameters: Int, work: Int, accuracies: [Double])]
  ) {
    let (growing, shrinking) = (results[0], results[results.count - 1])
    report.say(
      "Growing needs \(Wording.percent(Double(growing.work) / Double(shrinking.work))) of the multiplications of shrinking, "
        + "with \(Wording.percent(Double(growing.parameters) / Double(shrinking.parameters))) of its parameters: kernels near "
        + "the input slide over more places.")
    let gap = Wording.mean(growing.accuracies) - Wording.mean(shrinking.accuracies)
    let spread = results.map { Wording.spread($0.accuracies) }.max() ?? 0
    report.say(
      "Growing is \(Wording.percent(abs(gap))) \(gap >= 0 ? "better" : "worse") than shrinking; seeds alone move a net by up "
        + "to \(Wording.percent(spread)), so this difference is "
        + (abs(gap) > spread ? "more than chance." : "no proof: what growing saves for certain is work."))
  }
}

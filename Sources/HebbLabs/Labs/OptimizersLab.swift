import Hebb
import HebbPlots

/// Trains one network from the same weights by several rules and at several rates.
struct OptimizersLab: Lab {
  let name = "optimizers"
  let title = "SGD, momentum, RMSProp and Adam on the same network"
  let question = "Which rule brings the loss down fastest, and how much does the rate matter to it?"

  private struct Rule: Sendable {
    let name: String
    let rates: [Double]
    let make: @Sendable (Double) -> any Optimizer
  }

  private static let rules = [
    Rule(name: "SGD", rates: [0.01, 0.1, 1]) { SGD(learningRate: $0) },
    Rule(name: "momentum 0.9", rates: [0.001, 0.01, 0.1]) { SGD(learningRate: $0, momentum: 0.9) },
    Rule(name: "RMSProp", rates: [0.0003, 0.003, 0.03]) { RMSProp(learningRate: $0) },
    Rule(name: "Adam", rates: [0.0003, 0.003, 0.03]) { Adam(learningRate: $0) },
  ]

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    var rows: [[String]] = []
    var best: [(rule: String, rate: Double, run: DigitRun, worst: Double)] = []
    for rule in Self.rules {
      var runs: [(rate: Double, run: DigitRun)] = []
      for rate in rule.rates {
        var random = options.random()
        let model = Sequential([Flatten(), MultilayerPerceptron([64, 32, 10], using: &random)])
        let run = try DigitRun(
          rule.name, model, on: sets, rule.make(rate), epochs: options.scaled(10), seed: options.seed)
        runs.append((rate, run))
        rows.append([
          rule.name, Wording.short(rate), Wording.number(run.losses.first ?? .nan), Wording.number(run.trainingLoss),
          Wording.percent(run.testAccuracy),
        ])
      }
      let finite = runs.filter { !$0.run.diverged }
      guard let winner = finite.min(by: { $0.run.trainingLoss < $1.run.trainingLoss }) else { continue }
      let worst = finite.count < runs.count ? .infinity : finite.map(\.run.trainingLoss).max() ?? .nan
      best.append((rule.name, winner.rate, winner.run, worst))
    }
    var report = LabReport()
    report.show(
      "Digits, from the same weights and in the same order",
      TextTable(["rule", "rate", "loss in the first epoch", "loss at the end", "test accuracy"], rows: rows))
    report.draw(
      "optimizers",
      Figure(
        "Each rule at its best rate",
        panels: [
          Axes(
            x: Axis("epoch"), y: Axis("training loss", scale: .logarithmic),
            series: best.map { entry in
              Series(
                "\(entry.rule), \(Wording.short(entry.rate))", x: entry.run.losses.indices.map { Double($0 + 1) },
                y: entry.run.losses, marker: .disk)
            })
        ]))
    conclude(&report, best, options)
    return report
  }

  private func conclude(
    _ report: inout LabReport, _ best: [(rule: String, rate: Double, run: DigitRun, worst: Double)],
    _ options: LabOptions
  ) {
    let order = best.sorted { $0.run.trainingLoss < $1.run.trainingLoss }
    report.say(
      "Each at its best rate, from the lowest loss: "
        + Wording.list(order.map { "\($0.rule) (\(Wording.short($0.run.trainingLoss)))" }) + ".")
    for entry in best {
      report.say(
        "\(entry.rule): its best rate is \(Wording.short(entry.rate)); the worst of the tried rates leaves a loss "
          + "\(Wording.short(entry.worst / entry.run.trainingLoss)) times as high.")
    }
    let (sgd, first) = (stepError(options), relation(options))
    report.say(
      "One step of SGD is old weight − rate · slope to within \(Wording.short(sgd)). Adam without its momentum (β₁ = 0) takes "
        + "RMSProp's first step to within \(Wording.short(first)) of it, once RMSProp's average is corrected for its start."
    )
  }

  /// How far a step of SGD is from w − rate · g.
  private func stepError(_ options: LabOptions) -> Double {
    let (start, slope) = drawn(options)
    return (step(SGD(learningRate: 0.1), start, slope) - (start - slope * 0.1)).abs().max().scalar
  }

  /// How far Adam's first step without momentum is from RMSProp's, whose mean square is (1 − α) g² and not g² by then.
  private func relation(_ options: LabOptions) -> Double {
    let (start, slope) = drawn(options)
    let adam = step(Adam(learningRate: 0.1, beta1: 0, beta2: 0.99), start, slope) - start
    let plain = step(RMSProp(learningRate: 0.1, smoothing: 0.99), start, slope) - start
    return (adam - plain * 0.1).abs().max().scalar
  }

  private func drawn(_ options: LabOptions) -> (start: NDArray, slope: NDArray) {
    var random = options.random(5)
    return (.normal([100], using: &random), .normal([100], using: &random))
  }

  private func step(_ rule: any Optimizer, _ start: NDArray, _ slope: NDArray) -> NDArray {
    let layer = Vector(weight: Parameter(start))
    var updater = Updater(rule, for: layer)
    var gradients = Gradients()
    gradients[layer.weight] = slope
    updater.update(gradients)
    return layer.weight.value
  }

  private struct Vector: Module {
    let weight: Parameter
    var members: Members { ["weight": weight] }
  }
}

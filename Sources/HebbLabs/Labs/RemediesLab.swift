import Hebb
import HebbPlots

/// Trains a net of many layers with one remedy after the other against gradients that vanish or explode.
struct RemediesLab: Lab {
  let name = "remedies"
  let title = "remedies against vanishing and exploding gradients, one by one"
  let question = "Which remedies make a net of 20 layers learn, and what does clipping do?"

  private static let depth = 20
  private static let width = 32

  private struct Remedy: Sendable {
    let name: String
    var activation: any Layer = ReLU()
    let deviation: Double
    var normalized = false
    var residual = false
    var clipping: Clipping?
    var decay = WeightDecay.none
  }

  private static let remedies: [Remedy] = {
    let n = Double(width)
    let (small, he) = ((1 / n).squareRoot(), (2 / n).squareRoot())
    return [
      Remedy(name: "sigmoid, 0.01", activation: Sigmoid(), deviation: 0.01),
      Remedy(name: "ReLU, 0.01", deviation: 0.01), Remedy(name: "ReLU, √(1/n)", deviation: small),
      Remedy(name: "tanh, √(1/n)", activation: Tanh(), deviation: small), Remedy(name: "ReLU, √(2/n)", deviation: he),
      Remedy(name: "ReLU, 0.01, batch norm", deviation: 0.01, normalized: true),
      Remedy(name: "ReLU, 0.01, residual", deviation: 0.01, residual: true),
      Remedy(name: "ReLU, 0.01, batch norm, residual", deviation: 0.01, normalized: true, residual: true),
      Remedy(name: "ReLU, 1.5√(2/n)", deviation: 1.5 * he),
      Remedy(name: "ReLU, 1.5√(2/n), clipping 1", deviation: 1.5 * he, clipping: .norm(1)),
      Remedy(name: "ReLU, 1.5√(2/n), weight decay", deviation: 1.5 * he, decay: WeightDecay(l2: 0.01)),
    ]
  }()

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    var runs: [DigitRun] = []
    var rows: [[String]] = []
    for remedy in Self.remedies {
      let model = network(remedy, options)
      let (first, total) = gradients(of: model, sets, options)
      let run = try DigitRun(
        remedy.name, model, on: sets, SGD(learningRate: 0.01, momentum: 0.9, weightDecay: remedy.decay),
        epochs: options.scaled(12), clipping: remedy.clipping, seed: options.seed)
      runs.append(run)
      rows.append([
        remedy.name, Wording.short(first), Wording.short(total),
        run.diverged ? "overflow" : Wording.number(run.trainingLoss), Wording.percent(run.testAccuracy),
      ])
    }
    var report = LabReport()
    report.show(
      "\(Self.depth) hidden layers of \(Self.width) units on digits",
      TextTable(
        ["remedy", "gradient of layer 1 at the start", "of all", "training loss", "test accuracy"], rows: rows))
    showTime(&report)
    let clipped = showClipping(&report, options)
    report.draw(
      "remedies",
      Figure(
        "Digits through \(Self.depth) layers: test accuracy", height: 420,
        panels: [
          HeatMap(
            values: runs.map { [$0.testAccuracy.isNaN ? 0 : $0.testAccuracy] },
            texts: runs.map { ["\($0.name): \($0.diverged ? "overflow" : Wording.percent($0.testAccuracy))"] },
            colors: .blues, range: 0...1)
        ]))
    for (verdict, group) in [
      ("Learn well (above 90 %)", runs.filter { $0.testAccuracy > 0.9 }),
      ("Learn something (above 30 %)", runs.filter { $0.testAccuracy > 0.3 && $0.testAccuracy <= 0.9 }),
      ("Learn nothing to speak of", runs.filter { $0.testAccuracy <= 0.3 }), ("Overflow", runs.filter(\.diverged)),
    ] where !group.isEmpty {
      report.say("\(verdict): \(group.map(\.name).joined(separator: "; ")).")
    }
    report.say(
      "Clipping to a norm of 1 turns a gradient of norm \(Wording.short(clipped.before)) into one of "
        + "\(Wording.short(clipped.after)) and changes its direction by \(Wording.short(clipped.turn)) (1 − cosine).")
    return report
  }

  private func network(_ remedy: Remedy, _ options: LabOptions) -> Sequential {
    var random = options.random()
    return Sequential {
      Flatten()
      Linear(64, Self.width, initializer: .leCunNormal, using: &random)
      for _ in 0..<Self.depth { block(remedy, using: &random) }
      Linear(Self.width, 10, initializer: .leCunNormal, using: &random)
    }
  }

  private func block(_ remedy: Remedy, using random: inout Philox) -> any Layer {
    let linear = Linear(Self.width, Self.width, initializer: .normal(remedy.deviation), using: &random)
    let norm: [any Layer] = remedy.normalized ? [BatchNorm(Self.width)] : []
    if remedy.residual { return Residual(Sequential(norm + [remedy.activation, linear])) }
    return Sequential([linear] + norm + [remedy.activation])
  }

  /// Norms at the start: of the first hidden layer's weight gradient, and of all gradients.
  private func gradients(of model: Sequential, _ sets: DigitSets, _ options: LabOptions) -> (first: Double, all: Double)
  {
    let batch = sets.train.batch(at: Array(0..<32))
    let (_, gradients) = Pass.training(seed: options.seed) {
      valueAndGradients { Loss.crossEntropy(model(Tensor(batch.inputs)), batch.targets) }
    }
    return (model.parameters.first.flatMap { gradients[$0] }?.norm ?? 0, gradients.norm)
  }

  /// A recurrence with one weight: the same factor at every step.
  private func showTime(_ report: inout LabReport) {
    let steps = [10, 50, 100, 500]
    report.show(
      "Along time: the slope of h after many steps of h ← w · h is wᵗ",
      TextTable(
        ["w"] + steps.map { "\($0) steps" },
        rows: [0.9, 0.99, 1, 1.01, 1.1].map { w in
          let start = NDArray([1.0])
          return [Wording.short(w)]
            + steps.map { count in
              let (_, slopes, _) = valueAndGradients(at: [start]) { (0..<count).reduce($0[0]) { h, _ in h * w }.sum() }
              return Wording.short(slopes[0].scalar)
            }
        }))
  }

  private func showClipping(
    _ report: inout LabReport, _ options: LabOptions
  ) -> (before: Double, after: Double, turn: Double) {
    var random = options.random(2)
    let layer = Linear(20, 5, bias: false, initializer: .zeros, using: &random)
    let slope = NDArray.normal([20, 5], using: &random)
    var gradients = Gradients()
    gradients[layer.weight] = slope
    var updater = Updater(SGD(learningRate: 1), for: layer)
    updater.update(gradients, gradientFactor: min(1, 1 / gradients.norm))
    let step = -layer.weight.value
    let cosine = (step * slope).sum().scalar / (step.norm * slope.norm)
    return (slope.norm, step.norm, max(0, 1 - cosine))
  }
}

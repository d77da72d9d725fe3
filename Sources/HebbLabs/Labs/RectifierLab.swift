import Hebb
import HebbPlots

/// Counts units that never answer, and tests whether leaky rectifiers can tell hard classes apart.
struct RectifierLab: Lab {
  let name = "relu"
  let title = "slopes, units that die, and whether LeakyReLU can do hard classes"
  let question = "When do units of ReLU die, does LeakyReLU keep them alive, and can it tell hard classes apart?"

  private static let activations: [(name: String, layer: any Layer)] = [
    ("sigmoid", Sigmoid()), ("tanh", Tanh()), ("ReLU", ReLU()), ("LeakyReLU 0.01", LeakyReLU()),
    ("none", LeakyReLU(slope: 1)),
  ]
  private static let rates = [0.1, 0.5, 1.0]

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var report = LabReport()
    showSlopes(&report)
    let sets = DigitSets(options)
    var rows: [[String]] = []
    var silent: [String: [Double]] = [:]
    for (name, activation) in Self.activations.dropFirst(2).dropLast() {
      for rate in Self.rates {
        var random = options.random()
        let hidden = Sequential {
          Flatten()
          Linear(64, 64, using: &random)
          activation
          Linear(64, 64, using: &random)
          activation
        }
        let model = Sequential {
          hidden
          Linear(64, 10, using: &random)
        }
        let run = try DigitRun(
          name, model, on: sets, SGD(learningRate: rate), epochs: options.scaled(10), seed: options.seed)
        let (dead, stuck) = silence(of: hidden, activation, sets.train.all.inputs)
        silent[name, default: []].append(run.diverged ? .nan : Double(dead))
        rows.append(
          [name, Wording.short(rate), Wording.percent(run.testAccuracy)]
            + (run.diverged ? ["–", "–"] : ["\(dead)", "\(stuck)"]))
      }
    }
    report.show(
      "Digits by SGD: units of the last hidden layer (of 64) that are never positive, and those that get no gradient",
      TextTable(["activation", "rate", "test accuracy", "never positive", "no gradient"], rows: rows))
    report.draw(
      "relu-silent",
      .bars(
        "Hidden units that are never positive, of 64", names: Self.rates.map { "rate \(Wording.short($0))" },
        series: silent.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }, label: "units"))
    let rings = try classify(options)
    report.show(
      "Test accuracy on two spirals that turn into each other, and on digits",
      TextTable(
        ["activation", "spirals", "digits"],
        rows: rings.map { [$0.name, Wording.percent($0.spirals), Wording.percent($0.digits)] }))
    conclude(&report, rows, rings)
    return report
  }

  private func showSlopes(_ report: inout LabReport) {
    let places = [-5.0, -1, 1, 5]
    let rows = Self.activations.map { name, layer in
      let (_, slopes, _) = valueAndGradients(at: [NDArray(places)]) { layer($0[0]).sum() }
      return [name] + slopes[0].elements(as: Double.self).map { Wording.short($0) }
    }
    report.show("Slope at x", TextTable(["activation"] + places.map { "x = \(Wording.short($0))" }, rows: rows))
  }

  /// Units that are positive for no sample, and units that pass on no gradient for any.
  private func silence(of hidden: Sequential, _ activation: any Layer, _ x: NDArray) -> (dead: Int, stuck: Int) {
    let before = Sequential(Array(hidden.layers.dropLast()))(x)
    let (_, slopes, _) = valueAndGradients(at: [before]) { activation($0[0]).sum() }
    let peaks = before.max(axes: [0]).elements(as: Float.self)
    let passed = slopes[0].abs().max(axes: [0]).elements(as: Float.self)
    return (peaks.count { !($0 > 0) }, passed.count { $0 == 0 })
  }

  private func classify(_ options: LabOptions) throws(TrainingError) -> [(
    name: String, spirals: Double, digits: Double
  )] {
    let (digits, spirals) = (DigitSets(options), Spirals.sets(options))
    var results: [(name: String, spirals: Double, digits: Double)] = []
    for (name, activation) in Self.activations {
      var random = options.random(1)
      let small = MultilayerPerceptron([2, 32, 32, 2], activation: activation, using: &random)
      let large = Sequential([
        Flatten(), MultilayerPerceptron([64, 32, 32, 10], activation: activation, using: &random),
      ])
      let turned = try DigitRun(
        name, small, on: spirals, Adam(learningRate: 1e-2), epochs: options.scaled(60), seed: options.seed)
      let read = try DigitRun(
        name, large, on: digits, Adam(learningRate: 3e-3), epochs: options.scaled(10), seed: options.seed)
      results.append((name, turned.testAccuracy, read.testAccuracy))
    }
    return results
  }

  private func conclude(
    _ report: inout LabReport, _ rows: [[String]], _ rings: [(name: String, spirals: Double, digits: Double)]
  ) {
    for (name, _) in Self.activations[2...3] {
      let own = rows.filter { $0[0] == name }
      report.say(
        "\(name): at the rates \(Wording.list(own.map { $0[1] })), \(Wording.list(own.map { $0[3] })) units are never "
          + "positive, and \(Wording.list(own.map { $0[4] })) get no gradient: "
          + (own.allSatisfy { $0[4] == "0" } ? "all can come back." : "those can never come back."))
    }
    let (relu, leaky, straight) = (rings[2], rings[3], rings[4])
    report.say(
      "One reads that LeakyReLU cannot do complex classification. On spirals it reaches \(Wording.percent(leaky.spirals)), "
        + "ReLU \(Wording.percent(relu.spirals)), a net without activation \(Wording.percent(straight.spirals)); on digits "
        + "\(Wording.percent(leaky.digits)), \(Wording.percent(relu.digits)) and \(Wording.percent(straight.digits)): "
        + (leaky.spirals > 0.9 && leaky.digits > relu.digits - 0.03 ? "it can." : "here it falls behind."))
  }
}

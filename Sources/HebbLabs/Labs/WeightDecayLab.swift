import Hebb
import HebbPlots

/// Draws weights to zero by L1 and by L2, on digits and where two features say the same.
struct WeightDecayLab: Lab {
  let name = "weight-decay"
  let title = "L1 clears weights, L2 spreads them, and biases are left alone"
  let question = "What do L1 and L2 do to the weights, and to the biases?"

  private static let decays: [(name: String, decay: WeightDecay)] = [
    ("none", .none), ("L2 0.01", WeightDecay(l2: 0.01)), ("L1 0.003", WeightDecay(l1: 0.003)),
    ("L2 0.01, biases too", WeightDecay(l2: 0.01, decaysBiases: true)),
  ]
  /// Weights below this count as zero: steps of L1 flicker around 0 by rate · l1.
  private static let zero = 0.003

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    var results: [(name: String, weights: [Double], bias: Double, accuracy: Double)] = []
    for (name, decay) in Self.decays {
      var random = options.random()
      let layer = Linear(64, 10, using: &random)
      let run = try DigitRun(
        name, Sequential([Flatten(), layer]), on: sets, SGD(learningRate: 0.2, momentum: 0.9, weightDecay: decay),
        epochs: options.scaled(60), schedule: .cosine(to: 0.01), seed: options.seed)
      let weights = layer.weight.value.elements(as: Float.self).map { Double(abs($0)) }
      results.append((name, weights, layer.bias?.value.norm ?? 0, run.testAccuracy))
    }
    let shares = results.map { result in
      Double(result.weights.count { $0 < Self.zero }) / Double(result.weights.count)
    }
    let twins = Self.decays.dropLast().map { twinWeights($0.name, $0.decay, options) }

    var report = LabReport()
    report.show(
      "A linear classifier of digits",
      TextTable(
        ["decay", "weights near 0", "mean |w|", "largest |w|", "norm of the biases", "test accuracy"],
        rows: zip(results, shares).map { result, share in
          [
            result.name, Wording.percent(share), Wording.number(Wording.mean(result.weights)),
            Wording.number(result.weights.max() ?? .nan), Wording.number(result.bias), Wording.percent(result.accuracy),
          ]
        }))
    report.show(
      "y = 2a, from the features a, 0.8a (the same, smaller) and noise",
      TextTable(
        ["decay", "weight of a", "weight of 0.8a", "weight of noise"],
        rows: twins.map { [$0.name] + $0.weights.map(Wording.number) }))
    report.draw("weight-decay", histogram(results.dropLast().map { ($0.name, $0.weights) }))
    conclude(&report, results.map(\.weights), shares, results.map(\.bias), twins)
    return report
  }

  /// The weights of a linear regression whose first two features say the same.
  private func twinWeights(_ name: String, _ decay: WeightDecay, _ options: LabOptions) -> (
    name: String, weights: [Double]
  ) {
    var random = options.random(1)
    let a = NDArray.normal([200, 1], using: &random)
    let inputs = NDArray.concatenated([a, a * 0.8, .normal([200, 1], using: &random)], axis: 1)
    let layer = Linear(3, 1, using: &random)
    // Stronger than on the digits, so that three weights feel it.
    let stronger = WeightDecay(l2: decay.l2 * 10, l1: decay.l1 * 100)
    var updater = Updater(SGD(learningRate: 0.1, weightDecay: stronger), for: layer)
    let steps = options.scaled(1500)
    for step in 0..<steps {
      let (_, gradients) = valueAndGradients { Loss.meanSquaredError(layer(Tensor(inputs)), a * 2) }
      updater.update(gradients, rate: 0.1 * (1 - Double(step) / Double(steps)))
    }
    return (name, layer.weight.value.elements(as: Float.self).map(Double.init))
  }

  private func histogram(_ results: [(name: String, weights: [Double])]) -> Figure {
    let edges = [0, Self.zero, 0.03, 0.1, 0.3, 1, .infinity]
    let bins = zip(edges, edges.dropFirst()).map { $0..<$1 }
    let names = bins.map { bin in
      bin.upperBound.isFinite ? "to \(Wording.short(bin.upperBound))" : "above"
    }
    return .bars(
      "Sizes of 640 weights", names: names,
      series: results.map { result in
        (
          result.name,
          bins.map { bin in Double(result.weights.count { bin.contains($0) }) / Double(result.weights.count) }
        )
      }, label: "share of the weights")
  }

  private func conclude(
    _ report: inout LabReport, _ weights: [[Double]], _ shares: [Double], _ biases: [Double],
    _ twins: [(name: String, weights: [Double])]
  ) {
    report.say(
      "Near zero (below \(Self.zero)) are \(Wording.percent(shares[0])) of the weights without decay, "
        + "\(Wording.percent(shares[1])) with L2 and \(Wording.percent(shares[2])) with L1: "
        + (shares[2] > shares[1] && shares[2] > 0.5 ? "L1 clears most of them." : "L1 does not clear most of them."))
    let (ridge, lasso) = (twins[1].weights, twins[2].weights)
    func rest(_ w: [Double]) -> String { Wording.percent(abs(w[1]) / (abs(w[0]) + abs(w[1]))) }
    report.say(
      "Where two features say the same, L2 gives the smaller one \(rest(ridge)) of the weight and L1 \(rest(lasso)): "
        + (abs(lasso[1]) < 0.1 * abs(ridge[1]) ? "L2 spreads, L1 chooses." : "here they do not differ much."))
    report.say(
      "L2 on the weights alone leaves biases of norm \(Wording.short(biases[1])), on the biases too "
        + "\(Wording.short(biases[3])): "
        + (biases[3] < biases[1] ? "left alone they stay free to shift the output." : "here it makes no difference."))
  }
}

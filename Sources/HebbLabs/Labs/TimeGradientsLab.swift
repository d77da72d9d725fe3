import Hebb
import HebbPlots

/// Measures how much of a gradient arrives at steps further and further back in time.
struct TimeGradientsLab: Lab {
  let name = "time-gradients"
  let title = "gradients that vanish and explode through time, and gates that carry them"
  let question = "How large is the gradient 10 to 500 steps back, and is that the gradient of the unrolled net?"

  private static let steps = 500
  private static let units = 32, inputs = 8
  private static let distances = [10, 50, 100, 499]

  func run(_ options: LabOptions) -> LabReport {
    let curves = layers(options).map { ($0.name, shares($0.layer, options)) }
    var report = LabReport()
    report.show(
      "Silent inputs: gradient of the last output with respect to one so many steps before, ÷ that at the last step",
      TextTable(
        ["layer of \(Self.units) units"] + Self.distances.map { "\($0) steps" },
        rows: curves.map { name, shares in [name] + Self.distances.map { Wording.short(shares[$0]) } }))
    let gaps = MemoryCell.allCases.map { ($0.name, unrolledGap($0, options)) }
    report.show(
      "Gradients of all weights over 20 steps, against the same layer unrolled step by step",
      TextTable(
        ["layer", "largest difference ÷ largest gradient"], rows: gaps.map { [$0.0, Wording.short($0.1)] }))
    report.draw(
      "time-gradients",
      Figure(
        "What arrives of a gradient", width: 760, height: 460,
        panels: [
          Axes(
            x: Axis("steps back"), y: Axis("gradient ÷ that at the last step", scale: .logarithmic, range: 1e-12...1e6),
            series: curves.map { name, shares in
              let seen = shares.indices.filter { shares[$0] > 1e-12 && shares[$0] < 1e6 }
              return Series(
                name, x: seen.map(Double.init), y: seen.map { shares[$0] }, dashed: name.contains("rotation"))
            }, lines: [.horizontal(1)])
        ]))
    conclude(&report, curves, gaps.map(\.1).max() ?? .nan)
    return report
  }

  private func conclude(_ report: inout LabReport, _ curves: [(String, [Double])], _ gap: Double) {
    let far = 100
    for (isMeant, verdict) in [
      ({ (share: Double) in share < 1e-3 }, "the gradient has vanished (less than a thousandth)"),
      ({ $0 >= 1e-3 && $0 <= 1e3 }, "it arrives within a factor of a thousand"),
      ({ !($0 <= 1e3) }, "it has exploded (more than a thousandfold; ∞: a float cannot hold it)"),
    ] {
      let names = curves.filter { isMeant($0.1[far]) }.map(\.0)
      if !names.isEmpty { report.say("After \(far) steps \(verdict): \(names.joined(separator: "; ")).") }
    }
    report.say(
      gap < 1e-3
        ? "Back-propagation through time is back-propagation through the unrolled net: the gradients agree."
        : "The gradients through time are not those of the unrolled net: they differ by \(Wording.short(gap)).")
  }

  private func layers(_ options: LabOptions) -> [(name: String, layer: any RecurrentLayer)] {
    var random = options.random()
    var layers: [(name: String, layer: any RecurrentLayer)] = MemoryCell.allCases.map {
      ($0.name, $0.layer(Self.inputs, Self.units, steps: Self.steps, using: &random))
    }
    // Silence leaves tanh straight, so that the state's weights alone decide.
    for gain in [0.9, 1.0, 1.2] {
      let layer = RNN(Self.inputs, Self.units, using: &random)
      layer.stateWeight.value = Initializer.orthogonal(gain: gain)(
        [Self.units, Self.units], fanIn: Self.units, fanOut: Self.units, using: &random)
      layer.bias.value = .zeros([Self.units])
      layers.append(("RNN, a rotation × \(gain)", layer))
    }
    return layers
  }

  /// For each number of steps back, the size of the gradient there against that at the last step.
  private func shares(_ layer: any RecurrentLayer, _ options: LabOptions) -> [Double] {
    var random = options.random(1)
    let x = NDArray.zeros([1, Self.steps, Self.inputs])
    let weights = NDArray.normal([1, Self.units], using: &random)
    let (_, gradients, _) = valueAndGradients(at: [x], ofParameters: false) { x in
      let end = layer.summary(of: layer.run(x[0]).state)
      return (end * Tensor(weights)).sum()
    }
    let norms = (0..<Self.steps).reversed().map { step in
      gradients[0].sliced(axis: 1, from: step, to: step + 1).norm
    }
    return norms.map { $0 / norms[0] }
  }

  /// How far the weights' gradients are from those of one layer for each step, with the same weights.
  private func unrolledGap(_ cell: MemoryCell, _ options: LabOptions) -> Double {
    var random = options.random(2)
    let layer = cell.layer(Self.inputs, Self.units, steps: 20, using: &random)
    let x = NDArray.normal([4, 20, Self.inputs], using: &random)
    let (_, whole) = valueAndGradients { layer(Tensor(x)).sum() }
    let (_, unrolled) = valueAndGradients {
      var state: RecurrentState?
      var sum = Tensor(NDArray.zeros([]))
      for step in 0..<20 {
        let y = layer.step(Tensor(x.sliced(axis: 1, from: step, to: step + 1).squeezed(1)), &state)
        sum = sum + y.sum()
      }
      return sum
    }
    var (gap, size) = (0.0, 0.0)
    for (parameter, gradient) in zip(whole.parameters, whole.values) {
      guard let other = unrolled[parameter] else { return .nan }
      gap = max(gap, Double((gradient - other).abs().max().scalar))
      size = max(size, Double(gradient.abs().max().scalar))
    }
    return gap / size
  }
}

import Hebb
import HebbPlots

/// One sample through a net of two inputs, two hidden units and one output: every number of a step, three ways.
struct BackpropagationLab: Lab {
  let name = "backpropagation"
  let title = "forward, backward and update of a 2-2-1 net, number by number"
  let question =
    "Does the chain rule, applied by hand, give the slopes that one measures by moving each weight a little?"

  private static let rate = 0.5
  private static let input = [0.5, -1.0]
  private static let target = 0.8
  private static let names = ["u₁₁", "u₁₂", "u₂₁", "u₂₂", "b₁", "b₂", "v₁", "v₂", "c"]

  /// The numbers of one forward pass: h = σ(x U + b), y = σ(h v + c), E = ½ (y − t)².
  private struct Forward {
    let hidden: [Double], output: Double, error: Double

    init(_ w: [Double]) {
      let x = BackpropagationLab.input
      let hidden = (0..<2).map { Mathematics.sigmoid(x[0] * w[$0] + x[1] * w[2 + $0] + w[4 + $0]) }
      output = Mathematics.sigmoid(hidden[0] * w[6] + hidden[1] * w[7] + w[8])
      error = 0.5 * (output - BackpropagationLab.target) * (output - BackpropagationLab.target)
      self.hidden = hidden
    }
  }

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    var weights = NDArray.uniform([9], in: -1...1, using: &random).elements(as: Float.self).map(Double.init)
    let start = weights
    let before = Forward(weights)
    let slopes = chainRule(weights)
    let recorded = recorded(weights)
    let measured = differences(weights)
    weights = zip(weights, slopes).map { $0 - Self.rate * $1 }
    let after = Forward(weights)
    var errors = [before.error, after.error]
    for _ in 1..<options.scaled(200) {
      weights = zip(weights, chainRule(weights)).map { $0 - Self.rate * $1 }
      errors.append(Forward(weights).error)
    }

    var report = LabReport()
    report.show(
      "Forward pass of the input (\(Self.input[0]), \(Self.input[1])) with the target \(Self.target)",
      TextTable(
        ["", "h₁", "h₂", "output y", "error E = ½ (y − t)²"],
        rows: [("before the step", before), ("after the step", after)].map {
          [$0, six($1.hidden[0]), six($1.hidden[1]), six($1.output), six($1.error)]
        }))
    report.show(
      "Backward pass and update: new weight = old weight − \(Self.rate) · ∂E/∂w",
      TextTable(
        ["weight", "old", "∂E/∂w by hand", "by Hebb's tape", "by differences", "new"],
        rows: Self.names.indices.map {
          [
            Self.names[$0], six(start[$0]), six(slopes[$0]), six(recorded[$0]), six(measured[$0]),
            six(start[$0] - Self.rate * slopes[$0]),
          ]
        }))
    report.draw(
      "backpropagation",
      Figure(
        "Step by step",
        panels: [Axes(x: Axis("steps"), y: Axis("error", scale: .logarithmic), series: [Series(y: errors)])]))
    let gap = zip(slopes, recorded).map { abs($0 - $1) }.max() ?? .nan
    let error = zip(slopes, measured).map { abs($0 - $1) }.max() ?? .nan
    report.say(
      "By hand and by Hebb's tape the slopes differ by \(Wording.short(gap)) at most, by hand and by differences by "
        + "\(Wording.short(error)): " + (max(gap, error) < 1e-7 ? "the three agree." : "the three do not agree."))
    let (first, last) = (errors[0], errors[errors.count - 1])
    report.say(
      "One step takes the error from \(Wording.short(first)) to \(Wording.short(errors[1])), which is "
        + (errors[1] < first ? "less" : "not less") + "; \(errors.count - 1) steps take it to \(Wording.short(last)).")
    return report
  }

  private func six(_ x: Double) -> String { NumberText.fixed(x, places: 6) }

  /// δ of the output, then δ of the hidden units by the chain rule; each slope is a δ times what its weight multiplies.
  private func chainRule(_ w: [Double]) -> [Double] {
    let (x, f) = (Self.input, Forward(w))
    let output = (f.output - Self.target) * f.output * (1 - f.output)
    let hidden = (0..<2).map { output * w[6 + $0] * f.hidden[$0] * (1 - f.hidden[$0]) }
    return [
      x[0] * hidden[0], x[0] * hidden[1], x[1] * hidden[0], x[1] * hidden[1], hidden[0], hidden[1],
      f.hidden[0] * output, f.hidden[1] * output, output,
    ]
  }

  private func recorded(_ w: [Double]) -> [Double] {
    let parts = [(0..<4, [2, 2] as Shape), (4..<6, [2]), (6..<8, [2, 1]), (8..<9, [1])]
    let (_, gradients, _) = valueAndGradients(at: parts.map { NDArray(w[$0.0], shape: $0.1) }) { w in
      let hidden = Tensor(NDArray(Self.input, shape: [1, 2])).linear(w[0], w[1]).sigmoid()
      return (hidden.linear(w[2], w[3]).sigmoid() - Self.target).squared().sum() * 0.5
    }
    return gradients.flatMap { $0.elements(as: Double.self) }
  }

  /// (E(w + ε) − E(w − ε)) / 2ε, one weight at a time.
  private func differences(_ w: [Double]) -> [Double] {
    w.indices.map { index in
      var (up, down) = (w, w)
      up[index] += 1e-5
      down[index] -= 1e-5
      return (Forward(up).error - Forward(down).error) / 2e-5
    }
  }
}

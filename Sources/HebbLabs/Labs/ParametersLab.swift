import Hebb
import HebbPlots

/// Counts the parameters of dense and convolution layers, by formula and in the built network.
struct ParametersLab: Lab {
  let name = "parameters"
  let title = "how many weights dense and convolution layers have, and why"
  let question =
    "How many parameters does a dense net on 28×28 pictures need, how many a convolution, and how do they grow?"

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let dense = MultilayerPerceptron([28 * 28, 15, 10], using: &random)
    let convolution = Conv2D(1, 15, kernel: 5, using: &random)
    let network = convolutionNetwork(side: 28, using: &random)
    let sides = [14, 28, 56, 112, 224]
    let denseCounts = sides.map { MultilayerPerceptron([$0 * $0, 15, 10], using: &random).parameterCount }
    let networkCounts = sides.map { convolutionNetwork(side: $0, using: &random).parameterCount }

    var report = LabReport()
    let counted: [(String, String, Int, Int)] = [
      ("dense 784 → 15 → 10", "28·28·15 + 15·10 + 15 + 10", 28 * 28 * 15 + 15 * 10 + 15 + 10, dense.parameterCount),
      ("convolution 5×5, 1 → 15", "5·5·1·15 + 15", 5 * 5 * 1 * 15 + 15, convolution.parameterCount),
      (
        "convolution 5×5, 1 → 15, then global mean → 10", "5·5·15 + 15 + 15·10 + 10", 5 * 5 * 15 + 15 + 15 * 10 + 10,
        network.parameterCount
      ),
    ]
    report.show(
      "Parameters, weights and biases",
      TextTable(
        ["network", "formula", "by formula", "counted"],
        rows: counted.map { [$0.0, $0.1, Wording.count($0.2), Wording.count($0.3)] }))
    let summary = ModelSummary(of: network, input: [28, 28, 1])
    let costs = [ModelSummary(of: dense, input: [28 * 28]), summary]
    report.show(
      "What one picture costs",
      TextTable(
        ["network", "parameters", "multiply-adds"],
        rows: zip(["dense 784 → 15 → 10", counted[2].0], costs).map {
          [$0, Wording.count($1.parameters), Wording.count($1.multiplyAdds)]
        }))
    report.draw(
      "parameters",
      Figure(
        "Parameters by the size of the picture",
        panels: [
          Axes(
            x: Axis("pixels along a side", scale: .logarithmic), y: Axis("parameters", scale: .logarithmic),
            series: [
              Series("dense", x: sides.map(Double.init), y: denseCounts.map(Double.init), marker: .disk),
              Series("convolution", x: sides.map(Double.init), y: networkCounts.map(Double.init), marker: .disk),
            ])
        ]))
    let wrong = counted.filter { $0.2 != $0.3 }.map(\.0)
    report.say(
      wrong.isEmpty
        ? "Every formula gives what is counted in the built network; the dense one has \(Wording.count(dense.parameterCount))."
        : "The formula is wrong for \(Wording.list(wrong)).")
    let (small, large) = (1, sides.count - 1)
    report.say(
      "From \(sides[small])×\(sides[small]) to \(sides[large])×\(sides[large]) pixels the dense net's parameters grow "
        + "\(Wording.short(Double(denseCounts[large]) / Double(denseCounts[small]))) times, the convolution's "
        + "\(Wording.short(Double(networkCounts[large]) / Double(networkCounts[small]))) times.")
    let (cheap, dear) = (costs[1], costs[0])
    report.say(
      "The convolution net has \(Wording.short(Double(dear.parameters) / Double(cheap.parameters))) times fewer parameters "
        + "and takes \(Wording.short(Double(cheap.multiplyAdds) / Double(dear.multiplyAdds))) times as many multiplications: "
        + (cheap.multiplyAdds > dear.multiplyAdds
          ? "few weights, each used at every place, are not little work." : "it is less work too."))
    return report
  }

  private func convolutionNetwork(side: Int, using random: inout Philox) -> Sequential {
    Sequential {
      Conv2D(1, 15, kernel: 5, using: &random)
      ReLU()
      GlobalAveragePool2D()
      Linear(15, 10, using: &random)
    }
  }
}

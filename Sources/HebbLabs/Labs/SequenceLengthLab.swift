import Hebb
import HebbPlots

/// Counts parameters and multiplications of dense and recurrent layers for longer and longer sequences.
struct SequenceLengthLab: Lab {
  let name = "sequence-length"
  let title = "recurrent layers use the same weights at every step"
  let question = "How do parameters and work grow with the length of a sequence?"

  private static let lengths = [10, 50, 100, 500, 1000]
  private static let features = 8, units = 32

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let names = ["dense on all steps", "RNN", "GRU", "LSTM", "LSTM, both directions"]
    let summaries = names.map { name in
      Self.lengths.map { ModelSummary(of: network(name, $0, &random), input: [$0, Self.features]) }
    }
    var report = LabReport()
    let heads = ["network"] + Self.lengths.map { "\($0) steps" }
    for (heading, value) in [
      ("Parameters", { (summary: ModelSummary) in summary.parameters }), ("Multiply-adds", { $0.multiplyAdds }),
    ] {
      report.show(
        "\(heading), \(Self.features) features to \(Self.units) units to 2 classes",
        TextTable(heads, rows: zip(names, summaries).map { [$0] + $1.map { Wording.count(value($0)) } }))
    }
    let x = Self.lengths.map(Double.init)
    func series(_ value: (ModelSummary) -> Int) -> [Series] {
      zip(names, summaries).map { Series($0, x: x, y: $1.map { Double(value($0)) }, marker: .disk) }
    }
    report.draw(
      "sequence-length",
      Figure(
        "Longer sequences", height: 420,
        panels: [
          Axes(
            "parameters", x: Axis("steps", scale: .logarithmic), y: Axis("parameters", scale: .logarithmic),
            series: series { $0.parameters }),
          Axes(
            "work", x: Axis("steps", scale: .logarithmic), y: Axis("multiply-adds", scale: .logarithmic),
            series: series { $0.multiplyAdds }),
        ]))
    let last = Self.lengths.count - 1
    func growth(_ row: Int, _ value: (ModelSummary) -> Int) -> Double {
      Double(value(summaries[row][last])) / Double(value(summaries[row][0]))
    }
    let constant = (1..<names.count).filter { growth($0) { $0.parameters } == 1 }.map { names[$0] }
    report.say(
      "From \(Self.lengths[0]) to \(Self.lengths[last]) steps the dense net's parameters grow "
        + "\(Wording.short(growth(0) { $0.parameters })) times; as many as before have: \(Wording.list(constant)).")
    report.say(
      "The work of an LSTM grows \(Wording.short(growth(3) { $0.multiplyAdds })) times: weights are shared, multiplications "
        + "are not.")
    let (gru, lstm) = (summaries[2][0].parameters, summaries[3][0].parameters)
    report.say(
      "A GRU has \(Wording.percent(Double(gru) / Double(lstm))) of the parameters of an LSTM of as many units.")
    return report
  }

  private func network(_ name: String, _ steps: Int, _ random: inout Philox) -> Sequential {
    let (features, units) = (Self.features, Self.units)
    if name == "dense on all steps" {
      return Sequential([
        Flatten(), Linear(steps * features, units, using: &random), ReLU(), Linear(units, 2, using: &random),
      ])
    }
    let layer: any RecurrentLayer =
      switch name {
      case "RNN": RNN(features, units, using: &random)
      case "GRU": GRU(features, units, using: &random)
      case "LSTM": LSTM(features, units, using: &random)
      default: Bidirectional(LSTM(features, units, using: &random), LSTM(features, units, using: &random))
      }
    return Sequential([FinalState(layer), Linear(layer.outputs, 2, using: &random)])
  }
}

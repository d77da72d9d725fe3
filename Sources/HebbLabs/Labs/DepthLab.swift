import Hebb
import HebbPlots

/// Trains plain nets of 1 to 32 hidden layers and measures how far their weights move.
struct DepthLab: Lab {
  let name = "depth"
  let title = "plain nets that become harder to train with every layer"
  let question = "What do more plain layers do to the training loss, and do the weights still move?"

  private static let depths = [1, 2, 4, 8, 16, 32]
  private static let width = 32

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    var results: [(depth: Int, run: DigitRun, moved: [Double])] = []
    for residual in [false, true] {
      for depth in Self.depths where !residual || depth == Self.depths.last {
        let (model, layers) = network(depth, residual: residual, options)
        let start = layers.map(\.weight.value)
        let run = try DigitRun(
          residual ? "\(depth) residual" : "\(depth)", model, on: sets, Adam(learningRate: 1e-3),
          epochs: options.scaled(15), seed: options.seed)
        let moved = zip(layers, start).map { layer, old in (layer.weight.value - old).norm / old.norm }
        results.append((depth, run, moved))
      }
    }
    var report = LabReport()
    report.show(
      "Digits by Adam after \(results[0].run.losses.count) epochs; plain ReLU layers of \(Self.width) units",
      TextTable(
        ["hidden layers", "training loss", "training accuracy", "test accuracy", "first layer moved", "last moved"],
        rows: results.map {
          [
            $0.run.name, Wording.number($0.run.trainingLoss), Wording.percent($0.run.trainingAccuracy),
            Wording.percent($0.run.testAccuracy), Wording.percent($0.moved[0]),
            Wording.percent($0.moved[$0.moved.count - 1]),
          ]
        }))
    report.draw(
      "depth",
      Figure(
        "Plain nets by depth", height: 420,
        panels: [
          Axes(
            "training loss", x: Axis("epoch"), y: Axis("loss", scale: .logarithmic),
            series: results.map {
              Series($0.run.name, x: $0.run.losses.indices.map { Double($0 + 1) }, y: $0.run.losses)
            }),
          Axes(
            "how far each layer's weights moved", x: Axis("place from input to output"),
            y: Axis("change ÷ size at the start"),
            series: results.map { result in
              let last = Double(max(1, result.moved.count - 1))
              return Series(
                result.run.name, x: result.moved.indices.map { Double($0) / last }, y: result.moved,
                marker: result.moved.count == 1 ? .disk : nil)
            }),
        ]))
    conclude(&report, results)
    return report
  }

  private func network(_ depth: Int, residual: Bool, _ options: LabOptions) -> (Sequential, [Linear]) {
    var random = options.random()
    let layers = (0..<depth).map { Linear($0 == 0 ? 64 : Self.width, Self.width, using: &random) }
    let blocks = layers.enumerated().map { index, layer -> any Layer in
      let block = Sequential([layer, ReLU()])
      return residual && index > 0 ? Residual(block) : block
    }
    return (Sequential([Flatten()] + blocks + [Linear(Self.width, 10, using: &random)]), layers)
  }

  private func conclude(_ report: inout LabReport, _ results: [(depth: Int, run: DigitRun, moved: [Double])]) {
    let plain = Array(results.dropLast())
    let best = plain.min { $0.run.trainingLoss < $1.run.trainingLoss } ?? plain[0]
    let (deepest, helped) = (plain[plain.count - 1], results[results.count - 1])
    report.say(
      "The lowest training loss of a plain net is that of \(best.depth) hidden layers, "
        + "\(Wording.number(best.run.trainingLoss)); \(deepest.depth) layers, which could compute the same and more, end at "
        + "\(Wording.number(deepest.run.trainingLoss)): "
        + (deepest.run.trainingLoss > best.run.trainingLoss ? "deeper is harder to train." : "depth does no harm here.")
    )
    let (shallow, deep) = (plain[0].moved[0], deepest.moved[0])
    report.say(
      "The first layer's weights move by \(Wording.percent(shallow)) of their size in the net of \(plain[0].depth) layer and by "
        + "\(Wording.percent(deep)) in that of \(deepest.depth): "
        + (deep < 0.5 * shallow ? "they have almost stopped." : "they have not stopped."))
    report.say(
      "With a way around each layer the net of \(helped.depth) ends at \(Wording.number(helped.run.trainingLoss)): "
        + (helped.run.trainingLoss < deepest.run.trainingLoss
          ? "the depth was not the fault, the plain chain was."
          : "it does not help here."))
  }
}

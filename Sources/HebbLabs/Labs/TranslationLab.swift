import Hebb
import HebbPlots

/// Trains three nets on digits in the middle of a larger picture and tests them on digits that are moved.
struct TranslationLab: Lab {
  let name = "translation"
  let title = "what happens when the picture is moved: dense net, convolution, pooling"
  let question = "Is a convolution net invariant to translation, as one often reads?"

  /// The digits' 8×8 pixels stand in a picture of 16×16.
  private static let margin = 4
  private static let shifts = [0, 1, 2, 3, 4]

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    let centred = DigitSets(train: moved(sets.train, by: 0), test: moved(sets.test, by: 0))
    let tests = Self.shifts.map { moved(sets.test, by: $0).all }
    var random = options.random()
    var accuracies: [(name: String, values: [Double])] = []
    var equivariance: [(name: String, gaps: [Double])] = []
    for (name, model) in networks(using: &random) {
      _ = try DigitRun(
        name, model, on: centred, Adam(learningRate: 3e-3), epochs: options.scaled(8), seed: options.seed)
      accuracies.append((name, tests.map { Accuracy()(model($0.inputs), $0.targets) }))
    }
    for (name, layer) in parts(using: &random) {
      equivariance.append((name, [1, 2].map { difference(layer, shift: $0, tests[0].inputs) }))
    }

    var report = LabReport()
    report.show(
      "Test accuracy, trained on centred digits only, by how far the digit is moved to the right",
      TextTable(
        ["network"] + Self.shifts.map { "\($0) px" },
        rows: accuracies.map { [$0.name] + $0.values.map(Wording.percent) }))
    report.show(
      "Largest difference between “move, then layer” and “layer, then move”",
      TextTable(["layer", "1 px", "2 px"], rows: equivariance.map { [$0.name] + $0.gaps.map { Wording.short($0) } }))
    let series = accuracies.map { Series($0.name, x: Self.shifts.map(Double.init), y: $0.values, marker: .disk) }
    report.draw(
      "translation",
      Figure(
        "Digits that are moved",
        panels: [
          Axes(
            x: Axis("moved by pixels"), y: Axis("test accuracy", range: 0...1), series: series,
            lines: [.horizontal(0.1, "guessing")])
        ]))
    let last = Self.shifts.count - 1
    for (name, values) in accuracies {
      let kept = values[last] / values[0]
      report.say(
        "\(name): moved by \(Self.shifts[last]) pixels, accuracy goes from \(Wording.percent(values[0])) to "
          + "\(Wording.percent(values[last])); "
          + (kept > 0.95 ? "it hardly cares." : kept > 0.5 ? "it cares." : "it does not know the digits any more."))
    }
    let (alone, pooled) = (equivariance[0].gaps, equivariance[1].gaps)
    report.say(
      "Moving the picture and then convolving differs from convolving and then moving by \(Wording.short(alone[0])): a "
        + "convolution " + (alone[0] < 1e-5 ? "is equivariant, its result moves along." : "is not equivariant."))
    report.say(
      "With pooling of stride 2 the difference is \(Wording.short(pooled[1])) for 2 pixels and \(Wording.short(pooled[0])) "
        + "for 1: "
        + (pooled[1] < 1e-5 && pooled[0] > 1e-5
          ? "results move along by whole strides, and not between them." : "the stride makes no difference here."))
    return report
  }

  private func networks(using random: inout Philox) -> [(String, any Layer)] {
    let side = 8 + 2 * Self.margin
    func features() -> [any Layer] {
      [
        Conv2D(1, 8, kernel: 3, padding: 1, using: &random), ReLU(),
        Conv2D(8, 16, kernel: 3, padding: 1, using: &random), ReLU(),
      ]
    }
    return [
      (
        "dense",
        Sequential {
          Flatten()
          Linear(side * side, 32, using: &random)
          ReLU()
          Linear(32, 10, using: &random)
        }
      ),
      (
        "convolution, flatten",
        Sequential {
          features()
          Flatten()
          Linear(16 * side * side, 10, using: &random)
        }
      ),
      (
        "convolution, global maximum",
        Sequential {
          features()
          GlobalMaxPool2D()
          Linear(16, 10, using: &random)
        }
      ),
    ]
  }

  private func parts(using random: inout Philox) -> [(String, any Layer)] {
    [
      ("convolution 3×3", Conv2D(1, 4, kernel: 3, padding: 1, using: &random)),
      ("max pooling 2×2", MaxPool2D(2)),
    ]
  }

  /// How much it matters whether pictures are moved before or after a layer, where both know the picture.
  private func difference(_ layer: any Layer, shift: Int, _ x: NDArray) -> Double {
    let (before, after) = (layer(rolled(x, shift)), layer(x))
    let stride = x.shape[2] / after.shape[2]
    // A move by less than a stride has no counterpart behind the layer; the nearest is none.
    let gap = before - rolled(after, shift / stride)
    return gap.sliced(axis: 2, from: (shift + stride - 1) / stride, to: gap.shape[2]).abs().max().scalar
  }

  /// Pictures moved to the right, with zeros behind them.
  private func rolled(_ x: NDArray, _ shift: Int) -> NDArray {
    x.padded([(0, 0), (0, 0), (shift, 0), (0, 0)]).sliced(axis: 2, from: 0, to: x.shape[2])
  }

  private func moved(_ set: any Dataset, by shift: Int) -> ArrayDataset {
    let (margin, batch) = (Self.margin, set.all)
    let inputs = batch.inputs.padded([(0, 0), (margin, margin), (margin + shift, margin - shift), (0, 0)])
    return ArrayDataset(name: set.name, inputs: inputs, targets: batch.targets, classNames: set.classNames)
  }
}

import Hebb
import HebbPlots

/// Max against average pooling, on digits and on two tasks made for either.
struct PoolingLab: Lab {
  let name = "pooling"
  let title = "max and average pooling: what they keep and when each is better"
  let question = "Is max pooling always better than average pooling?"

  private static let seeds: [UInt64] = [0, 1, 2]
  private static let classes = 2

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var report = LabReport()
    let corner = Digits.load().batch(at: [0]).inputs.sliced(axis: 1, from: 0, to: 4).sliced(axis: 2, from: 2, to: 6)
    let window = PoolGeometry(kernel: 2, stride: 2)
    let (largest, mean) = (corner.maxPooled(window), corner.averagePooled(window))
    func numbers(_ x: NDArray, _ row: Int) -> String {
      x.sliced(axis: 1, from: row, to: row + 1).elements(as: Float.self)
        .map { NumberText.fixed(Double($0), places: 2) }.joined(separator: " ")
    }
    report.show(
      "A piece of a digit and what pooling 2×2 makes of it",
      TextTable(
        ["picture", "maximum", "mean"],
        rows: (0..<4).map {
          [numbers(corner, $0), $0 < 2 ? numbers(largest, $0) : "", $0 < 2 ? numbers(mean, $0) : ""]
        }))

    let tasks: [(String, DigitSets)] = [
      ("digits", DigitSets(options)), ("is one pixel very bright?", bright(options)),
      ("is more than half of the noise above 0.5?", dense(options)),
    ]
    var table: [(task: String, largest: [Double], mean: [Double])] = []
    for (index, (task, sets)) in tasks.enumerated() {
      var accuracies: [[Double]] = [[], []]
      for seed in Self.seeds {
        for (kind, isLargest) in [true, false].enumerated() {
          var random = options.random(seed)
          let model = index == 0 ? network(isLargest, using: &random) : reader(isLargest, using: &random)
          let run = try DigitRun(
            task, model, on: sets, Adam(learningRate: index == 0 ? 3e-3 : 1e-2),
            epochs: options.scaled(index == 0 ? 10 : 8),
            seed: options.seed &+ seed)
          accuracies[kind].append(run.testAccuracy)
        }
      }
      table.append((task, accuracies[0], accuracies[1]))
    }
    report.show(
      "Test accuracy, mean of \(Self.seeds.count) seeds",
      TextTable(
        ["task", "maximum", "mean", "seeds move it by"],
        rows: table.map { row in
          let spread = [row.largest, row.mean].map(Wording.spread).max() ?? 0
          return [row.task] + [Wording.mean(row.largest), Wording.mean(row.mean), spread].map(Wording.percent)
        }))
    report.draw(
      "pooling",
      .bars(
        "Test accuracy", names: ["digits", "bright pixel", "much noise"],
        series: [("maximum", table.map { Wording.mean($0.largest) }), ("mean", table.map { Wording.mean($0.mean) })],
        label: "accuracy"))
    for row in table {
      let gap = Wording.mean(row.largest) - Wording.mean(row.mean)
      let spread = [row.largest, row.mean].map(Wording.spread).max() ?? 0
      report.say(
        "Task “\(row.task)”: "
          + (abs(gap) <= spread
            ? "no difference beyond that between seeds." : gap > 0 ? "the maximum is better." : "the mean is better."))
    }
    describeEnd(&report, options)
    return report
  }

  /// Flatten, dense, softmax: what stands behind the pooling.
  private func describeEnd(_ report: inout LabReport, _ options: LabOptions) {
    var random = options.random()
    let model = network(true, using: &random)
    let x = Digits.load().batch(at: [0]).inputs
    let chances = model(x).softmax().elements(as: Float.self)
    let rows = ModelSummary(of: model, input: [8, 8, 1]).rows
    report.show(
      "From picture to classes", TextTable(["layer", "output"], rows: rows.map { [$0.layer, "\($0.output)"] }))
    report.say(
      "Behind the pooling all numbers stand in one row, a dense layer gives \(chances.count) scores, and softmax makes "
        + "probabilities of them that add up to \(Wording.number(chances.reduce(0.0) { $0 + Double($1) })).")
  }

  private func network(_ largest: Bool, using random: inout Philox) -> Sequential {
    Sequential {
      Conv2D(1, 8, kernel: 3, padding: 1, using: &random)
      ReLU()
      pool(largest)
      Conv2D(8, 16, kernel: 3, padding: 1, using: &random)
      ReLU()
      pool(largest)
      Flatten()
      Linear(64, 10, using: &random)
    }
  }

  private func pool(_ largest: Bool) -> any Layer { largest ? MaxPool2D(2) : AveragePool2D(2) }

  /// Nothing but pooling over the whole picture and a decision.
  private func reader(_ largest: Bool, using random: inout Philox) -> Sequential {
    let pool: any Layer = largest ? GlobalMaxPool2D() : GlobalAveragePool2D()
    return Sequential([pool, Linear(1, 16, using: &random), ReLU(), Linear(16, Self.classes, using: &random)])
  }

  /// Noise of any mean; half of the pictures have one pixel that is brighter than noise can be.
  private func bright(_ options: LabOptions) -> DigitSets {
    made(options, 1) { label, x, random in
      let level = Float(random.next() >> 40) * 0x1p-24
      for i in x.indices { x[i] *= level }
      if label == 1 { x[Int(random.next() % UInt64(x.count))] = 1.2 }
    }
  }

  /// Noise whose share of bright pixels is the class; every picture has a few very bright ones.
  private func dense(_ options: LabOptions) -> DigitSets {
    made(options, 2) { label, x, random in
      for i in x.indices { x[i] = label == 1 ? 1 - x[i] * x[i] : x[i] * x[i] }
      for _ in 0..<3 { x[Int(random.next() % UInt64(x.count))] = 1 }
    }
  }

  private func made(
    _ options: LabOptions, _ purpose: UInt64, _ change: (Int, inout [Float], inout Philox) -> Void
  ) -> DigitSets {
    var random = options.random(100 + purpose)
    let sets = (0..<2).map { _ in
      var pixels: [Float] = []
      let labels = (0..<600).map { Int32($0 % Self.classes) }
      for label in labels {
        var x = NDArray.uniform([64], using: &random).elements(as: Float.self)
        change(Int(label), &x, &random)
        pixels += x
      }
      return ArrayDataset(name: "noise", inputs: NDArray(pixels, shape: [600, 8, 8, 1]), targets: NDArray(labels))
    }
    return DigitSets(train: sets[0], test: sets[1])
  }
}

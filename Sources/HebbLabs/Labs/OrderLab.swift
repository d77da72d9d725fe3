import Hebb
import HebbPlots

/// Asks a mean of words and a recurrent layer about sequences, once in their order and once shuffled.
struct OrderLab: Lab {
  let name = "order"
  let title = "the order of the input matters, and who sees it"
  let question = "What is lost when the steps of a sequence are shuffled?"

  /// Whether something holds for a sequence of symbols.
  private struct Task: Sendable {
    let name: String
    let holds: @Sendable ([Int32]) -> Bool
  }

  // Half of the sequences say yes. Shuffled, the first two cannot be told any more, the third can.
  private static let tasks = [
    Task(name: "1 comes before 2") { x in x.firstIndex(of: 1)! < x.firstIndex(of: 2)! },
    Task(name: "the last is above the first") { x in x.last! > x.first! },
    Task(name: "3 is more frequent than 4") { x in x.count { $0 == 3 } > x.count { $0 == 4 } },
  ]
  private static let symbols = 8, steps = 12, features = 16

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var accuracies: [[Double]] = []
    for (index, task) in Self.tasks.enumerated() {
      let (sets, shuffled) = samples(task, options, UInt64(index))
      var row: [Double] = []
      for isRecurrent in [false, true] {
        var random = options.random(10)
        let model = network(isRecurrent, &random)
        let run = try DigitRun(
          "", model, on: sets, Adam(learningRate: 0.01), epochs: options.scaled(20), seed: options.seed)
        row += [run.testAccuracy, Accuracy()(model(shuffled.all.inputs), shuffled.targets)]
      }
      accuracies.append(row)
    }
    var report = LabReport()
    let heads = ["mean of words", "mean, shuffled", "GRU", "GRU, shuffled"]
    report.show(
      "Right answers on new sequences of \(Self.steps) symbols, in their order and shuffled",
      TextTable(
        ["whether"] + heads, rows: zip(Self.tasks, accuracies).map { [$0.name] + $1.map(Wording.percent) }))
    report.draw(
      "order",
      .bars(
        "Right answers", names: Self.tasks.map(\.name),
        series: heads.enumerated().map { column, head in (head, accuracies.map { $0[column] }) },
        label: "right answers"))
    conclude(&report, accuracies)
    return report
  }

  private func conclude(_ report: inout LabReport, _ accuracies: [[Double]]) {
    let lost = accuracies.map { $0[2] - $0[3] }
    let named = zip(Self.tasks, lost).filter { $0.1 > 0.1 }.map { "“\($0.0.name)”" }
    let kept = zip(Self.tasks, lost).filter { abs($0.1) <= 0.1 }.map { "“\($0.0.name)”" }
    report.say("Shuffling costs the GRU more than 10 points on \(Wording.list(named)).")
    if !kept.isEmpty { report.say("It costs nothing much on \(Wording.list(kept)), which any order tells.") }
    let gains = zip(Self.tasks, accuracies).map { ($0.name, $1[2] - $1[0]) }.filter { $0.1 > 0.1 }
    report.say(
      gains.isEmpty
        ? "A mean of words does as well as the GRU here."
        : "A mean of words, which forgets the order, is behind the GRU by "
          + "\(Wording.list(gains.map { "\(Wording.short(100 * $0.1, digits: 2)) points on “\($0.0)”" })).")
  }

  private func network(_ isRecurrent: Bool, _ random: inout Philox) -> Sequential {
    let embedding = Embedding(Self.symbols, Self.features, using: &random)
    if isRecurrent {
      let layer = GRU(Self.features, 24, using: &random)
      return Sequential([embedding, FinalState(layer), Linear(layer.outputs, 2, using: &random)])
    }
    // The mean over time: sequences as pictures of one row.
    return Sequential([
      embedding, Reshape([1, Self.steps, Self.features]), GlobalAveragePool2D(),
      Linear(Self.features, 24, using: &random), ReLU(), Linear(24, 2, using: &random),
    ])
  }

  /// Training and test sequences, and those of the test with their steps shuffled and the labels that they had.
  private func samples(_ task: Task, _ options: LabOptions, _ purpose: UInt64) -> (DigitSets, ArrayDataset) {
    var random = options.random(20 + purpose)
    func set(_ sequences: [[Int32]], _ labels: [Int32]) -> ArrayDataset {
      ArrayDataset(
        name: "symbols",
        inputs: NDArray(sequences.joined().map { Float($0) }, shape: [sequences.count, Self.steps]),
        targets: NDArray(labels), classNames: ["no", "yes"])
    }
    let drawn = [1024, 512].map { count in
      (0..<count).map { index -> [Int32] in
        while true {
          // Exactly one 1 and one 2 among the others, so that only their order can tell.
          var x: [Int32] = [1, 2] + (2..<Self.steps).map { _ in [0, 3, 4, 5, 6, 7][Int(random.next() % 6)] }
          x = x.shuffled(using: &random)
          if x.last != x.first, task.holds(x) == (index % 2 == 1) { return x }
        }
      }
    }
    let labels = drawn.map { $0.indices.map { Int32($0 % 2) } }
    let shuffled = drawn[1].map { $0.shuffled(using: &random) }
    return (
      DigitSets(train: set(drawn[0], labels[0]), test: set(drawn[1], labels[1])), set(shuffled, labels[1])
    )
  }
}

import Hebb
import HebbPlots

/// Trains recurrent layers on the adding and the copying problem, over more and more steps.
///
/// - Source: Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735, section 5.4; Arjovsky, Shah and Bengio 2016,
///   arXiv:1511.06464.
struct MemoryLab: Lab {
  let name = "memory"
  let title = "how long RNN, LSTM and GRU remember: adding and copying"
  let question = "Over how many steps can a plain recurrent layer carry what it has seen, and how far do gates help?"

  private static let addingLengths = [10, 40, 150, 500], copyingLengths = [10, 50, 200, 500]
  private static let units = 32
  private static let batch = 16
  /// How many symbols there are, and how many of them are to be said again.
  private static let symbols = 4, copied = 1

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var adding: [[Double]] = [], copying: [[Double]] = []
    let (addingSteps, copyingSteps) = (options.scaled(500), options.scaled(500))
    for cell in MemoryCell.allCases {
      var (errors, hits): ([Double], [Double]) = ([], [])
      for length in Self.addingLengths { errors.append(try addingError(cell, length, steps: addingSteps, options)) }
      for length in Self.copyingLengths { hits.append(try copyingAccuracy(cell, length, steps: copyingSteps, options)) }
      adding.append(errors)
      copying.append(hits)
    }
    var report = LabReport()
    report.show(
      "Adding two marked numbers: squared error ÷ that of always answering the mean, after \(addingSteps) batches",
      table(Self.addingLengths, adding) { Wording.number($0) })
    report.show(
      "Copying a symbol, one of \(Self.symbols), after a wait: right answers after \(copyingSteps) batches (guessing: 25 %)",
      table(Self.copyingLengths, copying) { Wording.percent($0) })
    func curves(_ lengths: [Int], _ values: [[Double]]) -> [Series] {
      zip(MemoryCell.allCases, values).map { Series($0.name, x: lengths.map(Double.init), y: $1, marker: .disk) }
    }
    report.draw(
      "memory",
      Figure(
        "Memory over time", height: 420,
        panels: [
          Axes(
            "adding: 0 is solved", x: Axis("steps", scale: .logarithmic), y: Axis("error ÷ that of the mean"),
            series: curves(Self.addingLengths, adding), lines: [.horizontal(1, "the mean")]),
          Axes(
            "copying: 1 is solved", x: Axis("steps", scale: .logarithmic), y: Axis("right answers", range: 0...1),
            series: curves(Self.copyingLengths, copying), lines: [.horizontal(0.25, "guessing")]),
        ]))
    conclude(&report, adding, copying)
    return report
  }

  private func table(_ lengths: [Int], _ values: [[Double]], _ text: (Double) -> String) -> TextTable {
    TextTable(
      ["layer of \(Self.units) units"] + lengths.map { "\($0) steps" },
      rows: zip(MemoryCell.allCases, values).map { [$0.name] + $1.map(text) })
  }

  private func conclude(_ report: inout LabReport, _ adding: [[Double]], _ copying: [[Double]]) {
    for (task, lengths, solved) in [
      ("Adding is solved (error below a fifth)", Self.addingLengths, adding.map { $0.map { $0 < 0.2 } }),
      ("Copying is solved (nine in ten right)", Self.copyingLengths, copying.map { $0.map { $0 > 0.9 } }),
    ] {
      let reach = zip(MemoryCell.allCases, solved).map { cell, solved in
        let longest = Array(zip(lengths, solved)).last { $0.1 }?.0
        return "\(cell.name) \(longest.map { "to \($0) steps" } ?? "at no length")"
      }
      report.say("\(task): \(reach.joined(separator: "; ")).")
    }
    let last = Self.copyingLengths.count - 1
    let (plain, gated) = (copying[0][last], copying.dropFirst().map { $0[last] }.max() ?? .nan)
    report.say(
      "Over \(Self.copyingLengths[last]) steps the RNN copies \(Wording.percent(plain)) of the symbols, the best layer with gates "
        + "\(Wording.percent(gated)): "
        + (gated > plain + 0.1 ? "gates carry what the plain layer loses." : "no layer has learned to carry them yet."))
  }
}

extension MemoryLab {
  /// Two of many numbers between 0 and 1 are marked, one in each half; their sum is wanted at the end.
  private func addingError(
    _ cell: MemoryCell, _ length: Int, steps: Int, _ options: LabOptions
  ) throws(TrainingError) -> Double {
    var random = options.random(1)
    func samples(_ count: Int) -> ArrayDataset {
      let numbers = NDArray.uniform([count, length], using: &random).elements(as: Float.self)
      let half = length / 2
      var (x, sums): ([Float], [Float]) = ([], [])
      for row in 0..<count {
        let marked = [Int(random.next() % UInt64(half)), half + Int(random.next() % UInt64(length - half))]
        for step in 0..<length { x += [numbers[row * length + step], marked.contains(step) ? 1 : 0] }
        sums.append(marked.reduce(0) { $0 + numbers[row * length + $1] })
      }
      return ArrayDataset(
        name: "adding", inputs: NDArray(x, shape: [count, length, 2]), targets: NDArray(sums, shape: [count, 1]))
    }
    let (train, test) = (samples(Self.batch * steps), samples(256))
    var weights = options.random(2)
    let layer = cell.layer(2, Self.units, steps: length, using: &weights)
    let model = Sequential([FinalState(layer), Linear(Self.units, 1, using: &weights)])
    let trainer = try trained(model, .meanSquaredError, train, options)
    // Two numbers of variance 1/12 each.
    return trainer.evaluate(test).loss / (1.0 / 6)
  }

  /// Some symbols, then blanks, then as many steps at which they are to be said again.
  private func copyingAccuracy(
    _ cell: MemoryCell, _ length: Int, steps: Int, _ options: LabOptions
  ) throws(TrainingError) -> Double {
    var random = options.random(3)
    let kinds = Self.symbols + 2
    func samples(_ count: Int) -> ArrayDataset {
      var (x, targets) = ([Float](repeating: 0, count: count * length * kinds), [Int32]())
      for row in 0..<count {
        for step in 0..<length {
          var kind = step < length - Self.copied ? Self.symbols : Self.symbols + 1
          if step < Self.copied {
            kind = Int(random.next() % UInt64(Self.symbols))
            targets.append(Int32(kind))
          }
          x[(row * length + step) * kinds + kind] = 1
        }
      }
      return ArrayDataset(
        name: "copying", inputs: NDArray(x, shape: [count, length, kinds]),
        targets: NDArray(targets, shape: [count, Self.copied]))
    }
    let (train, test) = (samples(Self.batch * steps), samples(256))
    var weights = options.random(4)
    let layer = cell.layer(kinds, Self.units, steps: length, using: &weights)
    let model = Sequential([layer, LastSteps(Self.copied), Linear(Self.units, Self.symbols, using: &weights)])
    let trainer = try trained(model, .crossEntropy, train, options)
    return trainer.evaluate(test).metrics.first?.value ?? .nan
  }

  private func trained(
    _ model: Sequential, _ loss: Loss, _ train: ArrayDataset, _ options: LabOptions
  ) throws(TrainingError) -> Trainer {
    let isClassified = loss.name == Loss.crossEntropy.name
    let trainer = Trainer(
      model, loss: loss, optimizer: Adam(learningRate: 0.01), metrics: isClassified ? [Accuracy()] : [],
      schedule: .cosine(), seed: options.seed)
    trainer.clipping = .norm(1)
    try trainer.fit(train, epochs: 1, batchSize: Self.batch)
    return trainer
  }
}

/// The last steps of sequences.
private struct LastSteps: Layer {
  let count: Int

  init(_ count: Int) { self.count = count }

  func callAsFunction(_ x: Tensor) -> Tensor { x.sliced(axis: 1, from: x.shape[1] - count, to: x.shape[1]) }
}

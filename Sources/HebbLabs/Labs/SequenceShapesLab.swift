import Hebb
import HebbPlots

/// A small network for each shape of input and output, on digits.
struct SequenceShapesLab: Lab {
  let name = "sequence-shapes"
  let title = "one to one, one to many, many to one, many to many"
  let question = "Which network takes and gives a step, a sequence, or a sequence of another length?"

  /// A shape with its task.
  private struct Form {
    let name: String
    let task: String
    let uses: String
    let example: String
    let layers: String
    let accuracy: Double
  }

  private static let steps = 8, training = 1024, testing = 256

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let forms = [
      try oneToOne(options), try oneToMany(options), try manyToOne(options), try aligned(options),
      try unaligned(options),
    ]
    var report = LabReport()
    report.show(
      "Tasks",
      TextTable(["shape", "task", "example", "as in"], rows: forms.map { [$0.name, $0.task, $0.example, $0.uses] }))
    report.show(
      "Right answers on new samples",
      TextTable(["shape", "network", "right"], rows: forms.map { [$0.name, $0.layers, Wording.percent($0.accuracy)] }))
    report.draw(
      "sequence-shapes",
      .bars(
        "Right answers", names: forms.map(\.name), series: [("new samples", forms.map(\.accuracy))],
        label: "right answers"))
    let learned = forms.filter { $0.accuracy > 0.9 }.map(\.name)
    report.say("More than nine answers in ten are right for: \(Wording.list(learned)).")
    report.say(
      "Where output and input have as many steps, each step is answered as it is read. Where they differ, one network reads "
        + "all, and a second one writes until it writes the end.")
    return report
  }

  // MARK: - One answer for each sample, or one for each step

  private func oneToOne(_ options: LabOptions) throws(TrainingError) -> Form {
    var random = options.random(1)
    let model = Sequential([Linear(10, 16, using: &random), Tanh(), Linear(16, 10, using: &random)])
    let sets = digits(options, 1, length: 1) { x in ([(x[0] + 1) % 10], []) }
    return Form(
      name: "one to one", task: "the digit that follows", uses: "a picture's class", example: "7 → 8",
      layers: "two dense layers", accuracy: try learn(Sequential([OneHot(), Flatten(), model]), sets, options))
  }

  private func oneToMany(_ options: LabOptions) throws(TrainingError) -> Form {
    var random = options.random(2)
    let layer = GRU(10, 32, using: &random)
    let model = Sequential([OneHot(), Repeated(Self.steps), layer, Linear(32, 10, using: &random)])
    let sets = digits(options, 2, length: 1) { x in ([], (1...Self.steps).map { (x[0] + 3 * $0) % 10 }) }
    return Form(
      name: "one to many", task: "count on by threes", uses: "captions, melodies", example: "4 → 7 0 3 6 9 …",
      layers: "a GRU that is given the same at every step", accuracy: try learn(model, sets, options))
  }

  private func manyToOne(_ options: LabOptions) throws(TrainingError) -> Form {
    var random = options.random(3)
    let layer = GRU(10, 32, using: &random)
    let model = Sequential([OneHot(), FinalState(layer), Linear(32, 10, using: &random)])
    let sets = digits(options, 3, length: Self.steps) { x in ([x.max() ?? 0], []) }
    return Form(
      name: "many to one", task: "the largest digit", uses: "classes of sentences", example: "2 0 7 1 → 7",
      layers: "the last state of a GRU", accuracy: try learn(model, sets, options))
  }

  private func aligned(_ options: LabOptions) throws(TrainingError) -> Form {
    var random = options.random(4)
    let layer = GRU(10, 32, using: &random)
    let model = Sequential([OneHot(), layer, Linear(32, 10, using: &random)])
    let sets = digits(options, 4, length: Self.steps) { x in ([], x.indices.map { max(x[$0], x[max(0, $0 - 1)]) }) }
    return Form(
      name: "many to many, aligned", task: "the larger of this digit and the one before", uses: "tags of words",
      example: "2 0 7 1 → 2 2 7 7", layers: "every step of a GRU", accuracy: try learn(model, sets, options))
  }

  /// Digits, and one label or one for each step.
  private func digits(
    _ options: LabOptions, _ purpose: UInt64, length: Int, answer: ([Int]) -> (one: [Int], many: [Int])
  ) -> DigitSets {
    var random = options.random(10 + purpose)
    let sets = [Self.training, Self.testing].map { count in
      let rows = (0..<count).map { _ in (0..<length).map { _ in Int(random.next() % 10) } }
      let answers = rows.map(answer)
      let one = answers.flatMap(\.one).map { Int32($0) }
      let many = answers.flatMap(\.many).map { Int32($0) }
      return ArrayDataset(
        name: "digits", inputs: NDArray(rows.joined().map { Float($0) }, shape: [count, length]),
        targets: one.isEmpty ? NDArray(many, shape: [count, many.count / count]) : NDArray(one))
    }
    return DigitSets(train: sets[0], test: sets[1])
  }

  private func learn(_ model: Sequential, _ sets: DigitSets, _ options: LabOptions) throws(TrainingError) -> Double {
    try DigitRun(
      "", model, on: sets, Adam(learningRate: 0.01), epochs: options.scaled(15), seed: options.seed
    ).testAccuracy
  }

  // MARK: - A sequence of another length

  private func unaligned(_ options: LabOptions) throws(TrainingError) -> Form {
    var random = options.random(5)
    let (end, start) = (10, 11)
    let model = RecurrentTranslator(
      source: 10, target: 12, features: 16, units: 32, encoder: GRU(16, 32, using: &random),
      attention: AdditiveAttention(query: 32, memory: 32, hidden: 16, using: &random), using: &random)
    let train = runs(Self.training, end: end, using: &random)
    let trainer = Trainer(model, optimizer: Adam(learningRate: 0.01), schedule: .oneCycle(), seed: options.seed) {
      batch in
      // The decoder reads what it should have written, one step late.
      let before = NDArray.full([batch.count, 1], Double(start), dtype: .int32)
      let told = NDArray.concatenated([before, batch.targets], axis: 1).sliced(
        axis: 1, from: 0, to: batch.targets.shape[1])
      let known = NDArray.maximum(told, 0)
      let logits = model(batch.inputs, lengths: batch.lengths, known)
      return Outcome(loss: Loss.crossEntropy(ignoring: -1)(logits, batch.targets), prediction: logits)
    }
    trainer.clipping = .norm(1)
    try trainer.fit(train, epochs: options.scaled(15))
    let test = runs(Self.testing, end: end, using: &random)
    let right = (0..<test.count).count { index in
      let sample = test.batch(at: [index])
      let truth = sample.targets.elements(as: Int32.self).map(Int.init)
      let writer = model.translating(sample.inputs)
      return writer.write(after: [start], count: Self.steps + 1, .greedy, end: end, using: &random) + [end] == truth
    }
    return Form(
      name: "many to many, unaligned", task: "each run of a digit once", uses: "translation",
      example: "4 4 4 7 7 1 → 4 7 1", layers: "a GRU reads, a GRU with attention writes",
      accuracy: Double(right) / Double(test.count))
  }

  /// Runs of digits, and what is left where each is written once, with the end behind it.
  private func runs(_ count: Int, end: Int, using random: inout Philox) -> SequenceDataset {
    let short = (0..<count).map { _ -> [Int] in
      var digits: [Int] = []
      for _ in 0..<2 + Int(random.next() % 3) {
        let step = 1 + Int(random.next() % 9)  // never the same digit again
        digits.append(((digits.last ?? 0) + step) % 10)
      }
      return digits
    }
    let long = short.map { digits in
      digits.flatMap { digit in [Int](repeating: digit, count: 1 + Int(random.next() % 2)) }
    }
    return SequenceDataset(name: "runs", tokens: long, targets: short.map { $0 + [end] })
  }
}

/// Whole numbers below 10 as vectors: `[batch, time]` → `[batch, time, 10]`.
private struct OneHot: Layer {
  func callAsFunction(_ x: Tensor) -> Tensor { Tensor(x.value.cast(to: .int32).oneHot(classes: 10)) }

  var window: Window? { nil }
}

/// One step as many: `[batch, 1, features]` → `[batch, time, features]`.
private struct Repeated: Layer {
  let steps: Int

  init(_ steps: Int) { self.steps = steps }

  func callAsFunction(_ x: Tensor) -> Tensor { .concatenated([Tensor](repeating: x, count: steps), axis: 1) }

  var window: Window? { nil }
}

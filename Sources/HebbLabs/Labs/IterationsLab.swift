import Hebb
import HebbPlots

/// Counts iterations and epochs while training with batches of several sizes.
struct IterationsLab: Lab {
  let name = "iterations"
  let title = "iterations and epochs: what they count, and what the batch size trades"
  let question = "How many iterations make an epoch, and does the same number of epochs teach the same?"

  private static let sizes = [8, 32, 128, 512]

  /// Counts what a training really did.
  private final class Counter: Callback {
    var (epochs, iterations) = (0, 0)
    func batchEnded(_ trainer: Trainer) { iterations += 1 }
    func epochEnded(_ record: EpochRecord, _ trainer: Trainer) { epochs += 1 }
  }

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    let epochs = options.scaled(10)
    var rows: [[String]] = []
    var (byEpoch, byIteration) = ([Series](), [Series]())
    var results: [(size: Int, formula: Int, counted: Int, accuracy: Double, visits: Set<Int>)] = []
    for size in Self.sizes {
      var random = options.random()
      let model = Sequential([Flatten(), MultilayerPerceptron([64, 32, 10], using: &random)])
      let trainer = Trainer(
        model, loss: .crossEntropy, optimizer: SGD(learningRate: 0.1), metrics: [Accuracy()], seed: options.seed)
      let counter = Counter()
      trainer.callbacks = [counter]
      let history = try trainer.fit(sets.train, epochs: epochs, batchSize: size)
      let formula = (sets.train.count + size - 1) / size
      let accuracy = trainer.evaluate(sets.test).metrics[0].value
      results.append((size, formula, counter.iterations, accuracy, visits(sets.train, size, options)))
      rows.append(
        [size, formula, counter.epochs, counter.iterations].map(Wording.count) + [Wording.percent(accuracy)])
      let losses = history.epochs.map(\.trainingLoss)
      byEpoch.append(Series("batches of \(size)", x: losses.indices.map { Double($0 + 1) }, y: losses))
      byIteration.append(Series("batches of \(size)", x: losses.indices.map { Double(($0 + 1) * formula) }, y: losses))
    }
    var report = LabReport()
    report.show(
      "\(Wording.count(sets.train.count)) digits by SGD at the rate 0.1",
      TextTable(["batch size", "iterations an epoch", "epochs", "iterations, counted", "test accuracy"], rows: rows))
    report.draw(
      "iterations",
      Figure(
        "The same trainings, by epoch and by iteration",
        panels: [
          Axes(x: Axis("epoch"), y: Axis("training loss"), series: byEpoch),
          Axes(x: Axis("iteration", scale: .logarithmic), y: Axis("training loss"), series: byIteration),
        ]))
    let right = results.count { $0.counted == $0.formula * epochs }
    report.say(
      "An epoch has ⌈samples ÷ batch size⌉ iterations: true of what was counted in \(right) of \(results.count) trainings."
    )
    let once = results.allSatisfy { $0.visits == [1] }
    report.say(
      once ? "In an epoch every sample is visited exactly once." : "Not every sample is visited once an epoch.")
    let (small, large) = (results[0], results[results.count - 1])
    report.say(
      "\(epochs) epochs are \(Wording.count(small.counted)) iterations with batches of \(small.size), which reach "
        + "\(Wording.percent(small.accuracy)), and \(Wording.count(large.counted)) with batches of \(large.size), which reach "
        + "\(Wording.percent(large.accuracy)): at one learning rate "
        + (small.accuracy > large.accuracy ? "more iterations taught more." : "more iterations did not teach more."))
    return report
  }

  /// How often the samples are visited in the second epoch, as a set of numbers.
  private func visits(_ train: any Dataset, _ size: Int, _ options: LabOptions) -> Set<Int> {
    let loader = Loader(train, batchSize: size, sampler: .shuffled(seed: options.seed))
    var visits = [Int](repeating: 0, count: train.count)
    for batch in loader.batches(epoch: 1) { for index in batch.indices { visits[index] += 1 } }
    return Set(visits)
  }
}

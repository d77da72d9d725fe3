import Hebb
import HebbPlots

/// Averages the nets that dropout thins out, and nets trained apart on resampled digits.
struct DropoutLab: Lab {
  let name = "dropout"
  let title = "dropout as a vote of thinned nets, beside bagging"
  let question =
    "Does a net trained with dropout act like the average of its thinned nets, and how does bagging compare?"

  private static let counts = [1, 2, 4, 8, 16, 32, 64]
  private static let bags = 8
  private static let samples = 200

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options, training: Self.samples)
    let test = sets.test.all
    func accuracy(_ chances: NDArray) -> Double { Accuracy()(chances, test.targets) }

    let plain = network(dropout: 0, options, 0)
    let single = try train(plain, sets, options, 0)
    let thinned = network(dropout: 0.5, options, 0)
    let whole = try train(thinned, sets, options, 0)
    var sum = NDArray.zeros([test.count, 10])
    var votes: [Double] = []
    var alone: [Double] = []
    for draw in 1...(Self.counts.last ?? 1) {
      // A training pass draws which units are left out.
      let chances = Pass.training(seed: options.seed, step: 1_000_000 + draw) { thinned(test.inputs).softmax() }
      alone.append(accuracy(chances))
      sum = sum + chances
      if Self.counts.contains(draw) { votes.append(accuracy(sum)) }
    }
    let gap = (sum / Double(alone.count) - thinned(test.inputs).softmax()).abs().mean().scalar
    let (bagged, members) = try bag(sets, options)

    var report = LabReport()
    report.show(
      "Test accuracy of nets with 128 hidden units, trained on \(sets.train.count) digits",
      TextTable(
        ["network", "test accuracy"],
        rows: [
          ("one net without dropout", single), ("one thinned net, mean of \(alone.count)", Wording.mean(alone)),
          ("average of \(alone.count) thinned nets", votes[votes.count - 1]), ("the whole net, dropout off", whole),
          ("one bag, mean of \(Self.bags)", Wording.mean(members)), ("average of \(Self.bags) bags", bagged),
        ].map { [$0.0, Wording.percent($0.1)] }))
    report.draw(
      "dropout",
      Figure(
        "Thinned nets that vote",
        panels: [
          Axes(
            x: Axis("thinned nets", scale: .logarithmic), y: Axis("test accuracy"),
            series: [
              Series("average of thinned nets", x: Self.counts.map(Double.init), y: votes, marker: .disk),
              Series("the whole net", x: [1, 64], y: [whole, whole], dashed: true),
              Series("without dropout", x: [1, 64], y: [single, single], dashed: true),
              Series("average of \(Self.bags) bags", x: [1, 64], y: [bagged, bagged], dashed: true),
            ])
        ]))
    let vote = votes[votes.count - 1]
    report.say(
      "One thinned net reaches \(Wording.percent(Wording.mean(alone))), \(alone.count) that vote \(Wording.percent(vote)): "
        + (vote > Wording.mean(alone) ? "together they are better." : "together they are no better."))
    report.say(
      "The whole net reaches \(Wording.percent(whole)) in one pass; its probabilities are \(Wording.short(gap)) from the "
        + "average of the thinned nets in the mean: "
        + (abs(whole - vote) < 0.02 ? "it stands for their vote." : "it does not stand for their vote."))
    report.say(
      "Bagging, \(Self.bags) nets on resampled digits, takes \(Self.bags) trainings and reaches \(Wording.percent(bagged)) "
        + "where one of them has \(Wording.percent(Wording.mean(members))). Without either a net has "
        + "\(Wording.percent(single)): dropout " + comparison(whole, single, test.count) + ", bagging "
        + comparison(bagged, single, test.count) + ".")
    return report
  }

  /// Whether two accuracies on `count` samples differ by more than two standard errors.
  private func comparison(_ value: Double, _ base: Double, _ count: Int) -> String {
    let chance = 2 * (base * (1 - base) / Double(count)).squareRoot()
    if abs(value - base) <= chance { return "makes no difference beyond chance (\(Wording.percent(chance)))" }
    return value > base ? "helps" : "harms"
  }

  private func network(dropout: Double, _ options: LabOptions, _ purpose: UInt64) -> Sequential {
    var random = options.random(purpose)
    return Sequential {
      Flatten()
      Linear(64, 128, using: &random)
      ReLU()
      Dropout(dropout)
      Linear(128, 10, using: &random)
    }
  }

  /// Trains a net and gives its test accuracy.
  private func train(
    _ model: Sequential, _ sets: DigitSets, _ options: LabOptions, _ member: UInt64
  ) throws(TrainingError) -> Double {
    try DigitRun(
      "member", model, on: sets, Adam(learningRate: 3e-3), epochs: options.scaled(80), seed: options.seed &+ member
    ).testAccuracy
  }

  /// Nets that each see as many samples as there are, drawn with repetition: the accuracy of their average, and of each.
  private func bag(_ sets: DigitSets, _ options: LabOptions) throws(TrainingError) -> (together: Double, each: [Double])
  {
    let test = sets.test.all
    var sum = NDArray.zeros([test.count, 10])
    var each: [Double] = []
    for member in 1...UInt64(Self.bags) {
      let drawn = Sampler.weighted([Double](repeating: 1, count: sets.train.count), seed: options.seed &+ member)
        .indices(count: sets.train.count, epoch: 0)
      let model = network(dropout: 0, options, member)
      each.append(try train(model, DigitSets(train: Subset(sets.train, drawn), test: sets.test), options, member))
      sum = sum + model(test.inputs).softmax()
    }
    return (Accuracy()(sum, test.targets), each)
  }
}

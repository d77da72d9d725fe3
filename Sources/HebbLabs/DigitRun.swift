import Hebb

/// The built-in digits, cut into a training and a test part.
struct DigitSets: Sendable {
  let train: any Dataset
  let test: any Dataset

  /// - Parameter training: how many samples to train on; all that are not tested unless given.
  init(_ options: LabOptions, training: Int? = nil) {
    let (train, test) = Digits.load().stratifiedSplit(testFraction: 0.2, seed: options.seed)
    self.train = training.map { Subset(train, Array(0..<min($0, train.count))) } ?? train
    self.test = test
  }

  init(train: any Dataset, test: any Dataset) { (self.train, self.test) = (train, test) }
}

/// A network that was trained, and how it does.
struct DigitRun {
  let name: String
  /// The loss of each epoch; ends where the weights stopped being finite.
  let losses: [Double]
  /// How many steps the weights made.
  let steps: Int
  /// On all training and all test samples, after the last epoch; NaN where training ended early.
  let trainingLoss: Double
  let testLoss: Double
  let trainingAccuracy: Double
  let testAccuracy: Double

  /// Whether the weights became infinite or NaN.
  var diverged: Bool { testLoss.isNaN }

  /// Trains a classifier. A run whose loss is no longer finite is a result, not an error.
  init(
    _ name: String, _ model: any Layer, on sets: DigitSets, _ optimizer: any Optimizer, epochs: Int,
    batchSize: Int = 32, clipping: Clipping? = nil, schedule: Schedule = .constant, loss: Loss = .crossEntropy,
    seed: UInt64
  ) throws(TrainingError) {
    let trainer = Trainer(
      model, loss: loss, optimizer: optimizer, metrics: loss.name == Loss.crossEntropy.name ? [Accuracy()] : [],
      schedule: schedule, seed: seed)
    trainer.clipping = clipping
    var finite = true
    do {
      try trainer.fit(sets.train, epochs: epochs, batchSize: batchSize)
    } catch .notFinite {
      finite = false
    }
    self.name = name
    losses = trainer.history.epochs.map(\.trainingLoss)
    steps = trainer.progress?.step ?? 0
    let measured = [sets.train, sets.test].map { finite ? trainer.evaluate($0) : nil }
    func accuracy(_ index: Int) -> Double { measured[index]?.metrics.first?.value ?? .nan }
    (trainingLoss, testLoss) = (measured[0]?.loss ?? .nan, measured[1]?.loss ?? .nan)
    (trainingAccuracy, testAccuracy) = (accuracy(0), accuracy(1))
  }
}

import Foundation
import Hebb
import HebbPlots
import HebbRuns

/// A classifier of texts about to be trained.
final class ClassifyTraining: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  let best: Measure? = .validationLoss
  let model: any TaskModel

  private let data: ClassifyData
  private let classifier: ClassifyModel
  private let plan: TaskPlan

  init(_ plan: TaskPlan) throws(DataError) {
    let data = try ClassifySet.data(plan)
    for (part, samples) in [("learn from", data.train), ("judge by", data.validation), ("test on", data.test)]
    where samples.isEmpty {
      throw DataError(plan.source, "it has no texts to \(part)", advice: "get the set again, whole")
    }
    let kind = plan.kind(ClassifyModel.Kind.self)
    (self.plan, self.data) = (plan, data)
    let settings = ClassifySettings(data, kind)
    classifier = settings.model(data, seed: plan.seed)
    model = classifier
    let samples = classifier.dataset(data.train, data.name)
    let batch = ClassifySettings.batchSize(samples.count)
    train = Loader(
      samples, batchSize: batch, sampler: .byLength(samples.lengths, batch: batch, seed: plan.seed), seed: plan.seed)
    trainer = settings.trainer(classifier, steps: train.batchCount, seed: plan.seed)
    validation = Loader(classifier.dataset(data.validation, data.name), batchSize: 64)
    introduction =
      "\(data.train.count) texts to learn from, \(data.validation.count) to judge by, \(data.test.count) to test on; "
      + "\(data.classNames.count) classes, \(classifier.tokenizer.vocabulary.count) tokens"
  }

  var fingerprint: DataFingerprint? {
    DataFingerprint(data.train, data.validation, data.test) {
      [.text($0.text), .text(data.classNames[$0.label])]
    }
  }

  func outcome() throws -> RunOutcome { classifier.score(data.test, title: "test set") }

  /// A linear model, learnt beside it.
  func complete(_ outcome: inout RunOutcome) throws {
    guard classifier.kind != .linear else { return }
    let labels = data.test.map(\.label)
    let settings = ClassifySettings(data, .linear)
    let linear = settings.model(data, seed: plan.seed)
    let samples = linear.dataset(data.train, data.name)
    let trainer = settings.trainer(linear, steps: train.batchCount, seed: plan.seed)
    try trainer.fit(samples, epochs: ClassifySettings.linearEpochs, batchSize: train.batchSize)
    let right = zip(linear.found(data.test), labels).count { $0 == $1 }
    let share = Double(right) / Double(labels.count)
    outcome.numbers.append(("linear", share))
    outcome.sentences.append("a linear model of words and their pairs: \(NumberText.fixed(share * 100, places: 2)) %")
  }
}

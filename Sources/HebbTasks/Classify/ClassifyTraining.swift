import Foundation
import Hebb
import HebbPlots
import HebbRuns

/// A classifier of texts about to be trained.
final class ClassifyTraining: TaskTraining {
  /// A longer text is learned from its beginning.
  static let longestText = 1_000

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
    let kind = ClassifyModel.Kind(rawValue: plan.kind) ?? .cnn
    (self.plan, self.data) = (plan, data)
    let settings = ClassifySettings(data, kind)
    classifier = settings.model(data, seed: plan.seed)
    model = classifier
    let samples = ClassifyTraining.dataset(data.train, data, classifier)
    let batch = ClassifySettings.batchSize(samples.count)
    train = Loader(
      samples, batchSize: batch, sampler: .byLength(samples.lengths, batch: batch, seed: plan.seed), seed: plan.seed)
    trainer = settings.trainer(classifier, steps: train.batchCount, seed: plan.seed)
    validation = Loader(ClassifyTraining.dataset(data.validation, data, classifier), batchSize: 64)
    introduction =
      "\(data.train.count) texts to learn from, \(data.validation.count) to judge by, \(data.test.count) to test on; "
      + "\(data.classNames.count) classes, \(classifier.tokenizer.vocabulary.count) tokens"
  }

  private static func dataset(
    _ samples: [ClassifyData.Sample], _ data: ClassifyData, _ model: ClassifyModel
  ) -> SequenceDataset {
    SequenceDataset(
      name: data.name, tokens: samples.map { model.tokens($0.text, limit: longestText) },
      labels: samples.map(\.label), classNames: data.classNames)
  }

  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    let labels = data.test.map(\.label)
    outcome.score(
      ClassifyTraining.found(data.test, data, classifier), labels, classNames: data.classNames, title: "test set")
    guard classifier.kind != .linear else { return outcome }
    let settings = ClassifySettings(data, .linear)
    let linear = settings.model(data, seed: plan.seed)
    let samples = ClassifyTraining.dataset(data.train, data, linear)
    let trainer = settings.trainer(linear, steps: train.batchCount, seed: plan.seed)
    try trainer.fit(samples, epochs: ClassifySettings.linearEpochs, batchSize: train.batchSize)
    let right = zip(ClassifyTraining.found(data.test, data, linear), labels).count { $0 == $1 }
    let share = Double(right) / Double(labels.count)
    outcome.numbers.append(("linear", share))
    outcome.sentences.append("a linear model of words and their pairs: \(NumberText.fixed(share * 100, places: 2)) %")
    return outcome
  }

  /// The most probable class of each sample.
  private static func found(
    _ samples: [ClassifyData.Sample], _ data: ClassifyData, _ model: ClassifyModel
  ) -> [Int] {
    let loader = Loader(dataset(samples, data, model), batchSize: 64)
    return loader.batches(epoch: 0).flatMap { batch in
      model.classifier(batch.inputs, lengths: batch.lengths ?? []).value.argMax(axis: 1).elements(as: Int32.self)
        .map(Int.init)
    }
  }
}

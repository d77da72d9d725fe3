import Foundation
import Hebb

/// Sizes and the way of training of a text classifier.
struct ClassifySettings {
  static let linearEpochs = 20

  let kind: ClassifyModel.Kind
  let unit: NGramTokenizer.Unit

  init(_ data: ClassifyData, _ kind: ClassifyModel.Kind) {
    self.kind = kind
    unit = data.isSpaceless ? .characters : .words
  }

  /// The longest runs of words or characters that are tokens.
  private var longest: Int {
    switch kind {
    case .cnn, .lstm: 1
    case .wide, .ngrams, .linear: unit == .characters ? 3 : 2
    }
  }

  /// The network with random weights, and the tokens of the training texts.
  func model(_ data: ClassifyData, seed: UInt64) -> ClassifyModel {
    let texts = data.train.map { $0.text.precomposedStringWithCanonicalMapping }
    let tokenizer = NGramTokenizer(of: texts, unit: unit, longest: longest, limit: 100_000)
    var random = Philox(seed: seed)
    return ClassifyModel(
      kind, tokenizer, network(tokenizer, data.classNames.count, using: &random), classNames: data.classNames)
  }

  private func network(
    _ tokenizer: NGramTokenizer, _ classes: Int, using random: inout Philox
  ) -> any TextClassifier {
    let (tokens, words) = (tokenizer.vocabulary.count, tokenizer.unitCount)
    let features = 128
    switch kind {
    case .linear: return LinearTextClassifier(vocabulary: tokens, classes: classes)
    case .ngrams:
      return AveragingTextClassifier(
        vocabulary: tokens, features: 100, classes: classes, dropout: 0.5, forgetting: 0.1, using: &random)
    case .lstm:
      return RecurrentTextClassifier(
        vocabulary: tokens, features: features, encoder: .bothWays(features, 100, using: &random), classes: classes,
        dropout: (0.3, 0.5), forgetting: 0.1, using: &random)
    case .cnn, .wide:
      let patterns = ConvolutionalTextClassifier(
        vocabulary: words, features: features, classes: classes, dropout: (0.5, 0.5), forgetting: 0.2, using: &random)
      guard kind == .wide else { return patterns }
      return WideTextClassifier(
        wide: LinearTextClassifier(vocabulary: tokens, classes: classes), deep: patterns, words: words)
    }
  }

  /// How many texts make a step: fewer where there are few.
  static func batchSize(_ texts: Int) -> Int { min(50, max(8, texts / 60)) }

  /// - Parameter steps: how many an epoch has.
  func trainer(_ model: ClassifyModel, steps: Int, seed: UInt64) -> Trainer {
    let classifier = model.classifier
    let rate =
      switch kind {
      case .linear: 0.01
      case .ngrams: 0.003
      case .wide, .cnn, .lstm: 0.001
      }
    let trainer = Trainer(
      classifier, optimizer: AdamW(learningRate: rate), metrics: [Accuracy()],
      // What is linear stands larger steps.
      groups: kind == .wide ? [ParameterGroup("wide", rateFactor: 10)] : [], seed: seed
    ) { batch in
      let logits = classifier(batch.inputs, lengths: batch.lengths ?? [])
      return Outcome(loss: logits.softmaxCrossEntropy(labels: batch.targets), prediction: logits)
    }
    trainer.average = .overAnEpoch(steps: steps)
    trainer.clipping = .norm(5)
    return trainer
  }
}

extension WeightAverage {
  /// Over about as many steps as an epoch has.
  static func overAnEpoch(steps: Int) -> WeightAverage {
    WeightAverage(decay: min(0.999, 1 - 1 / Double(max(1, steps))))
  }
}

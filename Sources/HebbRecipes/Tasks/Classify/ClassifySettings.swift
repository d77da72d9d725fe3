import Foundation
import Hebb

func hyper(_ name: String, _ value: Double) -> Double {
  ProcessInfo.processInfo.environment["H_" + name].flatMap(Double.init) ?? value
}

/// Sizes and the way of training of a text classifier.
struct ClassifySettings {
  static let linearEpochs = 20

  let kind: ClassifyModel.Kind
  let unit: NGramTokenizer.Unit

  init(_ data: ClassifyData, _ kind: ClassifyModel.Kind) {
    self.kind = kind
    unit = data.isSpaceless ? .characters : .words
  }

  private var tokenLengths: Int {
    switch kind {
    case .cnn, .lstm: 1
    case .ngrams, .linear, .wide: unit == .characters ? 3 : Int(hyper("n", 2))
    }
  }

  /// The network with random weights, and the tokens of the training texts.
  func model(_ data: ClassifyData, seed: UInt64) -> ClassifyModel {
    let texts = data.train.map { $0.text.precomposedStringWithCanonicalMapping }
    let tokenizer = NGramTokenizer(
      of: texts, unit: unit, longest: tokenLengths, least: Int(hyper("least", 1)), leastRuns: Int(hyper("leastRuns", 2)), limit: 100_000)
    var random = Philox(seed: seed)
    return ClassifyModel(
      kind, tokenizer, network(tokenizer, data.classNames.count, using: &random),
      classNames: data.classNames)
  }

  private func network(_ tokenizer: NGramTokenizer, _ classes: Int, using random: inout Philox) -> any TextClassifier {
    let tokens = tokenizer.vocabulary.count
    return switch kind {
    case .wide:
      WideTextClassifier(
        wide: LinearTextClassifier(vocabulary: tokens, classes: classes),
        deep: ConvolutionalTextClassifier(
          vocabulary: tokenizer.unitCount, features: Int(hyper("features", 128)), filters: Int(hyper("filters", 100)), classes: classes,
          dropout: (hyper("wdrop", 0.5), hyper("dropout", 0.5)), forgetting: hyper("forget", 0.2), using: &random), words: tokenizer.unitCount)
    case .linear: LinearTextClassifier(vocabulary: tokens, classes: classes)
    case .ngrams:
      AveragingTextClassifier(
        vocabulary: tokens, features: Int(hyper("features", 100)), classes: classes, dropout: hyper("dropout", 0.5), forgetting: hyper("forget", 0.1), using: &random)
    case .cnn:
      ConvolutionalTextClassifier(
        vocabulary: tokens, features: Int(hyper("features", 128)), filters: Int(hyper("filters", 100)), classes: classes, dropout: (hyper("wdrop", 0.3), hyper("dropout", 0.5)), forgetting: hyper("forget", 0.1),
        using: &random)
    case .lstm:
      RecurrentTextClassifier(
        vocabulary: tokens, features: Int(hyper("features", 128)), encoder: .bothWays(Int(hyper("features", 128)), Int(hyper("units", 100)), using: &random), classes: classes,
        dropout: (hyper("wdrop", 0.3), hyper("dropout", 0.5)), forgetting: hyper("forget", 0.1), using: &random)
    }
  }

  func trainer(_ model: ClassifyModel, seed: UInt64) -> Trainer {
    let classifier = model.classifier
    let trainer = Trainer(
      classifier, optimizer: AdamW(learningRate: hyper("rate", kind == .linear ? 0.01 : 0.001), weightDecay: WeightDecay(floatLiteral: hyper("decay", 0.01))), metrics: [Accuracy()], groups: kind == .wide ? [ParameterGroup("wide", rateFactor: hyper("wide", 10))] : [], seed: seed
    ) { batch in
      let logits = classifier(batch.inputs, lengths: batch.lengths ?? [])
      return Outcome(loss: logits.softmaxCrossEntropy(labels: batch.targets, smoothing: hyper("smooth", 0)), prediction: logits)
    }
    if hyper("average", 0.99) > 0 { trainer.average = WeightAverage(decay: hyper("average", 0.99)) }
    trainer.clipping = .norm(5)
    return trainer
  }
}

import Hebb
import HebbRuns

extension TaskRecipe {
  /// Texts of one language into another, from pairs of texts.
  ///
  /// BLEU with seed 1 and four beams: Multi30k, English to German, test 2016: transformer 37.3, rnn 34.2, luong
  /// 32.1. Tatoeba, English to Chinese, 1,000 texts that were not learnt, by characters: rnn 27.4.
  static let translate = TaskRecipe(
    name: "translate", summary: "a text into another language",
    data: "multi30k", kinds: [("transformer", 12), ("rnn", 10), ("luong", 10)],
    use: "hebb translate RUN/model.safetensors \"Two dogs are playing in the snow.\"",
    options: [("pieces", "how many pieces of words there are at most, 5000")],
    own: "a file with SOURCE, a tab and TARGET in each line",
    prepare: { try TranslateTraining($0) })
}

/// A translator's training.
struct TranslateTraining: TaskTraining {
  /// How many pairs a step sees.
  private static let batch = 64

  private let pairs: TextPairs
  private let translator: TranslateModel
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  let best: Measure? = .validationLoss
  var model: any TaskModel { translator }

  init(_ plan: TaskPlan) throws {
    pairs = try TextPairs.load(plan.source)
    let size = try plan.integer("pieces", 300...32_000) ?? 5_000
    let vocabulary = PairVocabulary(learning: pairs.train.flatMap { [$0.source, $0.target] }, size: size)
    var random = Philox(seed: plan.seed)
    let isTransformer = plan.kind == "transformer"
    let model = TranslateModel(
      kind: plan.kind, vocabulary, sources: pairs.train.map(\.source), dropout: isTransformer ? 0.1 : 0.2,
      using: &random)
    translator = model
    let loss = Loss.crossEntropy(smoothing: 0.1, ignoring: -1)
    trainer = Trainer(
      model.network, optimizer: Adam(learningRate: 2e-3, beta2: 0.98),
      schedule: .warmUp(.epochs(1), then: .cosine(to: 0.02)), seed: plan.seed
    ) { batch in
      let logits = model.logits(batch)
      return Outcome(loss: loss(logits, batch.targets), prediction: logits)
    }
    trainer.clipping = .norm(1)
    train = TranslateTraining.loader("train", pairs.train, vocabulary, seed: plan.seed)
    validation = TranslateTraining.loader("validation", pairs.validation, vocabulary, seed: 0)
  }

  /// Batches of texts of like lengths, of the targets first: their steps cost most.
  private static func loader(
    _ name: String, _ pairs: [TextPairs.Pair], _ vocabulary: PairVocabulary, seed: UInt64
  ) -> Loader {
    let sources = pairs.map { vocabulary.encode($0.source) }
    let targets = pairs.map { vocabulary.encode($0.target) }
    let lengths = zip(sources, targets).map { $1.count << 20 + $0.count }
    return Loader(
      SequenceDataset(name: name, tokens: sources, targets: targets), batchSize: batch,
      sampler: .byLength(lengths, batch: batch, seed: seed))
  }

  var introduction: String {
    "\(pairs.name): \(pairs.train.count) pairs to learn, \(pairs.test.count) to test, "
      + "\(translator.vocabulary.count) pieces"
  }

  var fingerprint: DataFingerprint? {
    DataFingerprint(pairs.train, pairs.validation, pairs.test) { [.text($0.source), .text($0.target)] }
  }

  func outcome() throws -> RunOutcome { translator.score(pairs.test) }
}

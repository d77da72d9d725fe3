import Hebb
import HebbPlots
import HebbRuns

/// A tagger about to be trained.
final class TagTraining: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  let best: Measure? = .metric("F1")
  let model: any TaskModel

  private let tagModel: TagModel
  private let data: TagData

  init(_ plan: TaskPlan) throws(DataError) {
    let data = try TagData(plan)
    let tags = Set((data.train + data.validation + data.test).flatMap(\.tags))
    guard tags.count > 1, tags.count <= 500 else {
      throw DataError(plan.source, "it has \(tags.count) tags", advice: "give from 2 to 500")
    }
    let scheme = TagScheme(tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let tokens = TagTokens(of: data.train.map(\.words))
    try tokens.check(data.train, plan.source)
    var random = Philox(seed: plan.seed)
    let tagger = TagTraining.network(tokens, scheme, using: &random)
    tagModel = TagModel(tokens, tagger)
    (self.data, model) = (data, tagModel)
    let samples = tagModel.dataset(data.train, data.name)
    let batch = TagTraining.batchSize(samples.count)
    train = Loader(
      samples, batchSize: batch, sampler: .byLength(samples.lengths, batch: batch, seed: plan.seed), seed: plan.seed)
    trainer = TagTraining.trainer(tagModel, steps: train.batchCount, seed: plan.seed)
    validation = Loader(tagModel.dataset(data.validation, data.name), batchSize: 50)
    introduction =
      "\(data.train.count) sentences to learn from, \(data.validation.count) to judge by, \(data.test.count) to test on; "
      + "\(scheme.kinds.count) kinds of entities, \(tokens.words.count) \(tokens.unit.rawValue)"
  }

  /// How many sentences make a step: fewer where there are few.
  private static func batchSize(_ sentences: Int) -> Int { min(20, max(4, sentences / 60)) }

  private static func network(
    _ tokens: TagTokens, _ scheme: TagScheme, using random: inout Philox
  ) -> SequenceTagger {
    let (counts, units) = (tokens.tables, 128)
    switch tokens.unit {
    case .characters:
      return SequenceTagger(
        tables: [(counts[0], 64), (counts[1], 64)], encoder: .bothWays(128, units, using: &random), scheme: scheme,
        dropout: (0.5, 0.5), forgetting: 0.1, using: &random)
    case .words:
      let spelling = WordSpelling(characters: tokens.parts.count, features: 30, patterns: 50, using: &random)
      return SequenceTagger(
        tables: [(counts[0], 100), (counts[1], 10)], spelling: spelling,
        encoder: .bothWays(160, units, using: &random), scheme: scheme, dropout: (0.3, 0.3), forgetting: 0.2,
        using: &random)
    }
  }

  /// - Parameter steps: how many an epoch has.
  private static func trainer(_ model: TagModel, steps: Int, seed: UInt64) -> Trainer {
    let tagger = model.tagger
    let trainer = Trainer(
      tagger, optimizer: Adam(learningRate: model.tokens.unit == .words ? 0.005 : 0.003),
      metrics: [EntityScore(.f1, tagger.scheme)], schedule: .cosine(to: 0.05), seed: seed
    ) { batch in
      let lengths = batch.lengths ?? []
      let scores = tagger.emissions(batch.inputs, lengths: lengths)
      let found = PaddedSequences(tagger.tags(scores.value, lengths: lengths), length: batch.targets.shape[1]).numbers
      return Outcome(loss: tagger.loss(scores, tags: batch.targets, lengths: lengths), prediction: Tensor(found))
    }
    trainer.average = .overAnEpoch(steps: steps)
    trainer.clipping = .norm(5)
    return trainer
  }

  var fingerprint: DataFingerprint? {
    DataFingerprint(data.train, data.validation, data.test) { sentence in
      zip(sentence.words, sentence.tags).flatMap { [.text($0), .text($1)] }
    }
  }

  func outcome() throws -> RunOutcome { tagModel.score(data.test) }
}

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
  private let test: SequenceDataset

  init(_ plan: TaskPlan) throws(DataError) {
    let data = try TagData(plan)
    let tags = Set((data.train + data.validation + data.test).flatMap(\.tags))
    guard tags.count > 1, tags.count <= 500 else {
      throw DataError(plan.source, "it has \(tags.count) tags", advice: "give from 2 to 500")
    }
    let scheme = TagScheme(tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let tokens = TagTokens(of: data.train.map(\.words))
    if tokens.unit == .words, let word = data.train.lazy.flatMap(\.words).first(where: WordSplitter.cutsApart) {
      throw DataError(
        plan.source, "“\(word)” is one word there, and texts to be tagged are cut into characters",
        advice: "give each Chinese or Japanese character a line and a tag of its own")
    }
    var random = Philox(seed: plan.seed)
    let tagger = TagTraining.network(tokens, scheme, using: &random)
    tagModel = TagModel(tokens, tagger)
    model = tagModel
    func dataset(_ sentences: [TagData.Sentence]) -> SequenceDataset {
      let numbers = Dictionary(uniqueKeysWithValues: scheme.tags.enumerated().map { ($1, $0) })
      return SequenceDataset(
        name: data.name, sequences: sentences.map { tokens.encode($0.words) },
        targets: sentences.map { $0.tags.map { numbers[$0] ?? 0 } }, classNames: scheme.tags)
    }
    let samples = dataset(data.train)
    let batch = TagTraining.batchSize(samples.count)
    train = Loader(
      samples, batchSize: batch, sampler: .byLength(samples.lengths, batch: batch, seed: plan.seed), seed: plan.seed)
    trainer = TagTraining.trainer(tagModel, steps: train.batchCount, seed: plan.seed)
    validation = Loader(dataset(data.validation), batchSize: 50)
    test = dataset(data.test)
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

  func outcome() throws -> RunOutcome {
    var score = EntityScore(.f1, tagModel.tagger.scheme)
    for batch in Loader(test, batchSize: 50).batches(epoch: 0) {
      let lengths = batch.lengths ?? []
      let tags = tagModel.tagger.tags(
        tagModel.tagger.emissions(batch.inputs, lengths: lengths).value, lengths: lengths)
      score.add(
        prediction: PaddedSequences(tags, length: batch.targets.shape[1]).numbers, target: batch.targets)
    }
    func percent(_ kind: EntityScore.Kind, _ number: Int? = nil) -> String {
      NumberText.fixed(score.value(kind, of: number) * 100, places: 2)
    }
    var outcome = RunOutcome()
    outcome.numbers = [
      ("precision", score.value(.precision, of: nil)), ("recall", score.value(.recall, of: nil)),
      ("f1", score.value(.f1, of: nil)),
    ]
    outcome.sentences.append(
      "test F1 \(percent(.f1)) % of whole entities, precision \(percent(.precision)) %, recall \(percent(.recall)) %")
    let rows = tagModel.tagger.scheme.kinds.enumerated().map { number, kind in
      [
        kind, "\(score.counts(of: number).true)", percent(.precision, number), percent(.recall, number),
        percent(.f1, number),
      ]
    }
    outcome.sentences.append(
      TextTable(["entity", "true", "precision", "recall", "F1"], rows: rows).description)
    return outcome
  }
}

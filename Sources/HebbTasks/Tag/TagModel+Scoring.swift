import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

extension TagModel: ScoredModel {
  /// Sentences as the network learns them.
  func dataset(_ sentences: [TagData.Sentence], _ name: String) -> SequenceDataset {
    let numbers = [String: Int](numbering: classNames)
    return SequenceDataset(
      name: name, sequences: sentences.map { tokens.encode($0.words) },
      targets: sentences.map { $0.tags.map(numbers.number) }, classNames: classNames)
  }

  /// Precision, recall and F1 of whole entities, all and by kind.
  func score(_ sentences: [TagData.Sentence]) -> RunOutcome {
    var score = EntityScore(.f1, tagger.scheme)
    for batch in Loader(dataset(sentences, ""), batchSize: 50).batches(epoch: 0) {
      let lengths = batch.lengths ?? []
      let tags = tagger.tags(tagger.emissions(batch.inputs, lengths: lengths).value, lengths: lengths)
      score.add(prediction: PaddedSequences(tags, length: batch.targets.shape[1]).numbers, target: batch.targets)
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
    let rows = tagger.scheme.kinds.enumerated().map { number, kind in
      [
        kind, "\(score.counts(of: number).true)", percent(.precision, number), percent(.recall, number),
        percent(.f1, number),
      ]
    }
    outcome.sentences.append(TextTable(["entity", "true", "precision", "recall", "F1"], rows: rows).description)
    return outcome
  }

  package func score(on source: String) throws -> RunOutcome {
    let sentences = try TagData.toScore(source)
    let known = Set(classNames)
    if let tag = sentences.lazy.flatMap(\.tags).first(where: { !known.contains($0) }) {
      throw DataError(
        source, "“\(tag)” is no tag of the network",
        advice: "tag words with \(classNames.prefix(20).joined(separator: ", "))")
    }
    try tokens.check(sentences, source)
    return score(sentences)
  }
}

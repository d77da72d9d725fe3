import Hebb
import HebbFiles
import HebbRuns

extension ClassifyModel: ScoredModel {
  /// A longer text is learned, and scored, from its beginning.
  private static let longestSample = 1_000

  /// Texts as the network learns them.
  func dataset(_ samples: [ClassifyData.Sample], _ name: String) -> SequenceDataset {
    SequenceDataset(
      name: name, tokens: samples.map { tokens($0.text, limit: ClassifyModel.longestSample) },
      labels: samples.map(\.label), classNames: classNames)
  }

  /// The most probable class of each text.
  func found(_ samples: [ClassifyData.Sample]) -> [Int] {
    let loader = Loader(dataset(samples, ""), batchSize: 64)
    return loader.batches(epoch: 0).flatMap { batch in
      classifier(batch.inputs, lengths: batch.lengths ?? []).value.argMax(axis: 1).elements(as: Int32.self)
        .map(Int.init)
    }
  }

  func score(_ samples: [ClassifyData.Sample], title: String) -> RunOutcome {
    var outcome = RunOutcome()
    outcome.score(found(samples), samples.map(\.label), classNames: classNames, title: title)
    return outcome
  }

  package func score(on source: String) throws -> RunOutcome {
    let sets = ClassifySet.all.map(\.entry)
    let place = try CorpusSource(source, of: sets, own: "a table of texts and labels, a folder for each class")
    if case .folder(let folder, let entry?) = place,
      let set = ClassifySet.all.first(where: { $0.entry.name == entry.name })
    {
      let data = try set.read(folder)
      guard data.classNames == classNames else {
        throw DataError(
          source, "its classes are \(data.classNames.joined(separator: ", "))",
          advice: "give texts of \(classNames.joined(separator: ", "))")
      }
      return score(data.test, title: "test part of \(data.name)")
    }
    let numbers = [String: Int](numbering: classNames)
    let samples = try LabelledTexts(reading: source).items.map { item throws(DataError) -> ClassifyData.Sample in
      guard let label = numbers[item.label] else {
        throw DataError(
          source, "“\(item.label)” is no class of the network",
          advice: "label texts with \(classNames.prefix(20).joined(separator: ", "))")
      }
      return (item.text, label)
    }
    return score(samples, title: source)
  }
}

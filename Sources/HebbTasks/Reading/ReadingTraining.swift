import Hebb
import HebbFiles
import HebbOCR
import HebbPlots
import HebbRuns

/// A network that learns to read pictures of lines.
struct ReadingTraining: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  /// The rate falls to nothing: the last weights are the best.
  var best: Measure? { nil }
  let reader: TextReader
  /// What is read in the end, by name, and how texts are compared.
  let tests: [ReadingTest]

  var model: any TaskModel { reader }

  /// - Parameters:
  ///   - reader: as it is to be trained.
  ///   - train: lines to learn from.
  init(
    _ reader: TextReader, train: ReadingSamples, tests: [ReadingTest], plan: TaskPlan, batch: Int = 16,
    rate: Double = 2e-3, introduction: String
  ) {
    (self.reader, self.tests, self.introduction) = (reader, tests, introduction)
    trainer = Trainer(
      reader.network, optimizer: AdamW(learningRate: rate, weightDecay: 1e-4), metrics: [LabelErrorRate()],
      schedule: .oneCycle(rise: 0.1), seed: plan.seed,
      outcome: ReadingLoss(network: reader.reading).callAsFunction)
    trainer.clipping = .norm(5)
    self.train = Loader(
      train, batchSize: batch, sampler: .byLength(train.widths, batch: batch, seed: plan.seed), seed: plan.seed)
    validation = tests.first.map { test in
      Loader(ReadingSamples(test.name, test.lines, alphabet: reader.alphabet), batchSize: 32)
    }
  }

  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    for test in tests {
      let pictures = test.lines.map(\.picture)
      let readings = test.isVertical ? reader.read(vertical: pictures) : reader.read(pictures)
      let score = ReadingScore(
        readings: readings.map(\.text), truths: test.lines.map(\.text),
        normalized: test.normalized)
      let prefix = tests.count > 1 ? "\(test.key)_" : ""
      outcome.numbers += [
        ("\(prefix)character_error", score.characterErrorRate), ("\(prefix)exact", score.exactShare),
      ]
      outcome.sentences.append(
        "\(test.name): \(NumberText.percent(score.exactShare)) read without a mistake (\(score.exactCount) of "
          + "\(score.items.count)), \(NumberText.percent(score.characterErrorRate)) of the characters wrong")
      if test.key == tests[0].key {
        outcome.figures += ReadingTest.errorSheet(score, test.lines).map { [("errors", $0)] } ?? []
      }
    }
    return outcome
  }
}

/// Lines that a reader is judged by.
package struct ReadingTest {
  /// As outcomes say it, and as their numbers are called.
  let name: String, key: String
  let lines: [LabelledLines.Item]
  var normalized: (String) -> String = { $0 }
  var isVertical = false

  /// The lines that were read worst, each with what was read in place of what, written by the machine's fonts where the figure
  /// lacks letters; nil where there are none.
  package static func errorSheet(_ score: ReadingScore, _ lines: [LabelledLines.Item]) -> Figure? {
    let wrong = score.items.indices.filter { score.items[$0].edits > 0 }
    let worst = wrong.sorted { (score.items[$1].edits, $0) < (score.items[$0].edits, $1) }.prefix(36)
    guard !worst.isEmpty else { return nil }
    let width = 8 * LineNetworks.height
    let captions = worst.map { "\(score.items[$0].reading) for \(score.items[$0].truth)" }
    let drawn = DrawnCaptions(for: captions)
    let pictures = zip(worst, captions).map { index, caption -> NDArray in
      let line = Picture.fitted(
        Picture.grey(lines[index].picture), height: LineNetworks.height, width: width, by: .pad)
      return drawn.map { NDArray.concatenated([line, $0.picture(caption, width: width)], axis: 0) } ?? line
    }
    return .contactSheet(
      "read in place of the truth", images: .stacked(pictures, axis: 0), captions: drawn == nil ? captions : [],
      columns: 3)
  }
}

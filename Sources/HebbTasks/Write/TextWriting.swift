import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

/// The training of a network that writes like a text.
struct TextWriting: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  let writer: TextWriter
  private let text: String
  private let heldOut: [Int]
  private let seed: UInt64

  var best: Measure? { .validationLoss }
  var model: any TaskModel { writer }

  /// The fewest characters that something can be learnt from.
  static let fewest = 1_000

  /// - Parameter kind: "lstm" or "gpt".
  init(_ text: String, from source: String, kind: String, seed: UInt64) throws(DataError) {
    let text = text.replacing("\r\n", with: "\n")
    let characters = CharacterTokenizer(of: text)
    let tokens = characters.encode(text)
    guard tokens.count >= TextWriting.fewest else {
      throw DataError(
        source, "\(tokens.count) characters are too few to learn from", advice: "give \(TextWriting.fewest) or more")
    }
    // The last tenth is tested, a twentieth before it tells which epoch was best.
    let cuts = (learnt: tokens.count - tokens.count / 10 - tokens.count / 20, test: tokens.count - tokens.count / 10)
    let learnt = Array(tokens[..<cuts.learnt])
    let chosenBy = Array(tokens[cuts.learnt..<cuts.test])
    heldOut = Array(tokens[cuts.test...])
    (self.text, self.seed) = (text, seed)
    var random = Philox(seed: seed)
    let isRecurrent = kind == "lstm"
    let length = min(128, learnt.count / 8)
    let network: any Layer & LanguageModel =
      isRecurrent
      ? WritingNetwork.recurrent(
        vocabulary: characters.vocabulary.count, features: 64, units: [256, 256], dropout: 0.1, using: &random)
      : GPT(
        vocabulary: characters.vocabulary.count, context: length, features: 128, heads: 4, layers: 4, dropout: 0.05,
        using: &random)
    writer = TextWriter(network, characters: characters)
    trainer = Trainer(
      network, loss: .crossEntropy, optimizer: AdamW(learningRate: isRecurrent ? 4e-3 : 2e-3),
      schedule: .oneCycle(rise: 0.2), seed: seed)
    trainer.clipping = .norm(1)
    let windows = TextWindows(name: "text", tokens: learnt, length: length)
    // A short text is cut into smaller batches, so that an epoch has some steps.
    let batch = min(32, max(4, windows.count / 100))
    train = Loader(windows, batchSize: batch, sampler: .shuffled(seed: seed), dropsLast: true, seed: seed)
    let reach = min(isRecurrent ? 1_024 : length, chosenBy.count - 1)
    validation = Loader(TextWindows(name: "text", tokens: chosenBy, length: reach), batchSize: 16)
    introduction =
      "\(kind): \(learnt.count) characters to learn from, \(chosenBy.count) to choose by, the last \(heldOut.count) "
      + "held out, "
      + "\(characters.vocabulary.count) different ones"
  }

  var fingerprint: DataFingerprint? { DataFingerprint(sizes: [text.count], [.text(text)]) }

  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    let nats = TextScore.nats(heldOut, writer.model)
    outcome.numbers = [("nats", nats), ("bits", nats / Mathematics.log(2)), ("perplexity", Mathematics.exp(nats))]
    outcome.sentences.append(
      "\(NumberText.fixed(nats, places: 4)) nats a character (\(NumberText.fixed(nats / Mathematics.log(2), places: 4)) "
        + "bits) over the last tenth of the text, which was held out")
    return outcome
  }

  func complete(_ outcome: inout RunOutcome) {
    var random = Philox(seed: seed)
    let sample = TextRequest(count: 300, sampling: Sampling(temperature: 0.8)).text(by: writer, using: &random)
    outcome.sentences.append("it writes:\n\(sample)")
  }
}

extension TaskRecipe {
  /// Text by Shakespeare, as a network writes it.
  ///
  /// The LSTM with seed 1: 1.452 nats a character on the last tenth, read in one go, after 12 epochs in 6 minutes of one core; the
  /// GPT: 1.654, after 6 epochs in 6 minutes. Both learnt from nine tenths, and the last one chose the epoch.
  static let shakespeare = writing(
    "shakespeare", "writes plays, character by character (LSTM or GPT)", use: "hebb write RUN --prompt \"ROMEO:\"")

  /// The same for any text.
  static let write = writing(
    "write", "writes like any text that you give by --data", use: "hebb write RUN --count 500")

  private static func writing(_ name: String, _ summary: String, use: String) -> TaskRecipe {
    TaskRecipe(
      name: name, summary: summary, data: "tiny-shakespeare", kinds: [("lstm", 12), ("gpt", 6)], use: use,
      own: "a text in UTF-8 of \(TextWriting.fewest) characters or more; its last tenth is for testing"
    ) { plan in
      let path: String =
        switch try CorpusSource(plan.source, of: .tinyShakespeare) {
        case .file(let path): path
        case .folder(let folder, _): TextFile.path("input.txt", in: folder)
        }
      return try TextWriting(TextFile.read(path), from: path, kind: plan.kind, seed: plan.seed)
    }
  }
}

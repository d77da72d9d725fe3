import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

/// The training of a network that composes chorales.
///
/// Every piece is learnt in seven keys, from three semitones below its own to three above.
struct ChoraleTraining: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  let composer: Composer
  private let parts: ChoraleParts
  private let seed: UInt64

  var best: Measure? { .validationLoss }
  var model: any TaskModel { composer }

  init(_ parts: ChoraleParts, seed: UInt64) {
    var random = Philox(seed: seed)
    let network = ComposingNetwork(keys: Chorale.keys.count, units: 256, dropout: 0.4, using: &random)
    composer = Composer(network)
    trainer = Trainer(
      network, optimizer: AdamW(learningRate: 4e-3), schedule: .oneCycle(rise: 0.2), seed: seed
    ) { batch in
      let logits = network(Tensor(batch.inputs))
      return Outcome(loss: ChoraleTraining.loss(logits, batch, skipping: 0), prediction: logits)
    }
    trainer.clipping = .norm(1)
    let moved = (-3...3).flatMap { shift in parts.train.compactMap { $0.transposed(by: shift) } }
    let learnt = ChoraleDataset(moved)
    train = Loader(
      learnt, batchSize: 16, sampler: .byLength(learnt.pieces.map { $0.shape[0] }, batch: 16, seed: seed), seed: seed)
    // All in one batch: the mean is that of all steps.
    validation = Loader(ChoraleDataset(parts.validation), batchSize: parts.validation.count)
    (self.parts, self.seed) = (parts, seed)
    introduction =
      "\(parts.train.count) chorales in \(moved.count / parts.train.count) keys each, \(parts.validation.count) to choose "
      + "by, \(parts.test.count) to test on"
  }

  /// The mean over all steps of the sum over all keys of the binary cross-entropy.
  ///
  /// - Parameter first: how many steps of each piece count nothing.
  static func loss(_ logits: Tensor, _ batch: Batch, skipping first: Int) -> Tensor {
    let longest = logits.shape[1]
    let lengths = batch.lengths ?? [Int](repeating: longest, count: batch.count)
    let counts = lengths.flatMap { length in
      (0..<longest).map { step -> Float in step >= first && step < length ? 1 : 0 }
    }
    let mask = Tensor(NDArray(counts, shape: [batch.count, longest, 1]))
    let terms = (logits.softplus() - logits * Tensor(batch.targets)) * mask
    return terms.sum() * (1 / Double(max(counts.count { $0 > 0 }, 1)))
  }

  var fingerprint: DataFingerprint? {
    DataFingerprint(parts.train, parts.validation, parts.test) { [.array($0.roll)] }
  }

  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    let test = parts.test
    let batch = ChoraleDataset(test).all
    // The first step of a piece has nothing before it: the usual score begins behind it.
    let nats = ChoraleTraining.loss(composer.composing(Tensor(batch.inputs)), batch, skipping: 1).value.scalar
    outcome.numbers = [("nats", nats)]
    outcome.sentences = [
      "\(NumberText.fixed(nats, places: 3)) nats a step on \(test.count) chorales of the test part "
        + "(88 keys together, from each piece's second step on)"
    ]
    return outcome
  }

  func complete(_ outcome: inout RunOutcome) {
    var random = Philox(seed: seed)
    let music = composer.compose(steps: 64, temperature: 0.8, using: &random)
    outcome.figures.append(("composed", .pianoRoll("composed", music)))
    outcome.figures.append(("learnt", .pianoRoll("a chorale of the test part", parts.test[0])))
    outcome.files.append(("composed.mid", MIDIFile.bytes(of: music)))
  }
}

extension TaskRecipe {
  /// Chorales in the manner of Bach, learnt by an LSTM.
  ///
  /// With seed 1: 8.337 nats a step on the test part, after 60 epochs in 1.4 minutes of one core. An LSTM without
  /// transposed copies: 8.45 (Bai, Kolter and Koltun 2018, arXiv:1803.01271).
  static let chorales = TaskRecipe(
    name: "chorales", summary: "composes chorales, learnt from Bach's", data: "jsb-chorales", kinds: [("lstm", 60)],
    use: "hebb compose RUN --out song.mid",
    own:
      "JSON with train, valid and test: lists of pieces; a piece is a list of steps, a step a list of MIDI numbers, 21 to 108"
  ) { plan in
    let path: String =
      switch try CorpusSource(plan.source, of: .jsbChorales) {
      case .file(let path): path
      case .folder(let folder, _): TextFile.path("jsb-chorales-quarter.json", in: folder)
      }
    return ChoraleTraining(try ChoraleParts(TextFile.read(path), file: path), seed: plan.seed)
  }
}

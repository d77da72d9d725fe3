import Hebb
import HebbFiles
import HebbRuns

/// A network that learns to read spoken words, alone and in strings.
struct SpeechTraining: TaskTraining {
  let introduction: String
  let trainer: Trainer
  let train: Loader
  let validation: Loader?
  /// The rate falls to nothing: the last weights are the best.
  var best: Measure? { nil }
  let speech: SpeechModel
  let singles: SpeechSamples
  let strings: SpeechSamples
  /// Sounds without a word.
  let wordless: SpeechSamples
  /// Who speaks in each string to test.
  let voices: [String]
  let held: String?
  let fingerprint: DataFingerprint?

  var model: any TaskModel { speech }

  init(_ plan: TaskPlan) throws {
    let source = try SpeechTraining.place(of: plan.source)
    let recordings = try SpeechRecordings(reading: source)
    let train: [SpeechRecordings.Recording], test: [SpeechRecordings.Recording]
    if plan.kind == "held-out" {
      let parts = try recordings.split(without: plan.options["speaker"], source)
      (train, test, held) = (parts.train, parts.test, parts.speaker)
    } else {
      guard plan.options["speaker"] == nil else {
        throw DataError("--set speaker", "this kind holds nobody out", advice: "add --kind held-out")
      }
      (train, test) = try recordings.split(source)
      held = nil
    }
    fingerprint = DataFingerprint(train, test) { recording in
      [.text(recording.speaker), .text("\(recording.labels)"), .array(NDArray(recording.samples))]
    }
    let scale = FeatureScale(of: train)
    let names = recordings.classNames
    let samples = SpeechSamples(
      "recordings to learn from", train, items: SpeechTraining.items(train, seed: plan.seed), classNames: names,
      scale: scale, isVaried: true)
    singles = SpeechSamples(
      "recordings to test", test, items: test.indices.map { .recording($0) }, classNames: names, scale: scale,
      isVaried: false)
    let (items, voices) = SpeechTraining.strings(test, count: 300)
    strings = SpeechSamples("strings to test", test, items: items, classNames: names, scale: scale, isVaried: false)
    wordless = SpeechSamples(
      "sounds without words", test, items: (0..<100).map { _ in .string([], speaker: nil) }, classNames: names,
      scale: scale, isVaried: false)
    self.voices = voices
    var random = Philox(seed: plan.seed)
    let reader = SpeechCRNN(
      features: SpeechModel.frontEnd.bands, labels: names.count, dropout: 0.2, using: &random)
    speech = SpeechModel(reader, classNames: names, scale: scale)
    trainer = Trainer(
      reader, optimizer: AdamW(learningRate: 3e-3), metrics: [LabelErrorRate()],
      schedule: .oneCycle(rise: 0.2), seed: plan.seed,
      outcome: SpeechLoss(reader: reader).callAsFunction)
    trainer.clipping = .norm(5)
    self.train = Loader(
      samples, batchSize: 16, sampler: .byLength(samples.sizes, batch: 16, seed: plan.seed), seed: plan.seed)
    validation = Loader(strings, batchSize: 16)
    let resampled = recordings.resampled
    let speakers = Set(train.map(\.speaker)).subtracting([""]).count
    introduction =
      "\(train.count) recordings to learn from"
      + (speakers > 1 ? " by \(speakers) speakers" : "") + ", \(test.count) to test"
      + (held.map { " by \($0), who is not among them" } ?? "") + "; \(names.count) words"
      + (resampled > 0 ? "; \(resampled) brought to \(SpeechModel.frontEnd.rate) samples a second" : "")
  }

  /// Where the recordings are: a set's name, a folder or an archive.
  private static func place(of source: String) throws(DataError) -> String {
    guard let entry = DatasetCatalog.entry(named: source) else { return source }
    guard entry.name == "fsdd" else {
      throw DataError(source, "it holds no speech", advice: "give fsdd, or a folder of WAV files")
    }
    return try DatasetFinder().folder(of: entry)
  }

  /// What is said in the samples of an epoch: one sample for every two recordings, half as many strings of two to seven, and a
  /// sixth as many sounds without a word.
  private static func items(_ recordings: [SpeechRecordings.Recording], seed: UInt64) -> [SpeechSamples.Item] {
    let singles = max(64, recordings.count / 2)
    var items: [SpeechSamples.Item] = (0..<singles).map { index in
      .string([recordings[index * recordings.count / singles].labels], speaker: nil)
    }
    var random = Philox(seed: seed, stream: 0x73_0002)
    for _ in 0..<singles / 2 {
      let parts = (0..<Int.random(in: 2...7, using: &random)).map { _ in
        recordings[Int.random(in: 0..<recordings.count, using: &random)].labels
      }
      items.append(.string(parts, speaker: nil))
    }
    return items + (0...singles / 6).map { _ in .string([], speaker: nil) }
  }

  /// Strings of three to seven recordings of one speaker each, the speakers in turn; always the same.
  static func strings(
    _ recordings: [SpeechRecordings.Recording], count: Int
  ) -> (items: [SpeechSamples.Item], voices: [String]) {
    let speakers = Set(recordings.map(\.speaker)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let voices = (0..<count).map { speakers[$0 % speakers.count] }
    var random = Philox(seed: 0, stream: 0x73_0003)
    let items = voices.map { voice -> SpeechSamples.Item in
      let own = recordings.filter { $0.speaker == voice }
      let parts = (0..<Int.random(in: 3...7, using: &random)).map { _ in
        own[Int.random(in: 0..<own.count, using: &random)].labels
      }
      return .string(parts, speaker: voice)
    }
    return (items, voices)
  }
}

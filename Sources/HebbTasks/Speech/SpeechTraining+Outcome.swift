import Hebb
import HebbFiles
import HebbPlots
import HebbRuns

extension SpeechTraining {
  func outcome() throws -> RunOutcome {
    var outcome = RunOutcome()
    let single = SpeechScore(read(singles), singles.labels, singles.recordings.map(\.speaker))
    let string = SpeechScore(read(strings), strings.labels, voices)
    let (timely, timed) = wordsInTime(string.readings)
    let silent = read(wordless).count { $0.isEmpty }
    outcome.numbers = [
      ("single_accuracy", single.exact), ("string_label_errors", string.errorRate), ("string_accuracy", string.exact),
      ("words_in_time", Double(timely) / Double(max(1, timed))),
      ("wordless_accuracy", Double(silent) / Double(wordless.count)),
    ]
    outcome.sentences = [
      "single recordings: \(NumberText.percent(single.exact)) read exactly (\(single.right) of \(single.count))",
      "strings of 3 to 7: \(NumberText.percent(string.errorRate)) of \(string.labels) labels wrong, "
        + "\(NumberText.percent(string.exact)) read exactly (\(string.right) of \(string.count))",
      "times: \(timely) of \(timed) words of these lie within the word",
      "sounds without words: nothing read in \(silent) of \(wordless.count)",
    ]
    if single.speakers.count > 1 {
      let all = single.speakers.map { "\($0.name) \(NumberText.percent($0.exact))" }
      outcome.sentences.append("by speaker: " + all.joined(separator: ", "))
    }
    if let matrix = single.confusions(classes: speech.classNames.count) {
      outcome.show("confusion", naming: speech.classNames + ["other"]) {
        .confusion("single recordings", matrix: matrix, classNames: $0)
      }
    }
    outcome.files = [
      ("example.wav", WAV.encode(Sound(strings.sound(0).samples, rate: SpeechModel.frontEnd.rate)))
    ]
    return outcome
  }

  /// How many words of the strings that were read exactly are given a time at which they sound, and how many words these are.
  private func wordsInTime(_ readings: [[Int]]) -> (timely: Int, all: Int) {
    var counts = (timely: 0, all: 0)
    for index in 0..<strings.count where readings[index] == strings.labels[index] {
      let (samples, times) = strings.sound(index)
      let words = Transcription(Sound(samples, rate: SpeechModel.frontEnd.rate), by: speech).words
      guard words.count == times.count else { continue }
      counts.all += times.count
      counts.timely += zip(words, times).count { $1.contains($0.time) }
    }
    return counts
  }

  /// What the network reads in each sample.
  private func read(_ samples: SpeechSamples) -> [[Int]] {
    Pass.inference {
      Loader(samples, batchSize: 16, prefetch: 0).batches(epoch: 0).flatMap { batch in
        let features = batch.inputs.sliced(axis: 2, from: 0, to: SpeechModel.frontEnd.bands)
        let logits = speech.reader(Tensor(features), lengths: batch.lengths)
        return GreedyDecoder()(logits.value, lengths: batch.lengths?.map(SpeechCRNN.steps))
      }
    }
  }
}

/// How readings compare with what was said.
struct SpeechScore {
  let readings: [[Int]]
  let truths: [[Int]]
  /// The share of samples that were read without a mistake, by speaker.
  let speakers: [(name: String, exact: Double)]

  init(_ readings: [[Int]], _ truths: [[Int]], _ voices: [String]) {
    (self.readings, self.truths) = (readings, truths)
    let groups = Dictionary(grouping: truths.indices) { voices[$0] }
    speakers = groups.keys.sorted().map { name in
      let own = groups[name] ?? []
      return (name, Double(own.count { readings[$0] == truths[$0] }) / Double(max(1, own.count)))
    }
  }

  var count: Int { truths.count }
  var right: Int { zip(readings, truths).count { $0 == $1 } }
  var exact: Double { Double(right) / Double(max(1, count)) }
  var labels: Int { truths.reduce(0) { $0 + $1.count } }

  /// Labels missed, added or mistaken, for each that was said.
  var errorRate: Double {
    let edits = zip(readings, truths).reduce(0) { $0 + LabelErrorRate.edits(from: $1.0, to: $1.1) }
    return Double(edits) / Double(max(1, labels))
  }

  /// The single labels and what was read instead; whatever is no single label in a column of its own.
  func confusions(classes count: Int) -> [[Int]]? {
    guard count <= 40, truths.contains(where: { $0.count == 1 }) else { return nil }
    var matrix = [[Int]](repeating: [Int](repeating: 0, count: count + 1), count: count + 1)
    for (reading, truth) in zip(readings, truths) where truth.count == 1 {
      matrix[truth[0] - 1][reading.count == 1 ? reading[0] - 1 : count] += 1
    }
    return matrix
  }
}

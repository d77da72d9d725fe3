import Hebb
import HebbFiles

/// What a network reads in a sound.
package struct Transcription {
  /// A word with its place.
  package struct Word: Sendable {
    package let name: String
    /// Where the network was surest of it, in seconds.
    package let time: Double
    /// How sure it was there, from 0 to 1.
    package let confidence: Double
  }

  package let words: [Word]
  /// All words.
  package let text: String
  /// In seconds.
  package let duration: Double
  /// Samples a second, as they came.
  package let rate: Int
  /// The largest sample, as a share of what can be recorded.
  package let peak: Double
  /// Log-mel, `[frames, bands]`.
  let features: NDArray
  /// Of every step, `[steps, labels + 1]`.
  let probabilities: NDArray

  /// Reads a sound, at any rate.
  package init(_ sound: Sound, by model: SpeechModel) {
    let samples = sound.resampled(to: SpeechModel.frontEnd.rate).samples
    features = SpeechModel.frontEnd(samples)
    probabilities = model.logits(model.scale(features)).softmax()
    (duration, rate) = (sound.duration, sound.rate)
    peak = Double(sound.samples.reduce(0) { max($0, abs($1)) })
    words = Transcription.words(probabilities, model.classNames)
    text = words.map(\.name).joined(separator: model.joinsWords ? "" : " ")
  }

  /// The second in which the middle of a step lies.
  static func time(ofStep step: Int) -> Double { SpeechModel.frontEnd.time(ofFrame: 2 * Double(step)) }

  /// The best path: the likeliest class of every step, repeats merged and blanks left out.
  private static func words(_ probabilities: NDArray, _ names: [String]) -> [Word] {
    let classes = names.count + 1
    let path = probabilities.argMax(axis: -1).elements(as: Int32.self).map(Int.init)
    var words: [Word] = []
    var step = 0
    while step < path.count {
      let label = path[step]
      var (surest, end) = (step, step)
      while end < path.count, path[end] == label {
        if probabilities.element(end * classes + label) > probabilities.element(surest * classes + label) {
          surest = end
        }
        end += 1
      }
      if label > 0 {
        words.append(
          Word(
            name: names[label - 1], time: time(ofStep: surest),
            confidence: probabilities.element(surest * classes + label)))
      }
      step = end
    }
    return words
  }

  /// What to know of it: that it came at another rate, that nothing was heard, and why.
  package var notes: [String] {
    var notes: [String] = []
    if rate != SpeechModel.frontEnd.rate {
      notes.append("\(rate) samples a second were brought to \(SpeechModel.frontEnd.rate)")
    }
    if words.isEmpty { notes.append(peak < 1e-3 ? "it is silent" : "no word was heard") }
    return notes
  }

  package func json(_ name: String) -> JSON {
    let list = words.map { word -> JSON in
      .object([
        .init("word", .string(word.name)), .init("time", .number(word.time)),
        .init("confidence", .number(word.confidence)),
      ])
    }
    var members: [JSON.Member] = [
      .init("input", .string(name)), .init("text", .string(text)), .init("words", .array(list)),
      .init("seconds", .number(duration)),
    ]
    if !notes.isEmpty { members.append(.init("notes", .array(notes.map { .string($0) }))) }
    return .object(members)
  }
}

import Hebb
import HebbOCR
import HebbTypesetting

/// Learning to read captchas that are drawn as they are learnt.
struct DrawnCaptchas {
  let renderer: CaptchaRenderer
  let alphabet: Alphabet
  let lines: Int

  init(_ plan: TaskPlan) throws(DataError) {
    alphabet = try Alphabet(ranges: plan.options["alphabet"] ?? CaptchaRenderer.characters)
    let length = try plan.integer("length", 1...20)
    renderer = try CaptchaRenderer(
      typefaces: FontLibrary().typefaces(for: .latin), characters: alphabet.text,
      lengths: length.map { $0...$0 } ?? 4...6)
    lines = try plan.integer("lines", 32...1_000_000) ?? 2000
  }

  func training(_ plan: TaskPlan) throws(DataError) -> ReadingTraining {
    ReadingTraining(
      try plan.reader(knowing: alphabet),
      train: ReadingSamples("drawn captchas", [], drawn: DrawnLines(renderer, count: lines), alphabet: alphabet),
      tests: [ReadingTest(name: "captchas to test", key: "test", lines: DrawnLines.fixed(renderer, 500))], plan: plan,
      introduction: "\(lines) drawn captchas an epoch, 500 to test; \(alphabet.count) characters")
  }
}

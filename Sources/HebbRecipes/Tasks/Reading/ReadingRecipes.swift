import Foundation
import Hebb
import HebbFiles
import HebbOCR

extension TaskRecipe {
  /// Captchas of five letters and digits, 200 × 50 pixels: 800 to learn from, the others to test.
  static let captcha = TaskRecipe(
    name: "captcha", summary: "read captchas: convolutions, a recurrent layer and CTC", data: "captcha-v2",
    kinds: [("compact", 60), ("crnn", 40), ("recurrent", 100)], use: "hebb ocr RUN/errors.png --model RUN"
  ) { plan in
    let lines = try LabelledLines(
      reading: ReadingSource.place(of: plan.source, .captchaV2, ["captcha_images_v2", "captcha_images_v2.tar.gz"])
    ).items
    return try ReadingSource(lines, testing: max(1, lines.count - 800), plan).training(plan)
  }

  /// Lines of print in English and the languages of Western Europe, drawn by the machine's fonts as they are learnt.
  static let latin = TaskRecipe(
    name: "latin", summary: "read lines of Latin print, drawn by the machine's fonts", data: "multi30k",
    kinds: [("compact", 30), ("crnn", 30), ("recurrent", 30)], use: "hebb ocr PAGE.png --model RUN",
    options: [("lines", "how many lines an epoch has")]
  ) { plan in
    try RenderedReading(
      .latin(plan.source), script: .latin, lengths: [1...6, 7...14, 15...24, 25...36],
      heldOut: ["DejaVu Serif", "Liberation Sans Narrow", "Noto Sans Display"]
    ).training(plan)
  }

  /// Numbers, with the signs that stand around them.
  static let printedDigits = TaskRecipe(
    name: "printed-digits", summary: "read printed numbers, drawn by the machine's fonts", data: "numbers",
    kinds: [("compact", 12), ("crnn", 12), ("recurrent", 12)], use: "hebb ocr PAGE.png --model RUN",
    options: [("lines", "how many lines an epoch has")]
  ) { plan in
    try RenderedReading(
      .digits(), script: .latin, lengths: [1...4, 5...9, 10...16, 17...24],
      heldOut: ["DejaVu Serif", "Liberation Sans Narrow", "Noto Sans Display"]
    ).training(plan)
  }

  /// Lines of Chinese print with Latin words between, a part of them from top to bottom.
  static let chinese = TaskRecipe(
    name: "chinese", summary: "read lines of Chinese print, drawn by the machine's fonts", data: "chnsenticorp-hotel",
    kinds: [("compact", 30), ("crnn", 30), ("recurrent", 30)], use: "hebb ocr PAGE.png --model RUN",
    options: [
      ("lines", "how many lines an epoch has"), ("levels", "1 for the 3,755 most frequent characters, 2 for all 6,763"),
    ]
  ) { plan in
    try RenderedReading(
      .chinese(plan.source, levels: try plan.integer("levels", 1...2) ?? 2), script: .chinese,
      lengths: [1...3, 4...6, 7...10, 11...16], heldOut: ["WenQuanYi Zen Hei"], vertical: 0.2
    ).training(plan)
  }
}

/// Pictures of lines, split into those to learn from and those to test.
struct ReadingSource {
  let train: [LabelledLines.Item]
  let test: [LabelledLines.Item]

  /// - Parameter testing: how many of the lines are for testing; which ones is always the same.
  init(_ lines: [LabelledLines.Item], testing: Int, _ plan: TaskPlan) throws(DataError) {
    guard lines.count >= 10 else {
      throw DataError(plan.source, "\(lines.count) lines are too few to learn from", advice: "give 10 at least")
    }
    var random = Philox(seed: 0)
    let order = random.permutation(lines.count)
    let testing = min(testing, lines.count / 2)
    test = order.prefix(testing).sorted().map { lines[$0] }
    train = order.dropFirst(testing).sorted().map { lines[$0] }
  }

  /// Where the pictures are: a folder or an archive of the user's own, or what of the set's folder is there.
  static func place(of source: String, _ entry: CatalogEntry, _ names: [String]) throws(DataError) -> String {
    guard DatasetCatalog.entry(named: source)?.name == entry.name else { return source }
    let folder = try DatasetFinder().folder(of: entry)
    let name = names.first { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    return name.map { "\(folder)/\($0)" } ?? folder
  }

  func training(_ plan: TaskPlan) throws(DataError) -> ReadingTraining {
    let alphabet = Alphabet(train.flatMap(\.text).sorted())
    guard let kind = LineNetworkKind(rawValue: plan.kind) else {
      throw DataError(plan.recipe.name, "there is no kind \(plan.kind)", advice: "give another one")
    }
    var random = Philox(seed: plan.seed)
    let reader = TextReader(
      kind.network(classes: alphabet.count + 1, using: &random), kind: kind, alphabet: alphabet)
    let tests = [ReadingTest(name: "lines to test", key: "test", lines: test)]
    let samples = ReadingTest(name: "lines to learn from", key: "train", lines: train).samples(alphabet)
    return ReadingTraining(
      reader, train: samples, widths: samples.widths, tests: tests, plan: plan,
      introduction: "\(train.count) lines to learn from, \(test.count) to test; \(alphabet.count) characters")
  }
}

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

import Foundation
import Hebb
import HebbFiles
import HebbOCR
import HebbTypesetting

extension TaskRecipe {
  /// Captchas of five letters and digits, 200 × 50 pixels: 800 to learn from, the others to test. Or such as are drawn as they
  /// are learnt.
  static let captcha = TaskRecipe(
    name: "captcha", summary: "read captchas: convolutions, a recurrent layer and CTC", data: "captcha-v2",
    kinds: [("compact", 60), ("crnn", 40), ("recurrent", 100), ("attention", 60)],
    use: "hebb ocr RUN/errors.png --model RUN",
    options: [
      ("lines", "how many captchas an epoch has with --data drawn; 2,000 by default"),
      ("alphabet", "the characters of drawn ones, as in 0-9A-Z"), ("length", "how many characters drawn ones have"),
    ]
  ) { plan in
    if plan.source == "drawn" { return try DrawnCaptchas(plan).training(plan) }
    let place = try ReadingSource.place(of: plan.source, .captchaV2, ReadingSource.captchaPlaces)
    let lines = try LabelledLines(reading: place).items
    return try ReadingSource(lines, testing: max(1, lines.count - 800), plan).training(plan)
  }

  /// Lines of the user's own, from nothing or from what a reader has learned. A tenth of them is for testing.
  ///
  /// A reader that is learned on keeps every character that it knows and gets those that are new.
  package static let read = TaskRecipe(
    name: "read", summary: "read pictures of lines of your own", data: "captcha-v2",
    kinds: [("compact", 40), ("crnn", 40), ("recurrent", 100), ("attention", 60)],
    use: "hebb ocr PICTURE --line --model RUN",
    options: [
      ("labels", "a table of the pictures' names and texts"), ("from", "the model to learn on from"),
      ("alphabet", "the characters to know, as in 0-9A-Z; those of the texts otherwise"),
      ("damage", "0 learns the pictures as they are, 1 also as another camera might have taken them"),
    ]
  ) { plan in
    let place = try ReadingSource.place(of: plan.source, .captchaV2, ReadingSource.captchaPlaces)
    let lines = try LabelledLines(reading: place, table: plan.options["labels"]).items
    let from = try plan.options["from"].map { try TextReader(named: $0) }
    let alphabet = try plan.options["alphabet"].map { (text) throws(DataError) in try Alphabet(ranges: text) }
    return try ReadingSource(lines, testing: max(1, lines.count / 10), plan)
      .training(
        plan, from: from, alphabet: alphabet, damage: try plan.integer("damage", 0...1) == 0 ? nil : .photographed)
  }

  /// Words cut from photographs of streets and shops, with drawn words besides.
  ///
  /// Learned on from `latin`, seed 1 reads 45.35 % of the 2,077 test words (letters and digits, in either case).
  static let words = TaskRecipe(
    name: "words", summary: "read words in photographs of streets and shops", data: "icdar2015-words",
    kinds: [("compact", 22), ("crnn", 40), ("attention", 40)], use: "hebb ocr WORD.png --line --model RUN",
    options: [
      ("from", "the model to learn on from: latin by default, nothing, or a file"),
      ("drawn", "how many drawn words an epoch has besides; 4,000 by default"),
    ]
  ) { plan in
    let folder = try ReadingSource.place(of: plan.source, .icdar2015Words, [])
    func part(_ name: String) throws(DataError) -> [LabelledLines.Item] {
      let archive = "\(folder)/icdar2015-words-\(name)-h48.tar.gz"
      return try LabelledLines(
        reading: FileManager.default.fileExists(atPath: archive) ? archive : "\(folder)/\(name)"
      ).items
    }
    let material = try ReadingCorpus.latin("multi30k")
    let corpus = KnownCorpus(material.corpus, of: material.alphabet)
    let renderer = try LineRenderer(
      typefaces: FontLibrary().typefaces(for: .latin), corpus: corpus, lengths: 1...14, damage: .photographed)
    let drawn = DrawnLines(
      renderer, lengths: [1...3, 4...6, 7...9, 10...14], count: try plan.integer("drawn", 1...1_000_000) ?? 4000)
    let start = plan.options["from"] ?? (plan.kind == "compact" ? "latin" : "nothing")
    let from = start == "nothing" ? nil : try TextReader(named: start)
    return try ReadingSource(train: part("train"), test: part("test")).training(
      plan, from: from, alphabet: from?.alphabet ?? material.alphabet, drawn: drawn, damage: .photographed,
      normalized: ReadingScore.lettersAndDigits)
  }

  /// Lines of print in English and the languages of Western Europe, drawn by the machine's fonts as they are learnt.
  static let latin = TaskRecipe(
    name: "latin", summary: "read lines of Latin print, drawn by the machine's fonts", data: "multi30k",
    kinds: [("compact", 30), ("crnn", 30), ("recurrent", 30), ("attention", 30)], use: "hebb ocr PAGE.png --model RUN",
    options: [("lines", "how many lines an epoch has"), ("from", "a reader to learn on from")]
  ) { plan in
    try RenderedReading(
      .latin(plan.source), script: .latin, lengths: [1...6, 7...14, 15...24, 25...36],
      heldOut: ["DejaVu Serif", "Liberation Sans Narrow", "Noto Sans Display"], readings: 2
    ).training(plan)
  }

  /// Numbers, with the signs that stand around them.
  static let printedDigits = TaskRecipe(
    name: "printed-digits", summary: "read printed numbers, drawn by the machine's fonts", data: "numbers",
    kinds: [("compact", 12), ("crnn", 12), ("recurrent", 12), ("attention", 12)], use: "hebb ocr PAGE.png --model RUN",
    options: [("lines", "how many lines an epoch has"), ("from", "a reader to learn on from")]
  ) { plan in
    try RenderedReading(
      .digits(), script: .latin, lengths: [1...4, 5...9, 10...16, 17...24],
      heldOut: ["DejaVu Serif", "Liberation Sans Narrow", "Noto Sans Display"]
    ).training(plan)
  }

  /// Lines of Chinese print with Latin words between, a part of them from top to bottom.
  static let chinese = TaskRecipe(
    name: "chinese", summary: "read lines of Chinese print, drawn by the machine's fonts", data: "chnsenticorp-hotel",
    kinds: [("compact", 30), ("crnn", 30), ("recurrent", 30), ("attention", 30)], use: "hebb ocr PAGE.png --model RUN",
    options: [
      ("lines", "how many lines an epoch has"), ("from", "a reader to learn on from"),
      ("levels", "1 for the 3,755 most frequent characters, 2 for all 6,763"),
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

  /// Lines that come in two parts.
  init(train: [LabelledLines.Item], test: [LabelledLines.Item]) { (self.train, self.test) = (train, test) }

  /// Where the pictures are: a folder or an archive of the user's own, or what of the set's folder is there.
  static func place(of source: String, _ entry: CatalogEntry, _ names: [String]) throws(DataError) -> String {
    guard DatasetCatalog.entry(named: source)?.name == entry.name else { return source }
    let folder = try DatasetFinder().folder(of: entry)
    let name = names.first { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    return name.map { "\(folder)/\($0)" } ?? folder
  }

  static let captchaPlaces = ["captcha_images_v2", "captcha_images_v2.tar.gz"]

  /// - Parameters:
  ///   - from: a reader to learn on from; nothing is known where nil.
  ///   - alphabet: the characters to know; where nil those of the texts, and those that are known already.
  ///   - drawn: lines to learn from besides.
  ///   - damage: what is done to the pictures in training.
  ///   - normalized: what of a text is compared.
  func training(
    _ plan: TaskPlan, from: TextReader? = nil, alphabet: Alphabet? = nil, drawn: DrawnLines? = nil,
    damage: LineDamage? = nil, normalized: @escaping (String) -> String = { $0 }
  ) throws(DataError) -> ReadingTraining {
    let alphabet = alphabet ?? Alphabet((from?.alphabet.characters ?? []) + train.flatMap(\.text).sorted())
    let reader = try plan.reader(knowing: alphabet, from: from)
    let samples = ReadingSamples(
      "lines to learn from", train, drawn: drawn, damage: damage, alphabet: alphabet)
    let left = train.count - samples.lines.count
    guard !samples.lines.isEmpty else {
      let unknown = alphabet.unknown(in: train.flatMap(\.text)).prefix(20)
      throw DataError(
        plan.source, "every text has characters that are not to be known, such as “\(String(unknown))”",
        advice: "add them with --alphabet")
    }
    return ReadingTraining(
      reader, train: samples,
      tests: [ReadingTest(name: "lines to test", key: "test", lines: test, normalized: normalized)], plan: plan,
      rate: from == nil ? 2e-3 : 1e-3,
      introduction:
        "\(samples.lines.count) lines to learn from\(drawn.map { " and \($0.count) drawn" } ?? ""), \(test.count) to test; \(alphabet.count) characters"
        + (from.map { ", \($0.alphabet.count) of them known before" } ?? "")
        + (left > 0 ? "; \(left) lines with other characters left out" : ""))
  }
}

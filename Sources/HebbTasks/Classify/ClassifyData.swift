import Foundation
import Hebb
import HebbFiles

/// Texts of several classes in three parts.
struct ClassifyData {
  typealias Sample = (text: String, label: Int)

  let name: String
  let classNames: [String]
  let train: [Sample], validation: [Sample], test: [Sample]

  /// A set in its official parts.
  init(_ name: String, classNames: [String], train: [Sample], validation: [Sample], test: [Sample]) {
    (self.name, self.classNames, self.train) = (name, classNames, train)
    (self.validation, self.test) = (validation, test)
  }

  /// A set whose training part lacks some samples to judge by: a tenth of it, class by class.
  init(_ name: String, classNames: [String], train: [Sample], test: [Sample]) {
    let parts = ClassifyData.parted(train, fraction: 0.1, stream: 1)
    self.init(name, classNames: classNames, train: parts.rest, validation: parts.taken, test: test)
  }

  /// A set without official parts: `testFraction` of each class is for testing, always the same.
  init(_ name: String, classNames: [String], _ samples: [Sample], testFraction: Double) {
    let parts = ClassifyData.parted(samples, fraction: testFraction, stream: 0)
    self.init(name, classNames: classNames, train: parts.rest, test: parts.taken)
  }

  /// Texts of the user's own.
  init(_ path: String) throws(DataError) {
    let items = try LabelledTexts(reading: path).items
    let names = Set(items.map(\.label)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard names.count > 1 else {
      throw DataError(
        path, "all texts are of one class, “\(names.first ?? "")”", advice: "give texts of two classes at least")
    }
    guard names.count <= 1_000 else {
      throw DataError(
        path, "\(names.count) classes are too many", advice: "give 1000 at most; name the columns text and label")
    }
    let labels = [String: Int](numbering: names)
    self.init(path, classNames: names, items.map { ($0.text, labels.number($0.label)) }, testFraction: 0.1)
    guard !validation.isEmpty, !test.isEmpty else {
      throw DataError(
        path, "\(items.count) texts of \(names.count) classes are too few to learn from and test on",
        advice: "give four of a class at least")
    }
  }

  /// Some samples of each class, at least one where it has three.
  private static func parted(
    _ samples: [Sample], fraction: Double, stream: UInt64
  ) -> (taken: [Sample], rest: [Sample]) {
    var random = Philox(seed: 0, stream: stream)
    let order = samples.indices.shuffled(using: &random)
    var sizes: [Int: Int] = [:]
    for sample in samples { sizes[sample.label, default: 0] += 1 }
    var wanted = sizes.mapValues { $0 < 3 ? 0 : max(1, Int((Double($0) * fraction).rounded())) }
    var isTaken = [Bool](repeating: false, count: samples.count)
    for index in order where wanted[samples[index].label, default: 0] > 0 {
      wanted[samples[index].label, default: 0] -= 1
      isTaken[index] = true
    }
    return (
      samples.indices.filter { isTaken[$0] }.map { samples[$0] },
      samples.indices.filter { !isTaken[$0] }.map { samples[$0] }
    )
  }

  /// Whether the texts are written without spaces between words.
  var isSpaceless: Bool {
    let letters = train.prefix(200).flatMap { $0.text.unicodeScalars.filter { $0.properties.isAlphabetic } }
    return letters.count { $0.properties.isIdeographic || (0x3040...0x30FF).contains($0.value) } * 3 > letters.count
  }
}

/// A set of texts that a recipe knows.
struct ClassifySet: Sendable {
  let entry: CatalogEntry
  let read: @Sendable (_ folder: String) throws(DataError) -> ClassifyData

  /// The data that a plan names: a set, a folder that holds one, the recipe's own before others, or texts of the user's own.
  static func data(_ plan: TaskPlan) throws(DataError) -> ClassifyData {
    let own = all.filter { $0.entry.name == plan.recipe.data }
    let sets = (own + all.filter { $0.entry.name != plan.recipe.data }).map(\.entry)
    let source = try CorpusSource(plan.source, of: sets, own: "a table of texts and labels, a folder for each class")
    if case .folder(let folder, let entry?) = source, let set = all.first(where: { $0.entry.name == entry.name }) {
      return try set.read(folder)
    }
    return try ClassifyData(plan.source)
  }

  static let all: [ClassifySet] = [.sst2, .chnSentiCorpHotel, .smsSpam, .trec6]
}

extension ClassifySet {
  private static let feelings = ["negative", "positive"]

  static let sst2 = ClassifySet(entry: .sst2) { folder throws(DataError) in
    func part(_ name: String) throws(DataError) -> [ClassifyData.Sample] {
      try columns("\(name).tsv", folder, text: 0, label: 1, ["0": 0, "1": 1])
    }
    return ClassifyData(
      "sst2", classNames: feelings, train: try part("train"), validation: try part("dev"), test: try part("test"))
  }

  static let smsSpam = ClassifySet(entry: .smsSpam) { folder throws(DataError) in
    let samples = try columns("sms.tsv", folder, text: 1, label: 0, ["ham": 0, "spam": 1])
    return ClassifyData("sms-spam", classNames: ["ham", "spam"], samples, testFraction: 0.2)
  }

  static let chnSentiCorpHotel = ClassifySet(entry: .chnSentiCorpHotel) { folder throws(DataError) in
    let path = TextFile.path("ChnSentiCorp_htl_all.csv", in: folder)
    let table = try TextColumns(reading: path)
    // One of the reviews is empty.
    let samples = try table.lines.filter { !$0.cells[table.text].isEmpty }.map { line throws(DataError) in
      let name = line.cells[1 - table.text]
      guard let label = ["0": 0, "1": 1][name] else { throw unknown(name, path) }
      return (text: line.cells[table.text], label: label)
    }
    return ClassifyData("chnsenticorp-hotel", classNames: feelings, samples, testFraction: 0.1)
  }

  /// The files are in Latin-1: a number, a space, a question.
  static let trec6 = ClassifySet(entry: .trec6) { folder throws(DataError) in
    func part(_ name: String) throws(DataError) -> [ClassifyData.Sample] {
      let path = TextFile.path(name, in: folder)
      let bytes = try Archive.unpacked(.file(path), limit: 1 << 26)
      let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      return try TextFile.lines(in: text).map { line throws(DataError) in
        guard let label = Int(line.prefix(1)), label < 6, line.count > 2 else { throw unknown(line.prefix(1), path) }
        return (String(line.dropFirst(2)), label)
      }
    }
    return ClassifyData(
      "trec6", classNames: ["description", "entity", "abbreviation", "human", "location", "number"],
      train: try part("TREC.train.all"), test: try part("TREC.test.all"))
  }

  private static func columns(
    _ name: String, _ folder: String, text: Int, label: Int, _ labels: [String: Int]
  ) throws(DataError) -> [ClassifyData.Sample] {
    let path = TextFile.path(name, in: folder)
    return try TextFile.lines(of: path).map { line throws(DataError) in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count == 2, let found = labels[String(cells[label])] else { throw unknown(line.prefix(20), path) }
      return (String(cells[text]), found)
    }
  }

  private static func unknown(_ label: some StringProtocol, _ path: String) -> DataError {
    DataError(path, "“\(label)” is no label of this set", advice: "take the files from the set's own address")
  }
}

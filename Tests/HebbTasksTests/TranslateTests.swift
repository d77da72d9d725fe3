import Foundation
import Hebb
import HebbFiles
import HebbPlots
import HebbRuns
import HebbTasks
import HebbTesting
import Testing

/// Translators and describers of pictures, end to end on files of a few lines.
@Suite struct TranslateTests {
  private static func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Sentences of three words, turned around in the other language.
  private static let pairs: String = {
    let words = [("red", "rot"), ("big", "groß"), ("old", "alt"), ("new", "neu")]
    var lines: [String] = []
    for a in words {
      for b in words { for c in words { lines.append("\(a.0) \(b.0) \(c.0).\t\(c.1) \(b.1) \(a.1).\tby hand") } }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private static func train(
    _ recipe: String, _ kind: String?, _ source: String, epochs: Int, options: [String: String], to folder: String
  ) throws -> RunOutcome {
    let recipe = try #require(TaskRecipe.named(recipe))
    let plan = try TaskPlan(recipe, kind: kind, source: source, epochs: epochs, seed: 1, options: options)
    return try TaskRun(plan).run(in: RunFolder(folder), resumes: false, bar: ProgressBar(.lines) { _ in })
  }

  @Test(arguments: ["transformer", "rnn", "luong"]) func pairsAreLearnt(_ kind: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(Self.pairs, "\(folder)/pairs.tsv")
      let outcome = try Self.train(
        "translate", kind, "\(folder)/pairs.tsv", epochs: 3, options: ["pieces": "300"], to: "\(folder)/run")
      #expect(outcome.numbers[0].name == "bleu" && outcome.numbers[0].value >= 0)
      let path = "\(folder)/run/model.safetensors"
      let model = try TranslateModel(reading: path)
      for text in ["red big old.", "unknown — 我们 \u{1b}[31m", String(repeating: "red big ", count: 2_000)] {
        let found = model.translate(text, beams: 1)
        #expect(found.isCut == (text.count > 1_000))
        #expect(!found.text.unicodeScalars.contains { $0.properties.generalCategory == .control })
        #expect(found.logProbability.isFinite)
      }
      for text in ["", "  \t "] { #expect(model.translate(text).text.isEmpty) }
      let texts = ["red big old.", "", "new new red."]
      #expect(model.translate(texts, beams: 3).map(\.text) == texts.map { model.translate($0, beams: 3).text })
      let map = model.attention(of: "red big old.", to: model.translate("red big old."))
      #expect(map.source == ["red", "big", "old", ".", "(end)"] && map.target.last == "(end)")
      #expect(map.weights.count == map.target.count)
      for row in map.weights { #expect(row.count == map.source.count && abs(row.reduce(0, +) - 1) < 1e-4) }
      #expect(!map.figure(isDrawn: true).svg().isEmpty)
      try Self.checkHostile(path) { path in _ = try TranslateModel(reading: path) }
    }
  }

  /// What the pen cannot write is a number, and the legend says which word it is.
  @Test func wordsWithoutGlyphsAreNumbered() {
    let map = AttentionMap(source: ["We", "sleep"], target: ["我们", "über"], weights: [[1, 0], [0, 1]])
    #expect(map.legend == ["written 1: 我们"])
    #expect(map.figure(isDrawn: false).svg().contains("我们") && !map.figure(isDrawn: true).svg().contains("我们"))
    #expect(map.figure(isDrawn: true).svg().contains("(1)"))
  }

  @Test(arguments: [
    ("one\n", "line 1", "no tab"), ("a\tb\n\n\tc\n", "line 3", "one side is empty"), ("a\tb\n", "pairs.tsv", "too few"),
    ("", "pairs.tsv", "too few"),
  ])
  func unfitPairsAreToldInOneLine(_ text: String, _ place: String, _ problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pairs.tsv"
      try Self.write(text, path)
      do {
        _ = try TextPairs.load(path)
        Issue.record("it was taken")
      } catch {
        let error = "\(error)"
        #expect(error.contains(path) && error.contains(place) && error.contains(problem), "\(error)")
      }
    }
  }

  @Test func unfitFilesAreToldInOneLine() throws {
    try withTemporaryFolder { folder in
      func problem(_ source: String) -> String {
        do {
          _ = try TextPairs.load(source)
          return ""
        } catch { return "\(error)" }
      }
      #expect(problem("\(folder)/nothing.tsv").contains("no such file"))
      #expect(problem(folder).contains("neither multi30k nor"))
      try Data([0xff, 0x09, 0xfe]).write(to: URL(fileURLWithPath: "\(folder)/bytes.tsv"))
      #expect(problem("\(folder)/bytes.tsv").contains("UTF-8"))
      for part in ["train", "val", "test_2016_flickr"] {
        try Self.write("a\nb\n", "\(folder)/\(part).en")
        try Self.write("c\n", "\(folder)/\(part).de")
      }
      #expect(problem(folder).contains("has 1 lines"), "\(problem(folder))")
    }
  }

  /// No source text that is tested is learnt, however many targets it has.
  @Test func testedTextsAreNotLearnt() throws {
    try withTemporaryFolder { folder in
      let lines = (0..<200).map { "source \($0 % 50)\ttarget \($0)\n" }
      try Self.write(lines.joined(), "\(folder)/pairs.tsv")
      let pairs = try TextPairs.load("\(folder)/pairs.tsv")
      let learnt = Set(pairs.train.map(\.source))
      #expect(pairs.test.count == 2 && pairs.validation.count == 8 && pairs.train.count == 184)
      #expect((pairs.test + pairs.validation).allSatisfy { !learnt.contains($0.source) })
    }
  }

  // MARK: - Pictures

  private static func writePictures(_ folder: String, count: Int = 6) throws {
    var random = Philox(seed: 3)
    var table = ""
    for index in 0..<count {
      let picture = (NDArray.uniform([40, 50, 3], using: &random) * 255).cast(to: .uint8)
      try Picture.write(picture, to: "\(folder)/\(index).png")
      table += "\(index).png\tpicture number \(index) of all\n"
    }
    try write(table, "\(folder)/captions.tsv")
  }

  @Test func picturesAreLearntByHeart() throws {
    try withTemporaryFolder { folder in
      try Self.writePictures(folder)
      let outcome = try Self.train(
        "caption", nil, folder, epochs: 200, options: ["pieces": "300", "side": "32"], to: "\(folder)/run")
      let numbers = Dictionary(uniqueKeysWithValues: outcome.numbers.map { ($0.name, $0.value) })
      #expect(numbers["loss"] ?? 1 < 0.1 && numbers["own"] == 1, "\(numbers)")
      let path = "\(folder)/run/model.safetensors"
      let model = try DescribeModel(reading: path)
      let grey = NDArray([UInt8](repeating: 9, count: 300), shape: [1, 300, 1])
      let text = model.describe(grey, beams: 2).text
      #expect(!text.isEmpty)
      try Self.checkHostile(path) { path in _ = try DescribeModel(reading: path) }
    }
  }

  @Test(arguments: [("0.png\n", "line 1"), ("0.png\t \n", "line 1"), ("0.png\ta\n", "too few")])
  func unfitCaptionsAreToldInOneLine(_ text: String, _ problem: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(text, "\(folder)/captions.tsv")
      do {
        _ = try CaptionedPictures.load(folder, side: 32)
        Issue.record("it was taken")
      } catch { #expect("\(error)".contains("captions.tsv") && "\(error)".contains(problem), "\(error)") }
    }
  }

  // MARK: - Damage

  /// Files that are cut short or lie about their sizes are refused in one line.
  private static func checkHostile(_ path: String, _ read: (String) throws -> Void) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let damaged = path + ".damaged.safetensors"
    func refuses(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: damaged))
      do {
        try read(damaged)
        Issue.record("\(name) was taken")
      } catch { #expect("\(error)".contains(damaged), "\(name): \(error)") }
    }
    for length in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
      try refuses(Array(bytes.prefix(length)), "\(length) bytes")
    }
    // The shape of each tensor, its numbers swapped; as many bytes as before.
    let header = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    let text = String(decoding: bytes[8..<8 + header], as: UTF8.self)
    for match in text.matches(of: /"shape":\[(\d+),(\d+)\]/) where match.1 != match.2 && match.1 != "1" {
      var lie = text
      lie.replaceSubrange(match.range, with: "\"shape\":[\(match.2),\(match.1)]")
      try refuses(Array(bytes[..<8]) + Array(lie.utf8) + Array(bytes[(8 + header)...]), "\(match.0)")
    }
    for (old, new) in [("\\\"heads\\\":4", "\\\"heads\\\":3"), ("\\\"side\\\":32", "\\\"side\\\":99999")]
    where text.contains(old) {
      let lie = text.replacingOccurrences(of: old, with: new)
      var size = [UInt8](repeating: 0, count: 8)
      for place in 0..<8 { size[place] = UInt8(lie.utf8.count >> (8 * place) & 255) }
      try refuses(size + Array(lie.utf8) + Array(bytes[(8 + header)...]), new)
    }
  }
}

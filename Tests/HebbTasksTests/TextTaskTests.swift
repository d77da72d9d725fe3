import Foundation
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks
import HebbTesting
import Testing

/// The recipes that classify and tag texts, on files that the tests write.
@Suite struct TextTaskTests {
  static func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

  /// Sixty opinions, half of them kind.
  static func opinions() -> [(text: String, label: String)] {
    let things = ["film", "room", "song", "book", "meal", "talk"]
    return (0..<60).map { index in
      let (thing, isKind) = (things[index % 6], index / 6 % 2 == 0)
      let word = isKind ? ["good", "fine", "lovely"][index % 3] : ["bad", "dull", "awful"][index % 3]
      return ("the \(thing) was \(word), they say", isKind ? "kind" : "unkind")
    }
  }

  static func trained(_ name: String, kind: String?, data: String, epochs: Int, _ folder: String) throws -> RunOutcome {
    let recipe = try #require(TaskRecipe.named(name))
    let run = try TaskRun(TaskPlan(recipe, kind: kind, source: data, epochs: epochs, seed: 3))
    return try run.run(in: RunFolder(folder), resumes: false, bar: ProgressBar(.lines) { _ in })
  }

  @Test(arguments: ["wide", "cnn", "ngrams", "lstm", "linear"])
  func opinionsAreToldApart(_ kind: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.csv"
      try Self.write(
        "label,text\n" + Self.opinions().map { "\($0.label),\"\($0.text)\"\n" }.joined(), path)
      let outcome = try Self.trained("classify", kind: kind, data: path, epochs: 60, "\(folder)/run")
      #expect(outcome.numbers.first { $0.name == "accuracy" }?.value == 1)
      #expect((outcome.numbers.first { $0.name == "linear" } != nil) == (kind != "linear"))
      let model = try ClassifyModel(reading: "\(folder)/run/model.safetensors")
      #expect(model.classNames == ["kind", "unkind"])
      #expect(model("A LOVELY meal")[0] > 0.5 && model("awful!")[1] > 0.5)
      // Nothing known, nothing at all, and far too much.
      for text in ["宇宙 🪐", "", " \u{0}", String(repeating: "so bad ", count: 20_000)] {
        #expect(abs(model(text).reduce(0, +) - 1) < 1e-9)
      }
    }
  }

  @Test func formsOfTables() throws {
    try withTemporaryFolder { folder in
      let rows = Self.opinions()
      let tabs = rows.map { "\($0.text)\t\($0.label)" }.joined(separator: "\r\n")
      let named = "id,class,review\n" + rows.enumerated().map { "\($0),\($1.label),\"\($1.text)\"\n" }.joined()
      let files = [
        ("tabs.tsv", tabs), ("named.csv", named), ("semicolons.csv", rows.map { "\($0.label);\($0.text)\n" }.joined()),
      ]
      for (name, text) in files {
        try Self.write(text, "\(folder)/\(name)")
        let items = try LabelledTexts(reading: "\(folder)/\(name)").items
        #expect(items.map(\.text) == rows.map(\.text) && items.map(\.label) == rows.map(\.label), "\(name)")
      }
      for (index, row) in rows.enumerated() {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/all/\(row.label)", withIntermediateDirectories: true)
        try Self.write(row.text, "\(folder)/all/\(row.label)/\(index).txt")
      }
      let all = try LabelledTexts(reading: "\(folder)/all")
      #expect(all.items.count == 60)
    }
  }

  @Test(
    arguments: [
      ("a,b\nx,y,z\n", "line 2: it has 3 columns"), ("text,label\nx,\ny,b\n", "line 2: there is no label"),
      ("text,label\n ,a\ny,b\n", "line 2: the text is empty"), ("text,label\nx,a\ny,a\n", "all texts are of one class"),
      ("text,label\nx,a\ny,b\n", "too few"), ("", "no lines"), ("text,label\n", "no texts"),
      ("just a line\n", "no column of labels"),
      ("a,b,c,text\n1,2,3,x\n", "no column of labels"),
    ])
  func badTablesAreOneLine(_ text: String, _ part: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(text, "\(folder)/mine.csv")
      let recipe = try #require(TaskRecipe.named("classify"))
      let plan = try TaskPlan(recipe, kind: nil, source: "\(folder)/mine.csv", epochs: 1, seed: 1)
      let error = #expect(throws: DataError.self) { try TaskRun(plan) }
      #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
  }

  // MARK: - Tags

  /// Sentences in which names and places stand.
  static func sentences(_ count: Int, tag: (String, String) -> String = { "\($0)-\($1)" }) -> String {
    let (names, places) = (["Ann", "Bo Li", "Cy"], ["Rome", "New York", "Oslo"])
    return (0..<count).map { index in
      var lines: [String] = []
      func add(_ text: String, _ kind: String?) {
        for (place, word) in text.split(separator: " ").enumerated() {
          lines.append("\(word)\t\(kind.map { tag(place == 0 ? "B" : "I", $0) } ?? "O")")
        }
      }
      add(names[index % 3], "name")
      add(["lives in", "likes", "left"][index / 3 % 3], nil)
      add(places[index / 2 % 3], "place")
      add(".", nil)
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  @Test func namesAndPlacesAreFound() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.conll"
      try Self.write("-DOCSTART-\tO\n\n" + Self.sentences(60), path)
      let outcome = try Self.trained("tag", kind: nil, data: path, epochs: 30, "\(folder)/run")
      #expect((outcome.numbers.first { $0.name == "f1" }?.value ?? 0) > 0.95, "\(outcome.sentences)")
      let model = try TagModel(reading: "\(folder)/run/model.safetensors")
      let found = model("  Bo Li left New York.")
      #expect(found.map(\.kind) == ["name", "place"] && found.map { String($0.text) } == ["Bo Li", "New York"])
      #expect(found.map(\.from) == [2, 13] && found.map(\.to) == [7, 21])
      #expect(model("").isEmpty && model(" \u{0}").isEmpty)
      // Far longer than what is looked at at once; nothing is cut where pieces meet.
      let long = String(repeating: "Bo Li left New York . ", count: 900)
      let all = model(long)
      let characters = Array(long)
      let places = (10..<890).map { sentence in
        all.filter { $0.from / 22 == sentence }.map { "\($0.kind) \($0.from % 22) \($0.to % 22)" }
      }
      #expect(!places[0].isEmpty && Set(places).count == 1, "\(Set(places))")
      #expect(all.allSatisfy { String(characters[$0.from..<$0.to]) == $0.text })
    }
  }

  /// The oldest form begins entities with I-; tags without entities stand for themselves.
  @Test func otherFormsOfTags() throws {
    try withTemporaryFolder { folder in
      let forms: [(name: String, tag: (String, String) -> String)] = [
        ("old", { _, kind in "I-\(kind)" }), ("plain", { _, kind in kind }),
      ]
      for (name, tag) in forms {
        let path = "\(folder)/\(name).conll"
        try Self.write(Self.sentences(30, tag: tag), path)
        let outcome = try Self.trained("tag", kind: nil, data: path, epochs: 1, "\(folder)/\(name)")
        #expect(outcome.numbers.count == 3)
        let model = try TagModel(reading: "\(folder)/\(name)/model.safetensors")
        let tags = name == "old" ? ["B-name", "B-place", "I-name", "I-place", "O"] : ["O", "name", "place"]
        #expect(model.classNames == tags)
      }
      for (part, count) in [("train", 20), ("dev", 4), ("test", 4)] {
        try FileManager.default.createDirectory(atPath: "\(folder)/parts", withIntermediateDirectories: true)
        try Self.write(Self.sentences(count), "\(folder)/parts/\(part).conll")
      }
      let outcome = try Self.trained("tag", kind: nil, data: "\(folder)/parts", epochs: 1, "\(folder)/third")
      #expect(outcome.numbers.count == 3)
    }
  }

  @Test(
    arguments: [
      ("Ann\n", "line 1: “Ann” has no tag"), ("", "no sentences"), ("a\tO\n", "1 sentences are too few"),
      (String(repeating: "a\tO\n\n", count: 20), "it has 1 tags"),
      // Texts to be tagged are cut into characters where they are Chinese.
      (String(repeating: "吴重阳\tB-name\nlives\tO\nin\tO\nRome\tB-place\n\n", count: 20), "“吴重阳” is one word there"),
    ])
  func badSentencesAreOneLine(_ text: String, _ part: String) throws {
    try withTemporaryFolder { folder in
      try Self.write(text, "\(folder)/mine.conll")
      let recipe = try #require(TaskRecipe.named("tag"))
      let plan = try TaskPlan(recipe, kind: nil, source: "\(folder)/mine.conll", epochs: 1, seed: 1)
      let error = #expect(throws: DataError.self) { try TaskRun(plan) }
      #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
  }

  // MARK: - Damaged files

  /// Every tensor missing, of another rank and of other sizes, and every setting gone: an error each time.
  @Test(arguments: ["wide", "cnn", "ngrams", "lstm", "linear", "tag", "tag-characters"])
  func damagedFilesAreRefused(_ kind: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/mine.csv"
      let isTag = kind.hasPrefix("tag")
      if isTag {
        let text = Self.sentences(20)
        try Self.write(kind == "tag" ? text : text.replacing(/\S+\t/) { "\($0.output.prefix(1))\t" }, path)
      } else {
        try Self.write("text,label\n" + Self.opinions().map { "\"\($0.text)\",\($0.label)\n" }.joined(), path)
      }
      let outcome = try Self.trained(
        isTag ? "tag" : "classify", kind: isTag ? nil : kind, data: path, epochs: 1, "\(folder)/run")
      #expect(!outcome.numbers.isEmpty)
      func read(_ path: String) throws {
        let names = isTag ? try TagModel(reading: path).classNames : try ClassifyModel(reading: path).classNames
        #expect(names.count > 1)
      }
      let whole = try SafetensorsFile(reading: "\(folder)/run/model.safetensors")
      try read("\(folder)/run/model.safetensors")
      let damaged = "\(folder)/damaged.safetensors"
      for (index, tensor) in whole.tensors.enumerated() {
        let shape = tensor.value.shape
        let others: [Shape?] =
          [nil, [1], [0], shape.inserting(1, at: 0)]
          + (0..<shape.rank).flatMap { [shape.replacing($0, with: shape[$0] + 1), shape.replacing($0, with: 1)] }
        for (number, other) in others.enumerated() where other != shape {
          // Patterns may be of any width.
          if tensor.name.contains("convolutions"), shape.rank == 3, [4, 5].contains(number) { continue }
          var tensors = whole.tensors
          if let other { tensors[index].value = .zeros(other) } else { tensors.remove(at: index) }
          try SafetensorsFile(tensors: tensors, metadata: whole.metadata).write(to: damaged)
          #expect(throws: (any Error).self, "\(tensor.name) \(other.map { "\($0)" } ?? "missing")") {
            try read(damaged)
          }
        }
      }
      for key in whole.metadata.keys where !["history", "normalization"].contains(key) {
        for text in [nil, "", "[]", "{}", "[\"a\", \"a\"]", "\u{0}"] {
          var metadata = whole.metadata
          metadata[key] = text
          try SafetensorsFile(tensors: whole.tensors, metadata: metadata).write(to: damaged)
          #expect(throws: (any Error).self, "\(key)") { try read(damaged) }
        }
      }
      #expect(throws: DataError.self) { try TaskFile(reading: "\(folder)/run/model.safetensors", task: "translate") }
    }
  }
}

import Foundation
import HebbTesting
import Testing

/// Every command that the documents name is run, or can be.
@Suite struct DocumentTests {
  /// What stands for the words in capitals, and what keeps a command short.
  private static let stand = [
    "RECIPE": "iris", "FOLDER": "run", "MODEL": "run", "INPUT…": "5.1,3.5,1.4,0.2", "NAME": "parameters",
    "COMMAND": "train", "MAP": "map", "MEMORY": "memory", "PICTURE": "memory/recall.png", "MACHINE": "machine",
    "COLORIZER": "colorizer", "PHOTO": "memory/recall.png", "FILE": "waves.csv", "SPEECH": "speech",
    "SOUND": "speech/example.wav", "PAIRS": "pairs.tsv", "TRANSLATOR": "translator", "TEXT": "text",
    "DESCRIBER": "describer", "PICTURES": "pictures",
    "BERT": Document.root + "Tests/HebbTests/Reference/tiny-bert", "TEXT…": "the moon shines",
    "ROADS": "roads", "FORECASTER": "forecaster",
  ]
  private static let short = [
    "train RECIPE": ["--epochs", "1"], "train vae": ["--data", "digits", "--epochs", "1"],
    "train classify-series --data FILE": ["--epochs", "1"],
    "train speech-digits": ["--data", "sounds", "--epochs", "1"],
    "train translate": ["--data", "pairs.tsv", "--epochs", "1"], "train translate --data PAIRS": ["--epochs", "1"],
    "train caption --data PICTURES": ["--epochs", "1"],
    "train traffic --data ROADS": ["--epochs", "1"],
    "bench": ["--only", "matmul", "--seconds", "0.01"], "predict": ["--help"],
  ]
  /// Commands whose data sets or networks are too large to be made here, or that go on for ever: their tests have small
  /// ones. Only that they exist is looked at.
  private static let large = [
    "ocr", "train captcha", "train latin", "train sentiment", "train ner-zh", "train classify", "train tag", "classify",
    "tag", "write", "chat", "compose", "evaluate MODEL --data",
  ]

  @Test func theCommandsOfTheReadmeRun() throws {
    let tool = try Tool()
    defer { tool.clean() }
    #expect(try tool.run("train", "iris", "--epochs", "1", "--out", "run", "--quiet").code == 0)
    #expect(try tool.run("train", "som", "--epochs", "1", "--out", "map", "--quiet").code == 0)
    for (rule, folder) in [("hopfield", "memory"), ("rbm", "machine")] {
      let made = try tool.run("train", rule, "--data", "digits", "--epochs", "1", "--out", folder, "--quiet")
      #expect(made.code == 0, "\(made.errors)")
    }
    try tool.writePictures(to: "pictures")
    let made = try tool.run(
      "train", "colorize", "--data", "pictures", "--epochs", "1", "--out", "colorizer", "--quiet")
    #expect(made.code == 0, "\(made.errors)")
    try tool.writeRecordings(to: "sounds")
    let heard = try tool.run(
      "train", "speech-digits", "--data", "sounds", "--epochs", "1", "--out", "speech", "--quiet")
    #expect(heard.code == 0, "\(heard.errors)")
    let waves = (0..<20).map { "\($0),1,-1,\($0 % 3),2,\($0 % 2 == 0 ? "even" : "odd")\n" }
    try tool.write(Data(waves.joined().utf8), to: "waves.csv")
    try tool.write(Data((0..<30).map { "text \($0)\tText \($0)\n" }.joined().utf8), to: "pairs.tsv")
    try tool.write(Data((0..<12).map { "\($0).png\tpicture \($0)\n" }.joined().utf8), to: "pictures/captions.tsv")
    for (recipe, source, folder) in [
      ("translate", "pairs.tsv", "translator"), ("caption", "pictures", "describer"),
    ] {
      let made = try tool.run("train", recipe, "--data", source, "--epochs", "1", "--out", folder, "--quiet")
      #expect(made.code == 0, "\(made.errors)")
    }
    let speeds = (0..<100).map { "\(50 + $0 % 7),\(40 + $0 % 5)\n" }
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/roads", withIntermediateDirectories: true)
    try tool.write(Data(("a,b\n" + speeds.joined()).utf8), to: "roads/speeds.csv")
    try tool.write(Data("1,1\n0,1\n".utf8), to: "roads/adjacency.csv")
    let roads = try tool.run(
      "train", "traffic", "--data", "roads", "--epochs", "1", "--out", "forecaster", "--quiet")
    #expect(roads.code == 0, "\(roads.errors)")
    let document = try Document("README.md")
    let commands = (document.spans + document.lines(in: "sh")).filter { $0.hasPrefix("hebb ") }
    #expect(commands.count >= 9)
    for command in commands {
      let plain = command.split(separator: "#")[0].split(separator: " ").dropFirst().map(String.init)
      let words = plain.map { DocumentTests.stand[$0] ?? $0 }
      let isLarge = DocumentTests.large.contains { plain.starts(with: $0.split(separator: " ").map(String.init)) }
      let extra = isLarge ? ["--help"] : DocumentTests.short[plain.joined(separator: " ")] ?? []
      let result = try tool.run(all: words + extra)
      #expect(result.code == 0 && !result.output.isEmpty, "\(command): \(result.errors)")
    }
  }

  /// A network file in a document can be built, with whatever it declares.
  @Test func networkFilesOfTheReadmeAreBuilt() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let files = try Document("README.md").blocks.filter { $0.language == "yaml" }
    #expect(!files.isEmpty)
    for file in files {
      try tool.write(Data(file.lines.joined(separator: "\n").utf8), to: "network.yaml")
      let result = try tool.run("train", "network.yaml", "--epochs", "1", "--quiet")
      #expect(result.code == 0 && result.output.contains("test accuracy"), "\(result.errors)")
    }
  }

  /// The commands at the head of `Examples/`, on a few samples of the kind that they are for.
  @Test(arguments: ["flowers", "pictures"])
  func theCommandsOfTheExamplesRun(_ name: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let lines = try Document.lines(of: "\(Document.root)Examples/\(name).yaml")
    try FileManager.default.createDirectory(atPath: tool.folder + "/Examples", withIntermediateDirectories: true)
    try tool.write(Data(lines.joined(separator: "\n").utf8), to: "Examples/\(name).yaml")
    let rows = (0..<60).map {
      "\(5 + $0 % 3).\($0 % 10),3.5,\(1 + $0 % 3).4,0.2,\(["setosa", "rosea", "alba"][$0 % 3])"
    }
    try tool.write(Data((["a,b,c,d,species"] + rows).joined(separator: "\n").utf8), to: "flowers.csv")
    for index in 0..<12 {
      let folder = "pictures/\(["cat", "dog"][index % 2])"
      try FileManager.default.createDirectory(atPath: "\(tool.folder)/\(folder)", withIntermediateDirectories: true)
      let out = ["--count", "\(index + 1)", "--out", "\(folder)/\(index).jpg"]
      #expect(try tool.run(all: ["data", "show", "digits"] + out).code == 0)
    }
    #expect(try tool.run("data", "show", "digits", "--count", "5", "--out", "photo.jpg").code == 0)
    let commands = lines.filter { $0.hasPrefix("#     hebb ") }
    #expect(commands.count == 2)
    for command in commands {
      let words = command.split(separator: " ").dropFirst(2).map(String.init)
      let result = try tool.run(all: words + (words[0] == "train" ? ["--epochs", "1"] : []))
      #expect(result.code == 0 && !result.output.isEmpty, "\(command): \(result.errors)")
    }
    if name == "flowers" {
      let whole = try tool.run("predict", "runs/flowers", "flowers.csv", "--json", "--top", "2")
      #expect(whole.code == 0 && whole.output.split(separator: "\n").count == 60, "\(whole.errors)")
    }
  }

  @Test func namedDataSetsAreKnown() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let list = try tool.run("data", "list").output
    let lines = try Document.lines(of: Document.root + "README.md")
    let table = lines.drop { $0 != "## Data sets" }.dropFirst().prefix { !$0.hasPrefix("## ") }
    // A row may name several.
    let names = table.filter { $0.hasPrefix("| `") }.flatMap { row in
      row.split(separator: "|")[0].split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
    let known = list.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).prefix { !$0.isEmpty }
    #expect(Set(names) == Set(known.compactMap { $0.split(separator: " ").first }), "the lists differ:\n\(list)")
    // Without data of one's own it fits a terminal.
    for line in list.split(separator: "\n") { #expect(line.count <= 120, "\(line.count) columns: \(line)") }
  }

  /// Without running them, which would build the project again.
  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func makeHasTheTargetsThatAreNamed(_ name: String) throws {
    let document = try Document(name)
    let commands = (document.spans + document.lines(in: "sh")).filter { $0 == "make" || $0.hasPrefix("make ") }
    #expect(!commands.isEmpty)
    for command in commands {
      let words = command.split(separator: "#")[0].split(separator: " ").dropFirst().map(String.init)
      #expect(try DocumentTests.make(["-n"] + words).code == 0, "\(command)")
    }
    let list = try DocumentTests.make([]).output
    for word in ["demo", "test", "build", "static", "check"] { #expect(list.contains("make \(word)")) }
  }

  /// Files and folders of the repository that are named exist; so do those of commands that only people run.
  @Test(arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
  func namedFilesExist(_ name: String) throws {
    let document = try Document(name)
    let roots = ["Sources/", "Tests/", "Scripts/", "Benchmarks/", "Examples/", ".ci/"]
    let commands = document.lines(in: "sh").filter { !$0.hasPrefix("make") && !$0.hasPrefix("hebb") }
    let words = (document.spans + commands).flatMap { $0.split(whereSeparator: { $0 == " " || $0 == "," }) }
    for word in words where roots.contains(where: { word.hasPrefix($0) }) {
      #expect(FileManager.default.fileExists(atPath: Document.root + word), "\(name) names \(word)")
    }
    for command in commands where command.hasPrefix("cd ") {
      let folder = command.split(separator: " ")[1]
      for file in command.split(separator: " ") where file.hasSuffix(".py") {
        #expect(FileManager.default.fileExists(atPath: "\(Document.root)\(folder)/\(file)"), "\(command)")
      }
    }
  }

  private static func make(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["make", "-C", Document.root, "--no-print-directory"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

import Foundation
import Testing

/// Tables and runs from other folders, by the built command.
@Suite struct TableCommandTests {
  /// A table whose class is told by the sign of `size` alone, and a network file for it.
  private static func prepare(_ tool: Tool) throws {
    let rows = (0..<60).map { "\($0 % 2 == 0 ? 5 : -5),\($0 % 7),\($0 % 2 == 0 ? "even" : "odd")" }
    try tool.write(Data(("size,\"the colour\",kind\n" + rows.joined(separator: "\n")).utf8), to: "t.csv")
    try tool.write(
      Data(
        "data: {table: t.csv}\nnetwork: [linear: classes]\ntraining: {optimizer: {adam: {rate: 0.1}}, epochs: 20}".utf8),
      to: "t.yaml")
    let made = try tool.run("train", "t.yaml", "--out", "run", "--quiet")
    #expect(made.code == 0, "\(made.errors)")
  }

  private static func classes(_ tool: Tool, _ text: String) throws -> [String] {
    let result = try tool.run("predict", "run", "-", "--top", "1", input: Array(text.utf8))
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map { String($0.split(separator: " ")[2]) }
  }

  /// Columns that are no measures are left out, and what is a number is learned as one.
  @Test func tablesAreReadAsTheFileSays() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let rows = (0..<40).map { "h\($0),\($0 % 7),\($0 % 5),\(2 * ($0 % 7) + $0 % 5)\n" }
    try tool.write(Data(("id,width,2019,price\n" + rows.joined()).utf8), to: "houses.csv")
    let rest = "network: [{linear: 1}]\ntraining: {epochs: 2}"
    let settings = "table: houses.csv, target: price"
    try tool.write(Data("data: {\(settings), classes: false}\n\(rest)".utf8), to: "all.yaml")
    let all = try tool.run("train", "all.yaml", "--out", "all", "--quiet")
    #expect(all.code == 2 && all.errors.contains("line 2, column id: “h0” is not a number"), "\(all.errors)")
    #expect(all.errors.contains("drop: "), "\(all.errors)")
    for (name, choice) in [("drop", "drop: [id]"), ("columns", "columns: [width, \"2019\"]")] {
      try tool.write(
        Data("data: {\(settings), classes: false, \(choice), header: true}\n\(rest)".utf8), to: "\(name).yaml")
      let train = try tool.run("train", "\(name).yaml", "--out", name)
      #expect(train.code == 0 && train.output.contains("MAE") && train.output.contains("R²"), "\(train)")
      let found = try tool.run("predict", name, "houses.csv", "--json")
      #expect(found.code == 0 && found.output.split(separator: "\n").count == 40, "\(found)")
      #expect(try tool.run("predict", name, "3,4").code == 0)
    }
    try tool.write(Data("data: {\(settings), drop: [id]}\n\(rest)".utf8), to: "classes.yaml")
    let classes = try tool.run("train", "classes.yaml", "--quiet")
    #expect(classes.code == 0 || classes.errors.contains("linear: classes"), "\(classes)")
    try tool.write(Data("data: {\(settings), drop: [id], columns: [width]}\n\(rest)".utf8), to: "both.yaml")
    let both = try tool.run("train", "both.yaml", "--quiet")
    #expect(both.code == 2 && both.errors.contains("columns and drop do not go together"), "\(both.errors)")
  }

  @Test func columnsGoByTheirNames() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try Self.prepare(tool)
    #expect(try Self.classes(tool, "size,the colour\n5,1\n-5,1\n") == ["even", "odd"])
    #expect(try Self.classes(tool, "the colour;size\n1;5\n1;-5\n") == ["even", "odd"])
    #expect(
      try Self.classes(tool, "\u{FEFF}\"kind\",note,size,the colour\nodd,\"a, b\",5,1\nodd,c,-5,1\r\n") == [
        "even", "odd",
      ])
    #expect(try Self.classes(tool, "5,1\n-5,1\n") == ["even", "odd"])
    for (text, words) in [
      ("size,color\n5,1\n", "standard input, line 1: there is no column “the colour”, which the network takes"),
      ("size,the colour,size\n5,1,2\n", "line 1: the column “size” comes twice"),
      ("5,1,2\n", "line 1: it has 3 numbers, the network takes 2"),
      ("size,the colour,kind\n5,1\n5\n", "line 3: it has 1 number, the network takes 2"),
    ] {
      let result = try tool.run("predict", "run", "-", input: Array(text.utf8))
      #expect(result.code == 2 && result.errors.contains(words), "\(result.errors)")
    }
    // The test set too, with other columns in another order.
    let rows = (0..<40).map { "\($0 % 2 == 0 ? "even" : "odd"),9,\($0 % 7),\($0 % 2 == 0 ? 5 : -5)" }
    try tool.write(Data(("kind,more,the colour,size\n" + rows.joined(separator: "\n")).utf8), to: "other.csv")
    try tool.write(
      Data(
        "data: {table: t.csv, target: kind}\nnetwork: [linear: classes]\ntraining: {optimizer: {adam: {rate: 0.1}}, epochs: 20}"
          .utf8),
      to: "u.yaml")
    #expect(try tool.run("train", "u.yaml", "--out", "named", "--quiet").code == 0)
    let measured = try tool.run("evaluate", "named", "--data", "other.csv", "--quiet")
    #expect(measured.output == "test accuracy 100.00 %\n", "\(measured)")
  }

  @Test func runsKnowTheirDataFromAnyFolder() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try Self.prepare(tool)
    try FileManager.default.createDirectory(atPath: tool.folder + "/deep/down", withIntermediateDirectories: true)
    try tool.write(Data("data: {table: missing.csv}\nnetwork: [linear: classes]".utf8), to: "m.yaml")
    #expect(try tool.run("train", "m.yaml", "--data", "t.csv", "--out", "moved", "--quiet").code == 0)
    let inside = try Tool(in: tool.folder + "/deep/down")
    for arguments in [
      ["evaluate", "../../run"], ["evaluate", "../../run/model.safetensors"], ["evaluate", "../../moved"],
      ["train", "--resume", "../../run", "--quiet"],
    ] {
      let result = try inside.run(all: arguments)
      #expect(result.code == 0 && result.output.contains("test accuracy"), "\(arguments): \(result.errors)")
    }
  }

  /// What training prints at its end can be typed in as it is.
  @Test(arguments: ["iris", "digits", "t.yaml", "line.yaml", "series.yaml"]) func theLineToTryRuns(_ name: String)
    throws
  {
    let tool = try Tool()
    defer { tool.clean() }
    try Self.prepare(tool)
    try tool.write(Data((0..<30).map { "-\($0),-1,\($0)\n" }.joined().utf8), to: "line.csv")
    try tool.write(Data("data: {table: line.csv, classes: false}\nnetwork: [linear: classes]".utf8), to: "line.yaml")
    try tool.write(Data("data: {series: t.csv}\nnetwork: [flatten, linear: classes]".utf8), to: "series.yaml")
    let made = try tool.run("train", name, "--epochs", "1", "--out", "a run")
    #expect(made.code == 0, "\(made.errors)")
    let line = try #require(made.output.split(separator: "\n").last { $0.hasPrefix("try       \(Tool.path) ") })
    try tool.shell(
      "PATH=\(URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path):$PATH; \(line.dropFirst(10)) > answer")
    #expect(try !tool.bytes("answer").isEmpty)
  }
}

import Foundation
import HebbArrays
import HebbTesting
import Testing

/// `hebb embed` on a tiny network that PyTorch wrote.
@Suite struct EmbedCommandTests {
  private static let folder = Document.root + "Tests/HebbTests/Reference/tiny-bert"

  /// What PyTorch makes of some texts.
  private static func expected() throws -> [(text: String, vector: [Double])] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
    let rows = try #require(try JSON(parsing: bytes, file: "expected.json").elements)
    return try rows.map { row in
      (try #require(row["text"]?.string), try #require(row["vector"]?.elements).compactMap(\.double))
    }
  }

  @Test func vectorsArePyTorchs() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let expected = try Self.expected()
    try tool.write(Data(expected.map { $0.text + "\n" }.joined().utf8), to: "texts.txt")
    let result = try tool.run("embed", Self.folder, "texts.txt", "--json")
    #expect(
      result.code == 0
        && result.errors == "note: “the moon the moon the moon th…” is long; only its first 12 pieces are read\n")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == expected.count)
    for (line, row) in zip(lines, expected) {
      let json = try JSON(parsing: [UInt8](line.utf8), file: "output")
      let vector = try #require(json["vector"]?.elements).compactMap(\.double)
      #expect(json["text"]?.string == row.text && vector.count == row.vector.count)
      for (found, wanted) in zip(vector, row.vector) { #expect(abs(found - wanted) < 1e-5, "\(row.text)") }
    }
  }

  @Test func textsAreCompared() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let vectors = try Self.expected().prefix(3)
    let cosine = zip(vectors[0].vector, vectors[1].vector).reduce(0) { $0 + $1.0 * $1.1 }
    let table = try tool.run(all: ["embed", Self.folder] + vectors.map(\.text))
    #expect(table.code == 0 && table.output.contains("1.0000"), "\(table)")
    let cells = table.output.split(separator: "\n")[2].split(separator: " ").compactMap { Double($0) }
    #expect(cells.count >= 3 && abs(cells[cells.count - 2] - cosine) < 1e-4, "\(table)")
    let ranked = try tool.run(
      "embed", Self.folder, "The moon shines", "A man is eating food.", "--to", "the moon shines")
    let lines = ranked.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[2].hasPrefix("1.0000  The moon shines"), "\(ranked)")
  }

  @Test func badFoldersAndOptionsAreOneLine() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try FileManager.default.copyItem(atPath: Self.folder, toPath: "\(tool.folder)/bert")
    let many = (0..<21).map { "text \($0)" }
    for (arguments, part) in [
      (["none", "a text"], "none/config.json"), ([Self.folder, "--to", " "], "--to must have words"),
      ([Self.folder, "--to", "a", "--json"], "leave --json out"), ([Self.folder, " "], "it is empty"),
      ([Self.folder] + many, "21 texts: a table of all pairs would be too large"),
    ] {
      let result = try tool.run(all: ["embed"] + arguments)
      #expect(result.code == 2 && result.errors.contains(part), "\(result)")
      #expect(result.errors.split(separator: "\n").count == 1 && result.output.isEmpty)
    }
    let bytes = try tool.bytes("bert/model.safetensors")
    for (damaged, part) in [
      (bytes.prefix(200), "model.safetensors"), (bytes.dropLast(4) + [0, 0, 0xC0, 0x7F], "infinite or NaN"),
    ] {
      try tool.write(Data(damaged), to: "bert/model.safetensors")
      let result = try tool.run("embed", "bert", "a text")
      #expect(result.code == 2 && result.errors.contains(part), "\(result)")
      #expect(result.errors.split(separator: "\n").count == 1)
    }
  }
}

import Foundation
import Testing

/// Help texts are compared with files in `Help/`. After a wanted change, `HEBB_RECORD=1 swift test --filter HelpTests`
/// writes them anew.
@Suite struct HelpTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Help")
    .path

  @Test(arguments: [
    "", "train", "evaluate", "predict", "summary", "data", "data show", "recipes", "lab", "bench", "map", "recall",
    "sample", "colorize", "forecast", "classify", "tag", "write", "chat", "compose", "transcribe", "translate",
    "describe", "embed", "ocr", "ocr read", "ocr train", "ocr evaluate", "ocr serve",
  ])
  func help(_ command: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let words = command.split(separator: " ").map(String.init)
    let result =
      switch words.count {
      case 0: try tool.run("--help")
      case 1: try tool.run(words[0], "--help")
      default: try tool.run(words[0], words[1], "--help")
      }
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(!result.output.split(separator: "\n").contains { $0.count > 80 && !$0.hasPrefix("USAGE") })
    let name = (["hebb"] + words).joined(separator: "-")
    let path = "\(HelpTests.folder)/\(name).txt"
    if ProcessInfo.processInfo.environment["HEBB_RECORD"] != nil {
      try result.output.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == result.output)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completion(_ shell: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run("--generate-completion-script", shell)
    #expect(result.code == 0 && result.output.contains("train"))
  }
}

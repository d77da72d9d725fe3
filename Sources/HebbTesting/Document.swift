import Foundation

/// A document of the project, in Markdown, whose examples are tried.
public struct Document: Sendable {
  /// Its path from the root of the repository.
  public let name: String
  /// What stands between fences of three back ticks, by language.
  public private(set) var blocks: [(language: String, lines: [String])] = []
  /// What stands between single back ticks.
  public private(set) var spans: [String] = []

  /// The root of the repository.
  public static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path()

  public init(_ name: String) throws {
    self.name = name
    var open: (language: String, lines: [String])?
    for line in try Document.lines(of: Document.root + name) {
      if line.hasPrefix("```") {
        if let block = open { blocks.append(block) }
        open = open == nil ? (String(line.dropFirst(3)), []) : nil
      } else if open != nil {
        open?.lines.append(line)
      } else {
        let parts = line.split(separator: "`", omittingEmptySubsequences: false)
        spans += parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
      }
    }
  }

  /// The lines of all blocks in a language.
  public func lines(in language: String) -> [String] { blocks.filter { $0.language == language }.flatMap(\.lines) }

  /// The lines of a file.
  public static func lines(of path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}

import Foundation

/// The lines of a file in Tests/Reference: the first word, and the numbers after it.
func referenceLines(_ name: String) throws -> [(name: String, numbers: [Double])] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(contentsOf: folder.appending(path: "Reference/\(name)"), encoding: .utf8)
  return text.split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    return (String(words[0]), words.dropFirst().compactMap { Double($0) })
  }
}

/// A folder of its own that is gone afterwards.
func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path())
}

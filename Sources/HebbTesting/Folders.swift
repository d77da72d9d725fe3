import Foundation

/// A folder of its own that is gone after the call.
package func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = try newFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// As the other, for bodies that wait, such as for processes of their own.
package func withTemporaryFolder<R>(_ body: (String) async throws -> R) async throws -> R {
  let folder = try newFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}

private func newFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "hebb-\(UUID().uuidString)").path()
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  return folder
}

/// The words that the output of a process lacks.
package func missing(_ words: [String], from output: [UInt8]) -> [String] {
  let text = String(decoding: output, as: UTF8.self)
  return words.filter { !text.contains($0) }.map { "\($0) is not in: \(text)" }
}

import Foundation
import HebbArrays

/// Fetches files with `curl`.
///
/// A process of its own rather than Foundation's networking: that would link a second HTTP and TLS library into every
/// static binary, and `curl` follows the machine's proxies and certificates.
enum Fetcher {
  /// Puts a file into a folder, whole and checked, or not at all.
  static func fetch(
    _ download: CatalogEntry.Download, from address: String, into folder: String, advice: String
  ) throws(DataError) {
    let target = "\(folder)/\(download.name)"
    guard !FileManager.default.fileExists(atPath: target) else { return }
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw DataError(folder, "the folder cannot be made", advice: "check its permissions")
    }
    AtomicFile.removeLeftovers(of: target)
    let part = AtomicFile.partialPath(of: target)
    defer { try? FileManager.default.removeItem(atPath: part) }
    try run(
      ["--fail", "--silent", "--show-error", "--location", "--proto", "=http,https", "--connect-timeout", "20"]
        + ["--speed-limit", "1000", "--speed-time", "60", "--max-filesize", String(download.limit)]
        + ["--output", part, "--", address], address: address, advice: advice)
    try check(part, of: download, address: address)
    guard rename(part, target) == 0 else {
      throw DataError(target, "it cannot be written: \(systemMessage())", advice: "check the folder's permissions")
    }
  }

  private static func run(_ arguments: [String], address: String, advice: String) throws(DataError) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl"] + arguments
    let errors = Pipe()
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw DataError(address, "curl cannot be started", advice: "install curl, or fetch the file by hand")
    }
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let reason = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "curl failed"
      throw DataError(address, "it cannot be fetched: \(reason)", advice: advice)
    }
  }

  private static func check(
    _ path: String, of download: CatalogEntry.Download, address: String
  ) throws(DataError) {
    let (expected, bytes) =
      switch download.checksum {
      case .file(let sum): (sum, try InputFile.bytes(of: path, limit: download.limit))
      case .content(let sum): (sum, try Archive.unpacked(.file(path)))
      }
    let sum = MD5.hexadecimal(of: bytes)
    guard sum == expected else {
      throw DataError(
        address, "its MD5 sum is \(sum), not \(expected)", advice: "fetch again, or take it from another place")
    }
  }
}

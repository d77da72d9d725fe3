import Foundation
import HebbArrays

/// Text from disk, plain or packed by gzip or xz.
public enum TextFile {
  /// The text of a file in UTF-8, without a byte order mark.
  ///
  /// - Parameter limit: the most bytes, unpacked.
  public static func read(_ path: String, limit: Int = 1 << 28) throws(DataError) -> String {
    try decode(Archive.unpacked(.file(path), limit: limit), name: path)
  }

  /// The lines of a file without their ends; the last may lack one.
  public static func lines(of path: String, limit: Int = 1 << 28) throws(DataError) -> [Substring] {
    lines(in: try read(path, limit: limit))
  }

  /// The lines of a text without their ends.
  public static func lines(in text: String) -> [Substring] {
    var lines = text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The file of a folder, as it is, or packed by gzip where only that is there.
  public static func path(_ name: String, in folder: String) -> String {
    let path = "\(folder)/\(name)"
    let (plain, packed) = (FileManager.default.fileExists(atPath: path), "\(path).gz")
    return !plain && FileManager.default.fileExists(atPath: packed) ? packed : path
  }

  /// - Parameter name: what errors call it.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> String {
    guard var text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw DataError(name, at: "line \(line + 1)", "it is not text in UTF-8", advice: "save it as UTF-8")
    }
    // A number would end at a NUL unnoticed.
    if let place = bytes.firstIndex(of: 0) {
      let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
      throw DataError(
        name, at: "line \(line)", "it has a NUL character: it is no text", advice: "save it as plain text")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return text
  }
}

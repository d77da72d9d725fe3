import Foundation
import HebbArrays

/// Files of a folder, or of an archive of it: what a set of many small files is read from.
public enum PackedFiles {
  /// Calls `body` with the path, the bytes and the name for errors of every file, ordered by their paths, byte by byte. The
  /// paths are those below the folder or in the archive; hidden files are left out.
  ///
  /// - Parameters:
  ///   - path: a folder, which may have folders below it, or an archive (tar, tar.gz, tar.xz, zip).
  ///   - wanted: whether to read the file of this path.
  public static func forEach(
    in path: String, fileLimit: Int = 1 << 24, totalLimit: Int = 1 << 30, where wanted: (String) -> Bool,
    _ body: (_ path: String, _ bytes: [UInt8], _ name: String) throws(DataError) -> Void
  ) throws(DataError) {
    func isWanted(_ path: String) -> Bool {
      wanted(path) && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    guard isFolder(path) else {
      var files: [Archive.Entry] = []
      try Archive.forEachFile(in: .file(path), entryLimit: fileLimit, totalLimit: totalLimit, where: isWanted) {
        (entry) throws(DataError) in files.append(entry)
      }
      for file in files.sorted(by: { isBefore($0.path, $1.path) }) {
        try body(file.path, file.bytes, "\(path), \(file.path)")
      }
      return
    }
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var total = 0
    for name in found.filter(isWanted).sorted(by: isBefore) {
      let bytes = try InputFile.bytes(of: "\(path)/\(name)", limit: fileLimit)
      total += bytes.count
      guard total <= totalLimit else {
        throw DataError(path, "its files have more than \(totalLimit) bytes", advice: "take fewer of them")
      }
      try body(name, bytes, "\(path)/\(name)")
    }
  }

  /// Whether there is a folder of this name.
  public static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}

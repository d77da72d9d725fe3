import Foundation
import HebbArrays

extension Archive {
  /// Unpacks the regular files of an archive below a folder. A path that would leave the folder is an error; folders are
  /// made as files need them; links are passed over.
  ///
  /// - Returns: the paths of the files, relative to the folder.
  @discardableResult
  public static func extract(
    _ source: Source, to folder: String, entryLimit: Int = 1 << 30, totalLimit: Int = 4 << 30
  ) throws(DataError) -> [String] {
    var paths: [String] = []
    try forEachFile(in: source, entryLimit: entryLimit, totalLimit: totalLimit) { (entry) throws(DataError) in
      let parts = entry.path.split(separator: "/").filter { $0 != "." }
      guard !entry.path.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."), !entry.path.contains("\0") else {
        throw DataError(source.name, at: entry.path, "this path leaves the folder", advice: "do not trust this archive")
      }
      let path = parts.joined(separator: "/")
      let target = "\(folder)/\(path)"
      let parent = (target as NSString).deletingLastPathComponent
      do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
        throw DataError(parent, "the folder cannot be made", advice: "check its permissions")
      }
      try AtomicFile.write(entry.bytes, to: target)
      paths.append(path)
    }
    return paths
  }
}

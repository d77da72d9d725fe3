import Foundation
import HebbArrays

/// WAV files of a folder or an archive.
public enum RecordingFiles {
  /// Where the files of a set lie in its folder: in a folder, or in an archive.
  static let places = ["recordings", "recordings.tar.xz", "recordings.tar.gz", "recordings.zip"]

  /// The most bytes of one file, and of all together.
  private static let (fileLimit, totalLimit) = (1 << 24, 1 << 30)

  /// Calls `body` with the path, the bytes and the name for errors of every WAV file, ordered by their paths, byte by byte. The
  /// paths are those below the folder, which may have folders below it, or in the archive.
  ///
  /// - Parameter path: a folder of WAV files, an archive (tar, tar.gz, tar.xz, zip), or a folder with either under the
  ///   name “recordings”.
  public static func forEach(
    in path: String, _ body: (_ path: String, _ bytes: [UInt8], _ name: String) throws(DataError) -> Void
  ) throws(DataError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw DataError(path, "it is not there", advice: "name a folder of WAV files, or an archive of them")
    }
    guard isFolder.boolValue else { return try forEach(inArchive: path, body) }
    for place in places where FileManager.default.fileExists(atPath: "\(path)/\(place)") {
      return try forEach(in: "\(path)/\(place)", body)
    }
    let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let names = found.filter(isRecording).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !names.isEmpty else { throw none(path) }
    var total = 0
    for name in names {
      let bytes = try InputFile.bytes(of: "\(path)/\(name)", limit: fileLimit)
      total += bytes.count
      guard total <= totalLimit else {
        throw DataError(path, "its WAV files have more than \(totalLimit) bytes", advice: "take fewer of them")
      }
      try body(name, bytes, "\(path)/\(name)")
    }
  }

  private static func forEach(
    inArchive path: String, _ body: (String, [UInt8], String) throws(DataError) -> Void
  ) throws(DataError) {
    var files: [Archive.Entry] = []
    try Archive.forEachFile(
      in: .file(path), entryLimit: fileLimit, totalLimit: totalLimit, where: isRecording
    ) { (entry) throws(DataError) in files.append(entry) }
    guard !files.isEmpty else { throw none(path) }
    for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
      try body(file.path, file.bytes, "\(path), \(file.path)")
    }
  }

  private static func isRecording(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".wav") && !path.split(separator: "/").contains { $0.hasPrefix(".") }
  }

  private static func none(_ path: String) -> DataError {
    DataError(path, "there are no WAV files in it", advice: "name files LABEL_SPEAKER_NUMBER.wav, or LABEL/name.wav")
  }
}

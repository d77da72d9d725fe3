import Foundation
import HebbArrays

/// WAV files of a folder or an archive.
public enum RecordingFiles {
  /// Where the files of a set lie in its folder: in a folder, or in an archive.
  static let places = ["recordings", "recordings.tar.xz", "recordings.tar.gz", "recordings.zip"]

  /// The most bytes of one file, and of all together.
  private static let (fileLimit, totalLimit) = (1 << 24, 1 << 30)

  /// Calls `body` with the path, the bytes and the name for errors of every WAV file, as ``PackedFiles`` does.
  ///
  /// - Parameter path: a folder of WAV files, an archive (tar, tar.gz, tar.xz, zip), or a folder with either under the
  ///   name “recordings”.
  public static func forEach(
    in path: String, _ body: (_ path: String, _ bytes: [UInt8], _ name: String) throws(DataError) -> Void
  ) throws(DataError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw DataError(path, "it is not there", advice: "name a folder of WAV files, or an archive of them")
    }
    if PackedFiles.isFolder(path) {
      for place in places where FileManager.default.fileExists(atPath: "\(path)/\(place)") {
        return try forEach(in: "\(path)/\(place)", body)
      }
    }
    var count = 0
    try PackedFiles.forEach(in: path, fileLimit: fileLimit, totalLimit: totalLimit) {
      $0.lowercased().hasSuffix(".wav")
    } _: { (path, bytes, name) throws(DataError) in
      count += 1
      try body(path, bytes, name)
    }
    guard count > 0 else {
      throw DataError(
        path, "there are no WAV files in it", advice: "name files LABEL_SPEAKER_NUMBER.wav, or LABEL/name.wav")
    }
  }
}

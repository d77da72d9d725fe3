import CArchive
import HebbArrays

/// Packed files: tar, tar.gz, tar.xz and zip, entry by entry; and single files packed by gzip or xz.
///
/// What an entry says about its size is never believed: bytes are counted as they come, against a limit.
public enum Archive {
  /// Where packed bytes are.
  public enum Source: Sendable {
    /// The path of a file.
    case file(String)
    /// Bytes in memory, and the name to use in errors.
    case memory([UInt8], name: String)

    /// The path or name.
    public var name: String {
      switch self {
      case .file(let path): path
      case .memory(_, let name): name
      }
    }
  }

  /// One file of an archive.
  public struct Entry: Sendable {
    /// The path inside the archive, as it is written there.
    public let path: String
    /// Its content, unpacked.
    public let bytes: [UInt8]
  }

  /// Reads the regular files of an archive in their order; folders, links and devices are passed over.
  ///
  /// - Parameters:
  ///   - entryLimit: the most bytes of one file.
  ///   - totalLimit: the most bytes of all files together that are read.
  ///   - wanted: whether to read the file of this path.
  public static func forEachFile(
    in source: Source, entryLimit: Int = 1 << 30, totalLimit: Int = 4 << 30,
    where wanted: (String) -> Bool = { _ in true },
    _ body: (Entry) throws(DataError) -> Void
  ) throws(DataError) {
    let stream = try ArchiveStream(source, raw: false)
    var total = 0
    while let path = try stream.nextFile() {
      guard wanted(path) else { continue }
      let bytes = try stream.contents(limit: min(entryLimit, totalLimit - total), entry: path)
      total += bytes.count
      try body(Entry(path: path, bytes: bytes))
    }
  }

  /// The paths of the regular files of an archive, in their order.
  public static func paths(in source: Source) throws(DataError) -> [String] {
    let stream = try ArchiveStream(source, raw: false)
    var paths: [String] = []
    while let path = try stream.nextFile() { paths.append(path) }
    return paths
  }

  /// The content of a single file that is packed by gzip or xz; of any other file, the file itself.
  public static func unpacked(_ source: Source, limit: Int = 4 << 30) throws(DataError) -> [UInt8] {
    let (start, whole) = try beginning(of: source, limit: limit)
    guard start.starts(with: [0x1f, 0x8b]) || start.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a]) else {
      return try whole()
    }
    let stream = try ArchiveStream(source, raw: true)
    guard try stream.nextFile() != nil, stream.isPacked else {
      throw DataError(source.name, "it is cut short", advice: "fetch it again")
    }
    let bytes = try stream.contents(limit: limit, entry: nil)
    guard try stream.nextFile() == nil else {
      throw DataError(source.name, "it holds more than one file", advice: "unpack it first")
    }
    return bytes
  }

  private static func beginning(
    of source: Source, limit: Int
  ) throws(DataError) -> (start: [UInt8], whole: () throws(DataError) -> [UInt8]) {
    switch source {
    case .memory(let bytes, _): return (Array(bytes.prefix(6)), { () throws(DataError) in bytes })
    case .file(let path):
      let file = try InputFile(path)
      let start = try file.bytes(at: 0, count: min(6, file.byteCount))
      return (start, { () throws(DataError) in try InputFile.bytes(of: path, limit: limit) })
    }
  }
}

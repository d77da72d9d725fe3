import CArchive
import HebbArrays

/// libarchive's reader, one entry after the other.
final class ArchiveStream {
  private let archive: OpaquePointer
  private let name: String
  /// Bytes that libarchive reads from: it keeps their address, so they live as long as it does.
  private let memory: UnsafeMutableRawBufferPointer?
  private var entry: OpaquePointer?
  /// Bytes of all files that have been read.
  private var unpacked = 0

  /// What unpacks to more than so many times its size, and to more than a few megabytes, was made to fill memory.
  private static let (ratioLimit, freeBytes) = (200, 1 << 26)

  /// - Parameter raw: takes the source for one packed file, not for an archive of files.
  init(_ source: Archive.Source, raw: Bool) throws(DataError) {
    name = source.name
    guard let archive = archive_read_new() else {
      throw DataError(source.name, "there is no memory to read it", advice: "free memory and try again")
    }
    self.archive = archive
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_xz(archive)
    if raw {
      archive_read_support_format_raw(archive)
      archive_read_support_format_empty(archive)
    } else {
      archive_read_support_format_tar(archive)
      // By its directory at the end: a zip file that is cut short must not pass for a smaller one.
      archive_read_support_format_zip_seekable(archive)
    }
    let status: Int32
    switch source {
    case .file(let path):
      memory = nil
      status = archive_read_open_filename(archive, path, 1 << 16)
    case .memory(let bytes, _):
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
      copy.copyBytes(from: bytes)
      memory = copy
      status = archive_read_open_memory(archive, copy.baseAddress, bytes.count)
    }
    try check(status)
  }

  deinit {
    archive_read_free(archive)
    memory?.deallocate()
  }

  /// Whether the bytes are packed, once the first file has been found.
  var isPacked: Bool { archive_filter_code(archive, 0) != ARCHIVE_FILTER_NONE }

  /// The path of the next regular file; `nil` after the last.
  func nextFile() throws(DataError) -> String? {
    while true {
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return nil }
      try check(status)
      guard archive_entry_filetype(entry) == 0o100000, archive_entry_hardlink(entry) == nil else { continue }
      if let path = archive_entry_pathname_utf8(entry) { return String(cString: path) }
      if let path = archive_entry_pathname(entry) { return String(cString: path) }
    }
  }

  /// The bytes of the current file, no more than `limit`.
  func contents(limit: Int, entry path: String?) throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    let size = Int(clamping: archive_entry_size(entry))
    bytes.reserveCapacity(max(0, min(size, limit, 1 << 26)))
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { chunk.deallocate() }
    while true {
      let count = archive_read_data(archive, chunk.baseAddress, chunk.count)
      if count == 0 { return bytes }
      guard count > 0 else { throw failure(in: path) }
      guard bytes.count + count <= limit else {
        throw DataError(
          name, at: path, "it unpacks to more than the limit of \(limit) bytes", advice: "use a smaller file")
      }
      unpacked += count
      guard unpacked <= max(ArchiveStream.freeBytes, ArchiveStream.ratioLimit * Int(archive_filter_bytes(archive, -1)))
      else {
        throw DataError(
          name, at: path, "it unpacks to more than \(ArchiveStream.ratioLimit) times its size",
          advice: "do not trust this file, or unpack it first")
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private func check(_ status: Int32) throws(DataError) {
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw failure(in: nil) }
  }

  private func failure(in path: String?) -> DataError {
    let message = archive_error_string(archive).map { String(cString: $0) } ?? "it is not a packed file"
    return DataError(name, at: path, message, advice: "the file is damaged or not of this kind: fetch it again")
  }
}

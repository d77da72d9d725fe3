import CArchive
import HebbArrays

extension Archive {
  /// The bytes of a zip file that holds these files without compression, the same for the same files.
  static func zip(_ files: [(path: String, bytes: [UInt8])], name: String) throws(DataError) -> [UInt8] {
    guard let archive = archive_write_new() else {
      throw DataError(name, "there is no memory to write it", advice: "free memory and try again")
    }
    defer { archive_write_free(archive) }
    archive_write_set_format_zip(archive)
    archive_write_zip_set_compression_store(archive)
    // Headers of an entry need its path twice and a few hundred bytes; output comes in whole blocks.
    var room = 1 << 16
    for file in files { room += file.bytes.count + 2 * file.path.utf8.count + 1024 }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 64)
    defer { memory.deallocate() }
    var used = 0
    archive_write_set_bytes_per_block(archive, 0)
    var status = archive_write_open_memory(archive, memory.baseAddress, memory.count, &used)
    for file in files where status == ARCHIVE_OK { status = add(file, to: archive) }
    if status == ARCHIVE_OK { status = archive_write_close(archive) }
    guard status == ARCHIVE_OK else {
      let message = archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be packed"
      throw DataError(name, message, advice: "use other names")
    }
    return Array(memory[..<used])
  }

  private static func add(_ file: (path: String, bytes: [UInt8]), to archive: OpaquePointer) -> Int32 {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname_utf8(entry, file.path)
    archive_entry_set_size(entry, Int64(file.bytes.count))
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    // Noon of the first day that a zip file can name, so that no time zone changes it.
    archive_entry_set_mtime(entry, 315_576_000, 0)
    let status = archive_write_header(archive, entry)
    guard status == ARCHIVE_OK else { return status }
    return file.bytes.withUnsafeBytes { bytes in
      archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count ? ARCHIVE_OK : ARCHIVE_FATAL
    }
  }
}

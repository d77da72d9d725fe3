#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are there whole or not at all: a full disk or a killed process leaves what was there before. Behind a link the
/// file is replaced that it leads to; what is no plain file, such as a pipe, is written to and stays what it is.
package enum AtomicFile {
  /// Writes a file: into a sibling, which is brought to the disk and then takes the file's name.
  ///
  /// One thread at a time may write to a path.
  package static func write(
    to path: String, _ body: (_ write: (UnsafeRawBufferPointer) throws(DataError) -> Void) throws(DataError) -> Void
  ) throws(DataError) {
    if let resolved = try linked(path) { return try write(to: resolved, body) }
    guard !isSpecial(path) else { return try writeInPlace(path, body) }
    removeLeftovers(of: path)
    let part = partialPath(of: path)
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var finished = false
    var isOpen = true
    defer {
      if isOpen { close(descriptor) }
      if !finished { unlink(part) }
    }
    try body { (bytes) throws(DataError) in try writeAll(bytes, to: descriptor, path: path) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
    isOpen = false
    guard close(descriptor) == 0 else { throw failure(path) }
    guard rename(part, path) == 0 else { throw failure(path) }
    finished = true
    synchronizeFolder(of: path)
  }

  /// Where a symbolic link leads to; nil for all else.
  private static func linked(_ path: String) throws(DataError) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink(path, &buffer, Int(PATH_MAX)) >= 0 else { return nil }
    guard let resolved = realpath(path, nil) else {
      throw DataError(path, "it is a link that leads nowhere", advice: "remove it, or write elsewhere")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether something is there that is neither a plain file nor a folder.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & mode_t(S_IFMT)
    return kind != S_IFREG && kind != S_IFDIR
  }

  private static func writeInPlace(
    _ path: String, _ body: (_ write: (UnsafeRawBufferPointer) throws(DataError) -> Void) throws(DataError) -> Void
  ) throws(DataError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    try body { (bytes) throws(DataError) in try writeAll(bytes, to: descriptor, path: path) }
  }

  /// Writes bytes to a file, whole or not at all.
  package static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    try write(to: path) { (write) throws(DataError) in
      var failure: DataError?
      bytes.withUnsafeBytes { bytes in
        do throws(DataError) { try write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }

  /// The sibling that a file is written to by this process before it takes its name.
  package static func partialPath(of path: String) -> String { "\(path)\(partialSuffix)\(getpid())" }

  private static let partialSuffix = ".part-"

  /// Removes siblings of a file that processes have left behind which were killed while they wrote.
  package static func removeLeftovers(of path: String) {
    let (folder, name) = split(path)
    guard let listing = opendir(folder) else { return }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      let prefix = name + partialSuffix
      guard found.hasPrefix(prefix), let process = pid_t(found.dropFirst(prefix.count)), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH { unlink("\(folder)/\(found)") }
    }
  }

  private static func writeAll(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws(DataError) {
    var done = 0
    while done < bytes.count, let start = bytes.baseAddress {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, start + done, min(bytes.count - done, 1 << 30))
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, start + done, min(bytes.count - done, 1 << 30))
      #else
        let count = Darwin.write(descriptor, start + done, min(bytes.count - done, 1 << 30))
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      done += count
    }
  }

  /// Brings the new name to the disk too. Not every file system can; the file itself is safe by then.
  private static func synchronizeFolder(of path: String) {
    let descriptor = open(split(path).folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private static func failure(_ path: String) -> DataError {
    DataError(
      path, "it cannot be written: \(systemMessage())",
      advice: "check the folder, its permissions and the space on the disk; what was there before is whole")
  }
}

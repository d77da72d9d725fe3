#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is open for reading, its size known; or bytes that lie in memory and are read in the same way.
package final class InputFile {
  package let path: String
  package let byteCount: Int
  /// −1 for bytes in memory.
  private let descriptor: Int32
  private let memory: UnsafeRawBufferPointer?

  package init(_ path: String) throws(DataError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)  // a pipe that nobody writes to would wait
    guard descriptor >= 0 else {
      throw DataError(path, "it cannot be opened: \(systemMessage())", advice: "check the path and its permissions")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw DataError(path, "it is not a file", advice: "name a file, not a folder or a device")
    }
    self.path = path
    self.descriptor = descriptor
    memory = nil
    byteCount = Int(status.st_size)
  }

  /// - Parameters:
  ///   - memory: bytes that stay where they are as long as the program runs.
  ///   - name: what errors call them.
  package init(_ memory: UnsafeRawBufferPointer, name: String) {
    (path, descriptor, self.memory, byteCount) = (name, -1, memory, memory.count)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills `buffer` with the bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(DataError) {
    if let memory {
      require(offset >= 0 && offset + buffer.count <= memory.count, "bytes outside of \(path)")
      return buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[offset..<offset + buffer.count]))
    }
    var done = 0
    while done < buffer.count {
      guard let start = buffer.baseAddress else { return }
      let count = pread(descriptor, start + done, min(buffer.count - done, 1 << 30), off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = count < 0 ? "it cannot be read: \(systemMessage())" : "it ended while it was read"
        throw DataError(path, at: "byte \(offset + done)", problem, advice: "check the disk and try again")
      }
      done += count
    }
  }

  /// `count` bytes from `offset` on, which must lie within the file.
  package func bytes(at offset: Int, count: Int) throws(DataError) -> [UInt8] {
    require(offset >= 0 && count >= 0 && offset + count <= byteCount, "bytes outside of \(path)")
    var failure: DataError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(DataError) {
        try read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]), at: offset)
      } catch {
        failure = error
      }
      filled = count
    }
    if let failure { throw failure }
    return bytes
  }

  /// Whether there is something at a path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A whole file, if it has no more than `limit` bytes.
  package static func bytes(of path: String, limit: Int) throws(DataError) -> [UInt8] {
    let file = try InputFile(path)
    guard file.byteCount <= limit else {
      throw DataError(
        path, "it has \(file.byteCount) bytes, more than the limit of \(limit)", advice: "use a smaller file")
    }
    return try file.bytes(at: 0, count: file.byteCount)
  }
}

/// What the system says about its last error.
package func systemMessage() -> String { String(cString: strerror(errno)) }

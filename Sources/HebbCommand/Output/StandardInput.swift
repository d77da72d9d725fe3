import HebbArrays

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is piped into a command.
enum StandardInput {
  private static let limit = 1 << 28

  /// Everything up to its end.
  static func bytes() throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(0, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw DataError("standard input", "it cannot be read: \(systemMessage())", advice: "pipe a file into it")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw DataError("standard input", "it has more than \(limit) bytes", advice: "give less at a time")
      }
    }
  }
}

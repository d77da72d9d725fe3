import HebbArrays

// The one file of training, beside Interrupt and Terminal, that knows which system it runs on.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What training needs of the file system.
package enum Files {
  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws(DataError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      guard mkdir(made, 0o777) != 0, errno != EEXIST, errno != EISDIR else { continue }
      throw DataError(
        path, "the folder cannot be made: \(String(cString: strerror(errno)))",
        advice: "check the path and its permissions")
    }
  }

  static func remove(_ path: String) { unlink(path) }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Adds a line at the end of a file.
  static func append(_ line: String, to path: String) throws(DataError) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    let bytes = Array(line.utf8)
    let written = file < 0 ? -1 : write(file, bytes, bytes.count)
    let problem = written < 0 ? String(cString: strerror(errno)) : "the disk is full"
    if file >= 0 { close(file) }
    guard written == bytes.count else {
      throw DataError(path, "it cannot be written: \(problem)", advice: "check its folder and the space on the disk")
    }
  }
}

import HebbPlots

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Text to the terminal, or to whatever stands in for it, without a buffer: a log is complete at any time.
enum Console {
  /// Whether somebody watches the error output, where progress is shown.
  static let isWatched = isatty(2) == 1

  /// Writes to the standard output.
  static func write(_ text: String) { write(text, to: 1) }

  /// Writes lines to the standard output. Names from files may hold anything: what would move the cursor does not get
  /// through.
  static func line(_ text: String = "") { lines(text + "\n") }

  /// The same with lines that have their ends.
  static func lines(_ text: String) { write(text.printableLines) }

  /// Writes a line to the error output.
  static func error(_ text: String) {
    clearProgress()
    write(text.printableLines + "\n", to: 2)
  }

  /// Shows a line that the next one replaces. Nothing where nobody watches.
  static func progress(_ text: String) {
    guard isWatched else { return }
    write("\r\u{1B}[K\(text.printable)", to: 2)
  }

  /// Takes the line of progress away.
  static func clearProgress() { progress("") }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, start, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, start, rest.count)
        #else
          let count = Darwin.write(descriptor, start, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}

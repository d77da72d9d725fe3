import HebbArrays

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard error: where people watch a run.
enum Terminal {
  /// Whether somebody watches, rather than a file.
  static var isInteractive: Bool { Platform.isTerminal(STDERR_FILENO) }

  /// How many characters fit a line.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func write(_ text: String) { _ = Platform.write(text, to: STDERR_FILENO) }

  /// A line that a programmer should see.
  static func warn(_ text: String) { write("warning: \(text)\n") }
}

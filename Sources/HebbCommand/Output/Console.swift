import HebbArrays
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
  static let isWatched = Platform.isTerminal(2)

  /// Writes to the standard output. What cannot be written is lost, so that ends the program: with a line that says why, and
  /// exit code 2.
  static func write(_ text: String) {
    guard let problem = Platform.write(text, to: 1) else { return }
    error("error: standard output: it cannot be written: \(problem); check the disk, or where the output goes")
    exit(2)
  }

  /// Writes lines to the standard output. Names from files may hold anything: what would move the cursor does not get
  /// through.
  static func line(_ text: String = "") { lines(text + "\n") }

  /// The same with lines that have their ends.
  static func lines(_ text: String) { write(text.printableLines) }

  /// Writes a line to the error output.
  static func error(_ text: String) {
    clearProgress()
    _ = Platform.write(text.printableLines + "\n", to: 2)
  }

  /// Shows a line that the next one replaces. Nothing where nobody watches.
  static func progress(_ text: String) {
    guard isWatched else { return }
    _ = Platform.write("\r\u{1B}[K\(text.printable)", to: 2)
  }

  /// Takes the line of progress away.
  static func clearProgress() { progress("") }
}

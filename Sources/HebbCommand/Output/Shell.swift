/// Words of commands that a user is told to type.
enum Shell {
  /// The program as it was called: by a path, or by its name.
  static var program: String {
    let called = CommandLine.arguments.first ?? ""
    return called.contains("/") ? word(called) : "hebb"
  }

  /// A word as a shell must be given it: in quotation marks where it holds more than letters, digits and plain marks.
  static func word(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "-_./+,:@%".contains($0) }
    if isPlain, !text.isEmpty { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

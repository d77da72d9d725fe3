extension String {
  /// The text without anything that moves a terminal's cursor, changes its colours or the direction of what is written:
  /// such characters of names from files become `�`. A line break is one of them.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
  }

  /// The same, but line breaks and tabs stay: those of lines and of a table's columns.
  package var printableLines: String {
    guard unicodeScalars.contains(where: \.isControlInLines) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControlInLines ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  /// Control characters, separators of lines, and marks of direction.
  ///
  /// - Source: Unicode Standard Annex 9, "Unicode bidirectional algorithm", for the marks.
  fileprivate var isControl: Bool {
    switch value {
    case 0..<32, 127..<160, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: true
    default: false
    }
  }

  fileprivate var isControlInLines: Bool { isControl && self != "\n" && self != "\t" }
}

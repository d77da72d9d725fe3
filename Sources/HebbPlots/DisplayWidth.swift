extension String {
  /// How many columns of a terminal the text takes: two for East Asian wide characters and emoji, none for combining
  /// marks.
  ///
  /// - Source: Unicode Standard Annex 11, "East Asian Width".
  package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The text with spaces up to a width.
  package func padded(to width: Int, alignRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth))
    return alignRight ? space + self : self + space
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    if first.properties.isEmojiPresentation { return 2 }
    return Character.wideRanges.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// Blocks whose characters are wide or full width.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul consonants
    0x2E80...0x303E,  // Radicals, punctuation
    0x3041...0x33FF,  // Kana, Bopomofo, compatibility
    0x3400...0x4DBF, 0x4E00...0x9FFF,  // Han
    0xA000...0xA4CF,  // Yi
    0xA960...0xA97F, 0xAC00...0xD7A3,  // Hangul
    0xF900...0xFAFF, 0xFE30...0xFE6F,  // Compatibility
    0xFF00...0xFF60, 0xFFE0...0xFFE6,  // Full-width forms
    0x1F300...0x1F64F, 0x1F900...0x1F9FF,  // Pictures
    0x20000...0x2FFFD, 0x30000...0x3FFFD,  // Rare Han
  ]
}

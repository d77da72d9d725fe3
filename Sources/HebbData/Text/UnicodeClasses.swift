// The code points that BERT's tokeniser tells apart.

extension Unicode.Scalar {
  /// Whether it is one of the ideographs that stand without spaces between words.
  package var isChinese: Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B820...0x2CEAF,
      0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// Whether it is a mark: all of ASCII that is neither a letter, a digit nor a space, and Unicode's punctuation.
  var isMark: Bool {
    switch value {
    case 33...47, 58...64, 91...96, 123...126: return true
    default: break
    }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  /// Whether it is neither seen nor a space.
  var isControl: Bool {
    guard self != "\t", self != "\n", self != "\r" else { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return true
    default: return value == 0xFFFD
    }
  }

  var isAccent: Bool { properties.generalCategory == .nonspacingMark }
}

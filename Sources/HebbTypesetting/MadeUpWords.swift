import HebbArrays
import HebbData

/// Words of no language, from syllables: for corpora without a text, and so that a reader does not guess.
public enum MadeUpWords {
  /// Words behind each other, separated by spaces.
  public static func text(words count: Int, seed: UInt64) -> String {
    var random = Philox(seed: seed)
    return (0..<count).map { _ in word(using: &random) }.joined(separator: " ")
  }

  private static let onsets = [
    "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "j", "k", "kn", "l", "m",
    "n", "p", "ph", "pl", "pr", "q", "qu", "r", "rh", "s", "sc", "sch", "sh", "sk", "sl", "sp", "st", "str", "t", "th",
    "tr", "v", "w", "x", "y", "z", "", "",
  ]
  private static let vowels = [
    "a", "a", "e", "e", "e", "i", "i", "o", "o", "u", "y", "ai", "au", "ea", "ee", "ie", "ou",
  ]
  private static let codas = [
    "", "", "", "", "b", "ck", "d", "ff", "g", "l", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rs", "s", "ss", "st",
    "t", "tt", "x", "z",
  ]

  /// A word of one to four syllables in small letters.
  static func word(using random: inout Philox) -> String {
    (0..<random.whole(in: 1...4)).map { _ in
      random.one(of: onsets) + random.one(of: vowels) + (random.happens(0.5) ? random.one(of: codas) : "")
    }.joined()
  }

  /// Forms of letters in Western European languages.
  private static let forms: [Unicode.Scalar: [Unicode.Scalar]] = [
    "a": Array("àáâãäåæ".unicodeScalars), "c": ["ç"], "e": Array("èéêë".unicodeScalars),
    "i": Array("ìíîï".unicodeScalars), "d": ["ð"], "n": ["ñ"], "o": Array("òóôõöøœ".unicodeScalars),
    "s": ["š", "ß"], "t": ["þ"], "u": Array("ùúûü".unicodeScalars), "y": Array("ýÿ".unicodeScalars), "z": ["ž"],
    "A": Array("ÀÁÂÃÄÅÆ".unicodeScalars), "C": ["Ç"], "E": Array("ÈÉÊË".unicodeScalars),
    "I": Array("ÌÍÎÏ".unicodeScalars), "D": ["Ð"], "N": ["Ñ"], "O": Array("ÒÓÔÕÖØŒ".unicodeScalars), "S": ["Š"],
    "T": ["Þ"], "U": Array("ÙÚÛÜ".unicodeScalars), "Y": ["Ý", "Ÿ"], "Z": ["Ž"],
  ]

  /// A word some of whose letters have taken an accent.
  static func accented(_ word: [Unicode.Scalar], using random: inout Philox) -> [Unicode.Scalar] {
    word.map { letter in
      guard let forms = forms[letter], random.happens(0.3) else { return letter }
      return random.one(of: forms)
    }
  }
}

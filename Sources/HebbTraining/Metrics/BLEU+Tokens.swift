extension BLEU {
  /// What counts as a token.
  public enum Tokens: Sendable, Hashable {
    /// Words and marks: sacreBLEU's “13a”, after NIST's mteval-v13a. A point or comma between digits belongs to the number.
    case words
    /// The same, with each Chinese character by itself: sacreBLEU's “zh”.
    case chinese

    /// The tokens of a text as UTF-8.
    public func callAsFunction(_ text: String) -> [[UInt8]] {
      var scalars = Array(text.unicodeScalars)
      while let last = scalars.last, last.isSpace { scalars.removeLast() }
      switch self {
      case .words: scalars = [" "] + Tokens.plain(scalars) + [" "]
      case .chinese:
        scalars = Array(scalars.drop(while: \.isSpace)).flatMap { $0.isChineseToken ? [" ", $0, " "] : [$0] }
      }
      scalars = scalars.flatMap { $0.isMark ? [" ", $0, " "] : [$0] }
      scalars = Tokens.pairs(scalars) { !$0.isDigit && $1.isPoint ? [$0, " ", $1, " "] : nil }
      scalars = Tokens.pairs(scalars) { $0.isPoint && !$1.isDigit ? [" ", $0, " ", $1] : nil }
      scalars = Tokens.pairs(scalars) { $0.isDigit && $1 == "-" ? [$0, " ", $1, " "] : nil }
      return scalars.split(whereSeparator: \.isSpace).map { $0.flatMap { Array(UTF8.encode($0) ?? .init()) } }
    }

    /// Puts something else in the place of pairs of neighbours; those that are replaced are not looked at again.
    private static func pairs(
      _ text: [Unicode.Scalar], _ change: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]?
    ) -> [Unicode.Scalar] {
      var result: [Unicode.Scalar] = []
      var i = 0
      while i < text.count {
        if i + 1 < text.count, let changed = change(text[i], text[i + 1]) {
          result += changed
          i += 2
        } else {
          result.append(text[i])
          i += 1
        }
      }
      return result
    }

    /// Without the marks of the evaluation's own file format.
    private static func plain(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
      let names: [(String, String)] = [
        ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"),
      ]
      return names.reduce(text) { text, name in
        let (old, new) = (Array(name.0.unicodeScalars), Array(name.1.unicodeScalars))
        guard text.contains(old[0]) else { return text }
        var result: [Unicode.Scalar] = []
        var i = 0
        while i < text.count {
          if text[i...].starts(with: old) {
            result += new
            i += old.count
          } else {
            result.append(text[i])
            i += 1
          }
        }
        return result
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isPoint: Bool { self == "." || self == "," }
  fileprivate var isSpace: Bool { properties.isWhitespace || (0x1c...0x1f).contains(value) }

  /// Marks of ASCII that are tokens wherever they stand: all but the apostrophe, comma, hyphen and point.
  fileprivate var isMark: Bool {
    [" "..."&", "("..."+", "/"..."/", ":"..."@", "["..."`", "{"..."~"].contains { $0.contains(self) }
  }

  /// What “zh” cuts out: Chinese characters of the basic plane, their marks, and signs from U+2001 to U+2A6D.
  fileprivate var isChineseToken: Bool {
    [
      0x2001...0x2a6d, 0x2e80...0x2fdf, 0x2ff0...0x303f, 0x3100...0x312f, 0x31a0...0x31ef, 0x3200...0x4db5,
      0x4e00...0x9fbb, 0xf900...0xfa2d, 0xfa30...0xfa6a, 0xfa70...0xfad9, 0xfe10...0xfe1f, 0xfe30...0xfe4f,
      0xff00...0xffef,
    ].contains { $0.contains(value) }
  }
}

/// Cuts text into words and marks, and says where they stand: each word is a part of the text.
///
///     WordSplitter.words(of: "Don't ask @ann, 3.5 km!")   // Do n't ask @ann , 3.5 km !
///
/// A word is a run of letters and digits. Names behind @ and #, addresses of pages and numbers with points stay whole.
/// English contractions are cut as in the Penn Treebank (do n't, it 's), so that text that was cut in this way before is
/// cut alike. A mark that is repeated is one word. Chinese characters stand alone.
public enum WordSplitter {
  /// The words and marks of a text, in their order; spaces and control characters are left out.
  public static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      guard !first.isWhitespace, !first.isControl else {
        rest = rest.dropFirst()
        continue
      }
      let word = rest.prefix(upTo: end(of: rest))
      words += contraction(in: word).map { [word[..<$0], word[$0...]] } ?? [word]
      rest = rest[word.endIndex...]
    }
    return words
  }

  /// Whether a word would be cut into its characters: one of several that are Chinese or Japanese.
  public static func cutsApart(_ word: String) -> Bool { word.count > 1 && word.allSatisfy(\.isChinese) }

  /// The form in which words are counted and looked up: small letters, 0 for every digit, three of a repeated mark, "http"
  /// for the address of a page.
  public static func normal(_ word: some StringProtocol) -> String {
    if isAddress(Substring(word)) { return "http" }
    guard let first = word.first else { return "" }
    if !first.isWordPart, word.count > 3, word.allSatisfy({ $0 == first }) { return String(repeating: first, count: 3) }
    return String(word.lowercased().map { $0 == "’" ? "'" : $0.isNumber && $0.isASCII ? "0" : $0 })
  }

  /// Where the word at the beginning of a text ends.
  private static func end(of text: Substring) -> String.Index {
    let first = text[text.startIndex]
    let second = text.dropFirst().first
    if isAddress(text) { return text.firstIndex(where: \.isWhitespace) ?? text.endIndex }
    if first.isWordPart || (first == "@" || first == "#") && second?.isWordPart == true
      || first.isApostrophe && endings.contains(where: { text.dropFirst().beginsWithWord($0) })
    {
      return endOfRun(text)
    }
    guard !first.isChinese else { return text.index(after: text.startIndex) }
    return text.firstIndex { $0 != first } ?? text.endIndex
  }

  private static func endOfRun(_ text: Substring) -> String.Index {
    var last = text[text.startIndex]
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let (here, next) = (text[index], text[text.index(after: index)...].first)
      let joins =
        here.isApostrophe && last.isLetter && next?.isLetter == true && next?.isChinese == false
        || (here == "." || here == ",") && last.isNumber && next?.isNumber == true
      guard here.isWordPart || joins else { break }
      last = here
      index = text.index(after: index)
    }
    return index
  }

  /// Where the second part of a contraction begins.
  private static func contraction(in word: Substring) -> String.Index? {
    guard let mark = word.lastIndex(where: \.isApostrophe), mark > word.startIndex else { return nil }
    let ending = word[word.index(after: mark)...].lowercased()
    if ending == "t" {
      let start = word.index(before: mark)
      return word[start].lowercased() == "n" && start > word.startIndex ? start : nil
    }
    return endings.contains(ending) ? mark : nil
  }

  private static let endings = ["s", "m", "d", "re", "ve", "ll"]

  private static func isAddress(_ text: Substring) -> Bool {
    ["http://", "https://", "www."].contains { text.prefix($0.count).lowercased() == $0 }
  }
}

extension Character {
  fileprivate var isChinese: Bool { unicodeScalars.first?.isChinese ?? false }
  fileprivate var isControl: Bool { unicodeScalars.allSatisfy(\.isControl) }
  fileprivate var isApostrophe: Bool { self == "'" || self == "’" }
  fileprivate var isWordPart: Bool { (isLetter || isNumber || self == "_") && !isChinese }
}

extension Substring {
  /// Whether a word of small letters stands at the beginning, and nothing more of a word behind it.
  fileprivate func beginsWithWord(_ word: String) -> Bool {
    prefix(word.count).lowercased() == word && dropFirst(word.count).first?.isWordPart != true
  }
}

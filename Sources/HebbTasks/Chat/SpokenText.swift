import Hebb

/// How a chat's text becomes tokens.
enum SpokenText {
  /// The words of a question: in small letters, without marks; each Chinese character is a word.
  static func words(of question: String) -> [String] {
    WordTokenizer.words(of: question).filter { $0.first.map { $0.isLetter || $0.isNumber } ?? false }
  }

  /// An answer in pieces that give it back when they are joined: words with the space before them, marks, Chinese characters,
  /// other white space.
  static func pieces(of answer: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    func end() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = ""
    }
    for character in answer {
      let isChinese = character.unicodeScalars.first?.isChinese ?? false
      if (character.isLetter || character.isNumber) && !isChinese {
        // A word takes one space before it; other white space stands for itself.
        if piece != " ", piece.last?.isWhitespace ?? false { end() }
        piece.append(character)
      } else if character.isWhitespace {
        if !(piece.last?.isWhitespace ?? true) { end() }
        piece.append(character)
      } else {
        end()
        pieces.append(String(character))
      }
    }
    end()
    return pieces
  }
}

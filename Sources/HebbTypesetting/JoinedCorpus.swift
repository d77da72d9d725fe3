import HebbArrays
import HebbData

/// Lines of pieces, each from one of several corpora: Chinese with words, figures and codes between.
public struct JoinedCorpus: Corpus {
  private let corpora: [any Corpus]
  private let pieces: ClosedRange<Int>
  private let spaced: Float

  /// - Parameters:
  ///   - pieces: how many a line has; a line has fewer where it is too short for them.
  ///   - spaced: how likely a space stands between two.
  public init(_ corpora: [any Corpus], pieces: ClosedRange<Int> = 2...4, spaced: Float = 0.3) {
    require(!corpora.isEmpty && pieces.lowerBound > 0, "a corpus of \(pieces) pieces from \(corpora.count) corpora")
    self.corpora = corpora
    self.pieces = pieces
    self.spaced = spaced
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    let length = random.whole(in: lengths)
    let count = min(random.whole(in: pieces), length)
    var line: [Unicode.Scalar] = []
    for piece in 0..<count {
      let share = max(1, (length - line.count) / (count - piece))
      let corpus = random.one(of: corpora)
      guard let text = corpus.line(of: characters, lengths: 1...share, using: &random) else { continue }
      let needsSpace = !line.isEmpty && random.happens(spaced)
      if needsSpace { line.append(" ") }
      line += text.unicodeScalars
    }
    return LineText.tidied(line.prefix(length))
  }
}

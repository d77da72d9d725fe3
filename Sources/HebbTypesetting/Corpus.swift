import HebbArrays
import HebbData

/// Where the texts of lines come from.
public protocol Corpus: Sendable {
  /// A text of one line: single spaces, none at its ends, composed characters (NFC), left to right.
  ///
  /// - Parameters:
  ///   - characters: what may appear in it.
  ///   - lengths: how many characters it has at least and at most, spaces counted. A corpus of short texts may give fewer.
  /// - Returns: `nil` where it has no text of these characters.
  func line(of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox) -> String?
}

/// Several corpora, each drawn from as often as its share says.
public struct MixedCorpus: Corpus {
  public let parts: [(share: Float, corpus: any Corpus)]

  public init(_ parts: [(share: Float, corpus: any Corpus)]) {
    require(
      !parts.isEmpty && parts.allSatisfy { $0.share >= 0 } && parts.contains { $0.share > 0 },
      "a mixed corpus needs parts with shares above 0")
    self.parts = parts
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    var place = random.fraction() * parts.reduce(0) { $0 + $1.share }
    for part in parts {
      place -= part.share
      if place < 0 { return part.corpus.line(of: characters, lengths: lengths, using: &random) }
    }
    return parts[parts.count - 1].corpus.line(of: characters, lengths: lengths, using: &random)
  }
}

extension Philox {
  /// A whole number of a range.
  mutating func whole(in range: ClosedRange<Int>) -> Int { range.lowerBound + index(below: range.count) }

  /// One of some things.
  mutating func one<T>(of things: [T]) -> T { things[index(below: things.count)] }

  /// Whether something of this probability happens.
  mutating func happens(_ probability: Float) -> Bool { fraction() < probability }
}

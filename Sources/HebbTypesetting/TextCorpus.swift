import Foundation
import HebbArrays
import HebbData

/// Running text: lines cut from anywhere in it, between words where it has spaces.
public struct TextCorpus: Corpus {
  private let paragraphs: [[Unicode.Scalar]]
  /// Where each paragraph ends, counted through the whole text.
  private let ends: [Int]

  /// - Parameters:
  ///   - text: a paragraph a line; a cut never reaches over the end of one.
  ///   - name: what errors call the text.
  /// - Throws: `DataError` where the text is empty.
  public init(_ text: String, name: String = "the text") throws(DataError) {
    paragraphs = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isNewline)
      .compactMap { LineText.tidied($0.unicodeScalars).map { Array($0.unicodeScalars) } }
    guard !paragraphs.isEmpty else { throw DataError(name, "it is empty", advice: "give a text with some lines") }
    var end = 0
    ends = paragraphs.map { paragraph in
      end += paragraph.count
      return end
    }
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    for _ in 0..<50 {
      let length = random.whole(in: lengths)
      let place = random.index(below: ends[ends.count - 1])
      let line = cut(at: place, length: length)
      guard line.count >= min(lengths.lowerBound, 2), line.allSatisfy(characters.contains) else { continue }
      if let text = LineText.tidied(line) { return text }
    }
    return nil
  }

  private func cut(at place: Int, length: Int) -> ArraySlice<Unicode.Scalar> {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > place { high = middle } else { low = middle + 1 }
    }
    let paragraph = paragraphs[low]
    var start = place - (ends[low] - paragraph.count)
    // Back to the beginning of a word, unless that is far or the text has no spaces.
    if let space = paragraph[max(0, start - 12)..<start].lastIndex(of: " ") {
      start = space + 1
    } else if start < 12 {
      start = 0
    }
    var end = min(start + length, paragraph.count)
    let breaksWord = end < paragraph.count && paragraph[end] != " "
    if breaksWord, let space = paragraph[start..<end].lastIndex(of: " "), end - space <= 12 { end = space }
    return paragraph[start..<end]
  }
}

import Hebb
import HebbPlots

/// Which words of a source a translator looked at as it wrote each word.
package struct AttentionMap {
  /// The words of both texts in their order, the ends of the texts as “(end)”.
  package let source: [String], target: [String]
  /// A row for each word of the target, with a share for each word of the source.
  package let weights: [[Double]]

  package init(source: [String], target: [String], weights: [[Double]]) {
    (self.source, self.target, self.weights) = (source, target, weights)
  }

  /// Words in the place of pieces: what was looked at is added up over the pieces of a source's word, and is the mean over
  /// those of a target's.
  init(_ weights: NDArray, source: [Int], target: [Int], _ vocabulary: PairVocabulary) {
    let (rows, columns) = (AttentionMap.words(target, vocabulary), AttentionMap.words(source, vocabulary))
    let values: [Float] = weights.elements()
    self.source = columns.map(\.text)
    self.target = rows.map(\.text)
    self.weights = rows.map { row in
      columns.map { column in
        let sum = row.places.reduce(0) { sum, r in
          column.places.reduce(sum) { $0 + Double(values[r * source.count + $1]) }
        }
        return sum / Double(row.places.count)
      }
    }
  }

  /// The words that pieces belong to. Letters stand together; a Chinese character or a mark of its own does not.
  private static func words(_ tokens: [Int], _ vocabulary: PairVocabulary) -> [(text: String, places: Range<Int>)] {
    var starts: [Int] = []
    for (place, token) in tokens.enumerated() {
      let before = place == 0 ? "" : vocabulary.decode([tokens[place - 1]])
      let piece = vocabulary.decode([token])
      // Half a character is text only together with its other half.
      let isHalf = [before.last, piece.first].contains("\u{FFFD}")
      let joins = isHalf || [before.last, piece.first].allSatisfy { $0?.isWordPart == true }
      if place == 0 || !joins || token == PairVocabulary.end { starts.append(place) }
    }
    return zip(starts, starts.dropFirst() + [tokens.count]).map { start, end in
      let numbers = Array(tokens[start..<end])
      let text = numbers == [PairVocabulary.end] ? "(end)" : vocabulary.decode(numbers)
      return (TextPairs.plain(text), start..<end)
    }
  }
}

extension Character {
  /// Letters and digits of scripts that put spaces between words.
  fileprivate var isWordPart: Bool { (isLetter || isNumber) && unicodeScalars.first?.isChinese != true }
}

// MARK: - As a picture

extension AttentionMap {
  /// The map as a figure. Words that the pen cannot write are numbers; ``legend`` says which.
  package func figure(isDrawn: Bool) -> Figure {
    let (rows, columns) = (names(target, isDrawn: isDrawn), names(source, isDrawn: isDrawn))
    let map = HeatMap(
      values: weights, rowNames: rows, columnNames: columns, rowLabel: "written", columnLabel: "looked at",
      range: 0...1)
    let width = min(1600, max(420, 220 + 34 * Double(columns.count)))
    return Figure(
      "attention", width: width, height: min(1600, max(320, 200 + 28 * Double(rows.count))), panels: [map])
  }

  /// What the numbers in a drawn figure stand for, a line each; empty where there are none.
  package var legend: [String] {
    [("looked at", source), ("written", target)].flatMap { side, words in
      zip(words.indices, words).compactMap { StrokeFont.draws($1) ? nil : "\(side) \($0 + 1): \($1)" }
    }
  }

  private func names(_ words: [String], isDrawn: Bool) -> [String] {
    zip(words.indices, words).map { isDrawn && !StrokeFont.draws($1) ? "(\($0 + 1))" : $1 }
  }
}

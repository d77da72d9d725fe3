import HebbArrays
import HebbData

/// What a line from top to bottom says, put together of two readings: of its characters one below the other, and of the line
/// turned by a quarter, in which the words that lie on their side are upright.
///
/// Of all ways through the glyphs of both the one is taken that explains most of the line most surely:
///
///     score = Σ over glyphs of  length · confidence  − Σ over neighbours of  overlap − 0.15 em · changes between the readings
///
/// Characters that stand upright in vertical print are never taken from the line that is turned.
package struct VerticalReading {
  /// A glyph of either reading.
  private struct Step {
    let glyph: LineReading.Glyph
    let isLying: Bool
    /// Its place among the glyphs of its reading.
    let place: Int

    var columns: Range<Double> { glyph.columns }
    var length: Double { columns.upperBound - columns.lowerBound }
    var middle: Double { (columns.lowerBound + columns.upperBound) / 2 }
    var gain: Double { length * glyph.confidence }

    func overlap(with next: Step) -> Double { max(0, columns.upperBound - next.columns.lowerBound) }
  }

  private let steps: [Step]
  /// What a change from one reading to the other costs.
  private let change: Double

  package init(upright: LineReading, lying: LineReading) {
    let known = upright.glyphs.enumerated().map { Step(glyph: $1, isLying: false, place: $0) }
    let words = lying.glyphs.enumerated().map { Step(glyph: $1, isLying: true, place: $0) }
      .filter { $0.glyph.character.unicodeScalars.first.map { !$0.standsUprightInVerticalPrint } ?? false }
    steps = (known + words).sorted { ($0.middle, $0.isLying ? 1 : 0) < ($1.middle, $1.isLying ? 1 : 0) }
    let lengths = (known.isEmpty ? words : known).map(\.length).sorted()
    change = 0.15 * (lengths.isEmpty ? 0 : lengths[lengths.count / 2])
  }

  /// The best way through both readings, without spaces where a word ends.
  package var best: LineReading {
    var scores: [Double] = []
    var before: [Int?] = []
    for (index, step) in steps.enumerated() {
      // A line begins and ends upright.
      var found: (score: Double, before: Int?) = (step.isLying ? -change : 0, nil)
      for other in 0..<index {
        let score = scores[other] - cost(from: steps[other], to: step)
        if score > found.score { found = (score, other) }
      }
      scores.append(found.score + step.gain)
      before.append(found.before)
    }
    var place = steps.indices.max { end($0, scores) < end($1, scores) }
    var way: [Step] = []
    while let index = place {
      way.append(steps[index])
      place = before[index]
    }
    return LineReading(VerticalReading.glyphs(of: way.reversed()))
  }

  private func end(_ index: Int, _ scores: [Double]) -> Double {
    scores[index] - (steps[index].isLying ? change : 0)
  }

  private func cost(from step: Step, to next: Step) -> Double {
    let changes = step.isLying != next.isLying ? 1 : step.isLying && step.place + 1 != next.place ? 2 : 0
    return Double(changes) * change + step.overlap(with: next)
  }

  private static func glyphs(of way: [Step]) -> [LineReading.Glyph] {
    var glyphs: [LineReading.Glyph] = []
    var start = 0
    while start < way.count {
      var end = start + 1
      while end < way.count, way[end].isLying == way[start].isLying, way[end].place == way[end - 1].place + 1 {
        end += 1
      }
      let run = way[start..<end].map(\.glyph)
      glyphs += way[start].isLying ? run.trimming { $0.character == " " } : run
      start = end
    }
    return glyphs
  }
}

extension Array {
  /// Without the elements at both ends that are of a kind.
  fileprivate func trimming(_ isOut: (Element) -> Bool) -> [Element] {
    Array(drop(while: isOut).reversed().drop(while: isOut).reversed())
  }
}

import HebbArrays
import HebbModels

/// Where the ink of a line lies across it.
struct InkExtent {
  /// The rows as far as the ink of characters reaches, of the 32 rows of a line: twelve at least, since dashes and strokes alone
  /// do not say how wide a character is.
  let range: Range<Int>

  init(across line: NDArray) {
    let ink = line.sum(axis: 1).elements(as: Float.self)
    let (least, most) = (ink.min() ?? 0, ink.max() ?? 0)
    var first = ink.firstIndex { $0 > least + 0.3 * (most - least) } ?? 0
    var last = ink.lastIndex { $0 > least + 0.3 * (most - least) } ?? ink.count - 1
    // Few characters reach their edges: the ink goes on until it breaks off, but not into another line.
    let (edge, limit) = (least + 0.03 * (most - least), max(2, (last + 1 - first) / 3))
    let (lowest, highest) = (max(0, first - limit), min(ink.count - 1, last + limit))
    while first > lowest, ink[first - 1] > edge { first -= 1 }
    while last < highest, ink[last + 1] > edge { last += 1 }
    let (half, middle) = (max(6, (last - first + 2) / 2), (first + last + 1) / 2)
    range = max(0, middle - half)..<min(ink.count, middle + half)
  }
}

/// The cuts between the characters of a line that is set in squares.
struct CellCuts {
  /// Of each column, from 0 to 1.
  private let ink: [Float]
  private let em: Double

  /// From the first column with ink to behind the last; all where there is none.
  let inked: Range<Int>

  /// - Parameter rows: of the line, where its characters lie.
  init(along line: NDArray, within rows: Range<Int>, em: Double) {
    let sums = line[rows].sum(axis: 0).elements(as: Float.self)
    let sorted = sums.sorted()
    let (least, most) = (sorted[sorted.count / 20], sorted[sorted.count * 9 / 10])
    let ink = sums.map { most > least ? min(max(($0 - least) / (most - least), 0), 1) : 0 }
    (self.ink, self.em) = (ink, em)
    let columns = ink.indices.filter { ink[$0] > 0.1 }
    inked = columns.isEmpty ? 0..<ink.count : columns[0]..<columns[columns.count - 1] + 1
  }

  /// Two cuts at least; the first may lie before the line's beginning, the last beyond its end.
  var best: [Int] {
    guard ink.contains(where: { $0 > 0.1 }) else { return [0, ink.count] }
    let (first, last) = (inked.lowerBound, inked.upperBound - 1)
    let pitches = max(4, Int(0.7 * em))...max(5, Int(1.7 * em))
    let found = pitches.map { cuts(from: first, through: last, pitch: $0) }
    return found.min { $0.cost < $1.cost }?.cuts ?? [0, ink.count]
  }

  /// The cheapest way from before the first ink to behind the last.
  private func cuts(from first: Int, through last: Int, pitch: Int) -> (cost: Float, cuts: [Int]) {
    // Place i stands for the cut before column origin + i.
    let half = pitch / 2
    let (origin, count) = (first - half, last + 1 - first + 2 * half + 1)
    func under(_ place: Int) -> Float {
      let sides = [origin + place - 1, origin + place].map { ink.indices.contains($0) ? ink[$0] : 0 }
      return max(sides[0], sides[1])
    }
    let logarithm = Float(Mathematics.log(Double(pitch) / em))
    let heights = Array(pitch * 7 / 10...pitch * 14 / 10)
    let deviations = heights.map { height in
      let deviation = Float(height) / Float(pitch) - 1
      return 20 * deviation * deviation + 6 * logarithm * logarithm
    }
    var costs = (0..<count).map { $0 <= half ? 4 * under($0) : Float.infinity }
    var before = [Int](repeating: -1, count: count)
    for place in heights[0]..<max(count, heights[0]) {
      let cut = 4 * under(place)
      for (height, deviation) in zip(heights, deviations) where height <= place {
        let cost = costs[place - height] + deviation + cut
        if cost < costs[place] { (costs[place], before[place]) = (cost, place - height) }
      }
    }
    let ends = (count - 1 - half)..<count
    guard var place = ends.filter({ before[$0] >= 0 }).min(by: { costs[$0] < costs[$1] }) else {
      return (.infinity, [])
    }
    let cost = costs[place]
    var cuts = [origin + place]
    while before[place] >= 0 {
      place = before[place]
      cuts.append(origin + place)
    }
    return (cost, cuts.reversed())
  }
}

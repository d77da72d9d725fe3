import Foundation
import HebbArrays
import HebbData

/// Characters in random order, so that each is learnt by its shape and not by what stands beside it.
public struct CharacterCorpus: Corpus {
  private let characters: [Unicode.Scalar]
  /// Running sums of the probabilities.
  private let sums: [Float]

  /// All characters alike.
  public init(_ characters: String) { self.init(characters, countedIn: "") }

  /// As often as a text has them, but none more rarely than a share of all draws.
  ///
  /// - Parameter floor: the share of draws that goes to all characters alike.
  public init(_ characters: String, countedIn text: String, floor: Float = 0.3) {
    let scalars = Array(Set(characters.precomposedStringWithCanonicalMapping.unicodeScalars)).sorted()
    require(!scalars.isEmpty && !scalars.contains(" "), "a corpus of characters needs some, and no spaces")
    var places: [Unicode.Scalar: Int] = [:]
    for (place, scalar) in scalars.enumerated() { places[scalar] = place }
    var counts = [Float](repeating: 0, count: scalars.count)
    for scalar in text.unicodeScalars { if let place = places[scalar] { counts[place] += 1 } }
    let total = counts.reduce(0, +)
    var sum: Float = 0
    self.characters = scalars
    sums = counts.map { count in
      let even = 1 / Float(scalars.count)
      sum += total > 0 ? floor * even + (1 - floor) * count / total : even
      return sum
    }
  }

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    let length = random.whole(in: lengths)
    var line: [Unicode.Scalar] = []
    var misses = 0
    while line.count < length && misses < 200 {
      let scalar = drawn(using: &random)
      if characters.contains(scalar) { line.append(scalar) } else { misses += 1 }
    }
    return LineText.tidied(line)
  }

  private func drawn(using random: inout Philox) -> Unicode.Scalar {
    let wanted = random.fraction() * sums[sums.count - 1]
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return characters[low]
  }
}

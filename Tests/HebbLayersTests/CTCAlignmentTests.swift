import HebbArrays
import HebbLayers
import Testing

@Suite struct CTCAlignmentTests {
  private let scores = random([6, 4], seed: 12) * 2

  /// The likeliest of all paths that read as the labels, found by trying each.
  private func bruteForce(_ labels: [Int]) -> [Int]? {
    let (time, classes) = (6, 4)
    let chances = scores.cast(to: .float64).logSoftmax().elements(as: Double.self)
    var best: (path: [Int], chance: Double)?
    for code in 0..<4096 {
      let path = (0..<time).map { code >> (2 * $0) & 3 }
      var read: [Int] = []
      for (t, label) in path.enumerated() where label != 0 && (t == 0 || path[t - 1] != label) { read.append(label) }
      guard read == labels else { continue }
      let chance = path.enumerated().reduce(0.0) { $0 + chances[$1.offset * classes + $1.element] }
      if chance > best?.chance ?? -.infinity { best = (path, chance) }
    }
    return best?.path
  }

  @Test func theLikeliestPathIsFound() throws {
    for labels in [[1], [2, 3], [1, 1], [3, 3, 3], [1, 2, 3, 1], [2, 2, 1, 3]] {
      let path = try #require(bruteForce(labels))
      let alignment = try #require(CTCAlignment(of: labels, in: scores))
      var found = [Int](repeating: 0, count: 6)
      for (label, place) in zip(labels, alignment.places) { for t in place.steps { found[t] = label } }
      #expect(found == path, "\(labels)")
    }
  }

  @Test func confidencesAreProbabilities() throws {
    let alignment = try #require(CTCAlignment(of: [1, 2], in: scores))
    let probabilities = scores.cast(to: .float64).softmax().elements(as: Double.self)
    for (label, place) in zip([1, 2], alignment.places) {
      let best = try #require(place.steps.map { probabilities[$0 * 4 + label] }.max())
      #expect(abs(place.confidence - best) < 1e-12)
    }
  }

  @Test func textsThatDoNotFitAreTold() {
    #expect(CTCAlignment(of: [1, 1, 1, 1], in: scores) == nil)
    #expect(CTCAlignment(of: [1, 2, 1, 2, 1, 2, 1], in: scores) == nil)
    #expect(CTCAlignment(of: [], in: scores)?.places.isEmpty == true)
  }
}

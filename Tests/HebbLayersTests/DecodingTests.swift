import HebbArrays
import HebbLayers
import Testing

@Suite struct DecodingTests {
  private let scores = random([6, 4], seed: 9) * 2

  /// All texts with their probabilities, the likeliest first.
  private func truth(_ isAllowed: ([Int]) -> Bool = { _ in true }) -> [(labels: [Int], probability: Double)] {
    SequenceLossTests.readings(of: scores, blank: 0).filter { isAllowed($0.key) }.map { ($0.key, $0.value) }
      .sorted { $0.probability > $1.probability }
  }

  private func expectSame(_ found: [BeamDecoder.Reading], _ truth: [(labels: [Int], probability: Double)]) {
    #expect(found.map(\.labels) == truth.map(\.labels))
    for (reading, text) in zip(found, truth) {
      #expect(abs(Mathematics.exp(reading.logProbability) - text.probability) < 1e-12)
    }
  }

  @Test func greedyMergesRepeatsAndDropsBlanks() {
    let path = [0, 2, 2, 0, 2, 1, 1, 3]
    let one = NDArray(path.map(Int32.init)).oneHot(classes: 4)
    let batch = NDArray.stacked([one, one])
    let whole = GreedyDecoder()(batch)
    let shorter = GreedyDecoder()(batch, lengths: [3, 0])
    let otherBlank = GreedyDecoder(blank: 2)(batch)
    #expect(whole == [[2, 2, 1, 3], [2, 2, 1, 3]])
    #expect(shorter == [[2], []])
    #expect(otherBlank[0] == [0, 0, 1, 3])
  }

  @Test func aWideBeamFindsEveryText() { expectSame(BeamDecoder(width: 100_000)(scores), truth()) }

  @Test func theAlphabetHoldsInsideOfTheBeam() {
    expectSame(
      BeamDecoder(width: 100_000, alphabet: [1, 3])(scores), truth { $0.allSatisfy { [1, 3].contains($0) } })
  }

  @Test func placesHoldInsideOfTheBeam() {
    let places: [Set<Int>] = [[1, 2], [3], [2, 3]]
    func fits(_ text: [Int]) -> Bool { text.count == 3 && zip(text, places).allSatisfy { $1.contains($0) } }
    expectSame(BeamDecoder(width: 100_000, positions: places)(scores), truth(fits))
    let narrow = BeamDecoder(width: 2, positions: places)(scores)
    #expect(!narrow.isEmpty && narrow.allSatisfy { fits($0.labels) })
  }

  @Test func theLexiconHoldsInsideOfTheBeam() {
    let words = [[1, 2], [1, 2, 3], [3, 3], [2], [1, 1, 1, 1, 1, 1]]
    expectSame(BeamDecoder(width: 100_000, lexicon: Lexicon(words))(scores), truth { words.dropLast().contains($0) })
    let both = BeamDecoder(width: 50, positions: [[1, 3], [2]], lexicon: Lexicon(words))(scores)
    #expect(both.map(\.labels) == [[1, 2]])
  }

  @Test func thePatternHoldsInsideOfTheBeam() {
    // 1 (2 | 3 3)* [1 2]
    let pattern = LabelPattern(
      .sequence([.label([1]), .many(.either([.label([2]), .sequence([.label([3]), .label([3])])])), .label([1, 2])]))
    func fits(_ text: [Int]) -> Bool {
      guard text.count >= 2, text[0] == 1, [1, 2].contains(text[text.count - 1]) else { return false }
      var middle = text[1..<text.count - 1]
      while let first = middle.first {
        if first == 2 {
          middle = middle.dropFirst()
        } else if middle.prefix(2) == [3, 3] {
          middle = middle.dropFirst(2)
        } else {
          return false
        }
      }
      return true
    }
    expectSame(BeamDecoder(width: 100_000, pattern: pattern)(scores), truth(fits))
    let narrow = BeamDecoder(width: 2, pattern: pattern)(scores)
    #expect(!narrow.isEmpty && narrow.allSatisfy { fits($0.labels) })
    let empty = BeamDecoder(width: 5, pattern: LabelPattern(.sequence([])))(scores)
    #expect(empty.map(\.labels) == [[]])
  }

  /// Labels that are far from likely are not tried; what is permitted is counted, not what there is.
  @Test func candidatesAreTheLikeliestThatArePermitted() {
    let few = BeamDecoder(width: 100_000, alphabet: [1, 3], candidates: 2)(scores)
    expectSame(few, truth { $0.allSatisfy { [1, 3].contains($0) } })
    let one = BeamDecoder(width: 1, candidates: 1)(scores)
    #expect(one.count == 1)
  }

  @Test func whatCannotBeReadGivesNothing() {
    let none = BeamDecoder(positions: Array(repeating: [1], count: 9))(scores)
    #expect(none.isEmpty)
  }

  /// Blanks are the likeliest at both steps, and yet most of the probability lies on the text with a label.
  @Test func aBeamSeesWhatTheBestPathMisses() {
    let p = NDArray([0.4, 0.6, 0.4, 0.6] as [Double], shape: [2, 2]).log()
    let greedy = GreedyDecoder(blank: 1)(p.expanded(at: 0))
    let best = BeamDecoder(blank: 1)(p)
    #expect(greedy == [[]] && best[0].labels == [0])
    #expect(abs(Mathematics.exp(best[0].logProbability) - 0.64) < 1e-12)
  }
}

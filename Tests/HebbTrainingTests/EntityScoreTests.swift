import Foundation
import HebbArrays
import HebbData
import HebbTraining
import Testing

@Suite struct EntityScoreTests {
  /// Cases of `Tests/Reference/entity_scores.txt`, which seqeval judged.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let truth: [[String]], found: [[String]]
    let scores: [Double]

    static let all: [Case] = {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      let file = folder.appending(path: "Reference/entity_scores.txt")
      let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
      func sentences(_ line: String) -> [[String]] {
        line.components(separatedBy: " | ").map { $0.split(separator: " ").map(String.init) }
      }
      return stride(from: 0, to: lines.count - 3, by: 4).map { row in
        Case(
          testDescription: lines[row], truth: sentences(lines[row + 1]), found: sentences(lines[row + 2]),
          scores: lines[row + 3].split(separator: " ").compactMap { Double($0) })
      }
    }()
  }

  @Test func thereAreCases() { #expect(Case.all.count == 13) }

  @Test(arguments: Case.all)
  func agreesWithSeqeval(_ example: Case) {
    let tags = Set((example.truth + example.found).joined()).sorted()
    let scheme = TagScheme(tags)
    func numbers(_ sentences: [[String]], _ padding: Int) -> NDArray {
      PaddedSequences(sentences.map { $0.map { tags.firstIndex(of: $0) ?? 0 } }, padding: padding).numbers
    }
    let (truth, found) = (numbers(example.truth, -1), numbers(example.found, 0))
    let scores = [EntityScore.Kind.precision, .recall, .f1].map { EntityScore($0, scheme)(found, truth) }
    if scheme.kinds.isEmpty {
      #expect(example.scores == [0, 0, 0])
    } else {
      #expect(zip(scores, example.scores).allSatisfy { abs($0 - $1) < 1e-12 }, "\(scores) \(example.scores)")
    }
  }

  @Test func kindsAreCountedApart() {
    let scheme = TagScheme(["O", "B-a", "I-a", "B-b", "I-b"])
    var score = EntityScore(.f1, scheme)
    #expect(score.value.isNaN && score.counts(of: nil) == (0, 0, 0))
    score.add(found: [1, 2, 0, 3], truth: [1, 2, 0, 1])
    #expect(scheme.kinds == ["a", "b"])
    #expect(score.counts(of: 0) == (1, 1, 2) && score.counts(of: 1) == (0, 1, 0) && score.counts(of: nil) == (1, 2, 2))
    #expect(score.value(.precision, of: 0) == 1 && score.value(.recall, of: 0) == 0.5 && score.value(.f1, of: 1) == 0)
    #expect(score.value == 0.5)
    let whole = score.value
    // A checkpoint holds the sums.
    var other = EntityScore(.f1, scheme)
    other.sums = score.sums
    #expect(other.value == whole)
  }

  @Test func schemesSayWhatMayFollow() {
    let bio = TagScheme(["O", "B-a", "I-a", "I-b"])
    #expect([0, 1, 2, 3].map(bio.mayBegin) == [true, true, false, false])
    #expect([0, 1, 2, 3].allSatisfy(bio.mayEnd))
    #expect([0, 1, 2, 3].map { bio.mayFollow(2, behind: $0) } == [false, true, true, false])
    let bmes = TagScheme(["O", "B-a", "M-a", "E-a", "S-a"])
    #expect([0, 1, 2, 3, 4].map(bmes.mayEnd) == [true, false, false, true, true])
    #expect([0, 1, 2, 3, 4].map { bmes.mayFollow($0, behind: 1) } == [false, false, true, true, false])
    #expect([0, 1, 2, 3, 4].map { bmes.mayFollow($0, behind: 3) } == [true, true, false, false, true])
    // Parts of speech may stand anywhere, and each word is one.
    let speech = TagScheme(["NN", "VB-x-y", "O"])
    #expect((0..<3).allSatisfy { a in speech.mayBegin(a) && (0..<3).allSatisfy { speech.mayFollow(a, behind: $0) } })
    #expect(speech.entities([0, 0, 2, 1]).map(\.kind) == ["NN", "NN", "VB-x-y"])
  }

  @Test func entitiesOfSequences() {
    let scheme = TagScheme(["O", "B-a", "M-a", "E-a", "S-a", "B-b", "E-b"])
    #expect(scheme.entities([1, 2, 3, 4, 0, 5, 6]).map(\.words) == [0..<3, 3..<4, 5..<7])
    #expect(scheme.entities([2, 0, 3, 3]).map(\.words) == [0..<1, 2..<3, 3..<4])
    #expect(scheme.entities([]).isEmpty && scheme.entities([1]).map(\.words) == [0..<1])
  }
}

import HebbOCR
import Testing

@Suite struct ReadingScoreTests {
  @Test func mistakesAreCounted() {
    let score = ReadingScore(readings: ["abc", "hebb", "", "x1"], truths: ["abc", "hobo", "q", "xl!"])
    #expect(score.items.map(\.edits) == [0, 2, 1, 2])
    #expect(score.characterErrorRate == 5.0 / 11)
    #expect(score.exactCount == 1 && score.exactShare == 0.25)
  }

  @Test func confusionsNameBothSides() {
    let score = ReadingScore(readings: ["1ot", "1amp", "fine", "aab"], truths: ["lot", "lamp", "finer", "ab"])
    let found = score.confusions.map {
      "\($0.reading.map(String.init) ?? "-") for \($0.truth.map(String.init) ?? "-"): \($0.count)"
    }
    #expect(found == ["1 for l: 2", "a for -: 1", "- for r: 1"])
  }

  @Test func lettersAndDigitsAlone() {
    let score = ReadingScore(
      readings: ["JOINT", "5th-ave"], truths: ["joint!", "5th Ave."], normalized: ReadingScore.lettersAndDigits)
    #expect(score.exactCount == 2)
  }
}

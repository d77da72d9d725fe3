import HebbOCR
import Testing

@Suite struct VerticalReadingTests {
  /// Characters one after another, each as long and as sure as given.
  private func reading(_ text: String, from start: Double = 0, long: Double, sure: Double) -> [LineReading.Glyph] {
    text.enumerated().map { index, character in
      let place = start + Double(index) * long
      return LineReading.Glyph(character: character, columns: place..<place + long, confidence: sure)
    }
  }

  @Test func wordsThatLieOnTheirSideTakeThePlaceOfWhatWasMadeOfThem() {
    let upright = LineReading(
      reading("我在", long: 30, sure: 0.99) + reading("巨口", from: 60, long: 30, sure: 0.4)
        + reading("工作", from: 120, long: 30, sure: 0.98))
    let lying = LineReading(
      reading("川", long: 60, sure: 0.3) + reading("Hebb", from: 62, long: 14, sure: 0.97)
        + reading("|", from: 130, long: 40, sure: 0.9))
    #expect(upright.with(wordsOf: lying).text == "我在Hebb工作")
  }

  @Test func charactersThatAreReadSurelyStay() {
    let upright = LineReading(reading("一三二", long: 30, sure: 0.9))
    #expect(upright.with(wordsOf: LineReading(reading("IIIII", long: 15, sure: 0.95))) == upright)
    #expect(upright.with(wordsOf: LineReading([])) == upright)
  }

  @Test func wordsAtTheEndsAndWithSpacesAreTaken() {
    let upright = LineReading(reading("年", from: 100, long: 30, sure: 0.99))
    let lying = LineReading(
      reading("in 2018 ", long: 12, sure: 0.9) + reading("午", from: 100, long: 30, sure: 0.2)
        + reading("ok", from: 140, long: 12, sure: 0.9))
    #expect(upright.with(wordsOf: lying).text == "in 2018年ok")
    #expect(LineReading([]).with(wordsOf: lying).text == "in 2018ok")
  }
}

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

  private func text(_ upright: LineReading, _ lying: LineReading) -> String {
    VerticalReading(upright: upright, lying: lying).best.text
  }

  @Test func wordsThatLieOnTheirSideTakeThePlaceOfWhatWasMadeOfThem() {
    let upright = LineReading(
      reading("我在", long: 30, sure: 0.99) + reading("巨口", from: 60, long: 30, sure: 0.4)
        + reading("工作", from: 120, long: 30, sure: 0.98))
    let lying = LineReading(
      reading("川", long: 60, sure: 0.3) + reading("Hebb", from: 62, long: 14, sure: 0.97)
        + reading("|", from: 130, long: 40, sure: 0.9))
    #expect(text(upright, lying) == "我在Hebb工作")
  }

  @Test func charactersThatAreReadSurelyStay() {
    let upright = LineReading(reading("一三二", long: 30, sure: 0.9))
    #expect(text(upright, LineReading(reading("IIIII", long: 15, sure: 0.95))) == "一三二")
    #expect(text(upright, LineReading([])) == "一三二")
  }

  @Test func wordsAtTheEndsAndWithSpacesAreTaken() {
    let upright = LineReading(reading("年", from: 100, long: 30, sure: 0.99))
    let lying = LineReading(
      reading("in 2018 ", long: 12, sure: 0.9) + reading("午", from: 100, long: 30, sure: 0.2)
        + reading("ok", from: 140, long: 12, sure: 0.9))
    #expect(text(upright, lying) == "in 2018年ok")
    #expect(text(LineReading([]), lying) == "in 2018ok")
    #expect(text(LineReading([]), LineReading([])).isEmpty)
  }

  /// The cells of what lies on its side may be cut anywhere: a half of its last letter is no character of its own.
  @Test func aWordTakesTheWholePlaceWhereItLies() {
    let upright = LineReading(
      reading("井才", long: 30, sure: 0.6) + reading("1", from: 60, long: 12, sure: 0.8)
        + reading("年", from: 72, long: 30, sure: 0.99))
    let lying = LineReading(reading("#7821", long: 14.4, sure: 0.9) + reading("仁", from: 72, long: 30, sure: 0.9))
    #expect(text(upright, lying) == "#7821年")
  }

  @Test func charactersThatStandUprightAreNotTakenFromTheirSide() {
    let upright = LineReading(reading("川一", long: 30, sure: 0.5))
    #expect(text(upright, LineReading(reading("三丨", long: 30, sure: 0.99))) == "川一")
  }
}

import HebbArrays
import HebbTesting
import HebbTypesetting
import Testing

@Suite(.enabled(if: Fonts.has(Fonts.sans))) struct CaptchaTests {
  @Test func captchasAreOfTheirLengthAndHeight() throws {
    let renderer = try CaptchaRenderer(typefaces: [Typeface(Fonts.sans)], characters: "abc123", lengths: 3...5)
    for index in 0..<60 {
      var random = Philox(seed: 31).split(UInt64(index))
      let captcha = renderer.line(using: &random)
      #expect((3...5).contains(captcha.text.count) && captcha.text.allSatisfy { "abc123".contains($0) })
      #expect(captcha.picture.shape[0] == 50 && captcha.picture.shape[1] > captcha.text.count * 12)
      let pixels = captcha.picture.elements(as: UInt8.self)
      #expect((pixels.max() ?? 0) - (pixels.min() ?? 0) > 40, "\(captcha.text) cannot be seen")
      var again = Philox(seed: 31).split(UInt64(index))
      #expect(renderer.line(using: &again).picture.elements(as: UInt8.self) == pixels)
    }
  }

  @Test func charactersThatNoFaceHasAreRefused() throws {
    let sans = try Typeface(Fonts.sans)
    #expect(throws: DataError.self) { try CaptchaRenderer(typefaces: [sans], characters: "ab中") }
    #expect(throws: DataError.self) { try CaptchaRenderer(typefaces: []) }
  }
}

import Foundation
import HebbArrays
import HebbData
import Testing

/// `Reference/sound.json` holds NumPy's values; the script is beside it.
@Suite struct SoundTests {
  private let signal: [Float] = (0..<700).map { (n: Int) -> Float in
    let square = n * n * 7
    return Float((square + 3 * n) % 1009) / 1009 - 0.5
  }

  private func reference(_ name: String) throws -> [Double] {
    let url = try #require(Bundle.module.url(forResource: "Reference/sound", withExtension: "json"))
    let json = try JSON(parsing: [UInt8](Data(contentsOf: url)), file: "sound.json")
    return try #require(json[name]?.elements).compactMap(\.double)
  }

  private func expectClose(_ found: [Float], _ expected: [Double], within distance: Double) {
    #expect(found.count == expected.count)
    let worst = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    #expect(worst < distance, "\(worst)")
  }

  @Test(arguments: [4, 8, 64, 256]) func powersAreThoseOfTheSum(_ count: Int) {
    let x = (0..<count).map { Double($0 * $0 % 17) - 6 }
    let powers = FourierTransform(count).powers(x)
    #expect(powers.count == count / 2 + 1)
    for (k, power) in powers.enumerated() {
      var (re, im) = (0.0, 0.0)
      for n in 0..<count {
        let angle = -2 * Double.pi * Double(k * n % count) / Double(count)
        re += x[n] * cos(angle)
        im += x[n] * sin(angle)
      }
      #expect(abs(power - (re * re + im * im)) < 1e-9 * Double(count * count))
    }
  }

  @Test func logMelFramesAreThoseOfNumPy() throws {
    let speech = LogMel.speech(signal)
    #expect(speech.shape == [7, 40])
    expectClose(speech.elements(), try reference("speech"), within: 2e-5)
    let small = LogMel(rate: 16000, window: 64, hop: 16, bands: 8, low: 0, high: 8000)
    let short = small(Array(signal[..<30]))
    #expect(short.shape == [1, 8])
    expectClose(short.elements(), try reference("short"), within: 2e-5)
  }

  @Test func framesCoverEverySample() {
    let mel = LogMel.speech
    #expect([0, 1, 256, 257, 336, 337].map(mel.frames) == [0, 1, 1, 2, 2, 3])
    #expect(mel([]).shape == [0, 40])
    #expect(mel.time(ofFrame: 0) == 0.016 && mel.time(ofFrame: 100) == 1.016)
    // Silence is the floor, everywhere.
    let silence = mel([Float](repeating: 0, count: 500)).elements(as: Float.self)
    #expect(Set(silence).count == 1 && abs(silence[0] + 13.8155) < 1e-3)
  }

  @Test func otherRatesAreThoseOfNumPy() throws {
    expectClose(Sound(signal, rate: 11_025).resampled(to: 8000).samples, try reference("down"), within: 1e-6)
    expectClose(Sound(Array(signal[..<200]), rate: 6000).resampled(to: 8000).samples, try reference("up"), within: 1e-6)
  }

  /// A tone stays what it is; one that the new rate cannot hold is gone.
  @Test(arguments: [(44_100, 440.0, true), (48_000, 3000, true), (96_000, 5000, false), (6000, 1000, true)])
  func tonesKeepTheirPitch(_ rate: Int, _ pitch: Double, _ stays: Bool) {
    func tone(_ rate: Int) -> Sound {
      Sound((0..<rate / 4).map { Float(sin(2 * Double.pi * pitch * Double($0) / Double(rate))) }, rate: rate)
    }
    let sound = tone(rate).resampled(to: 8000)
    let expected = tone(8000).samples
    #expect(sound.rate == 8000 && sound.samples.count == 2000 && sound.duration == 0.25)
    for m in 100..<1900 {
      #expect(abs(sound.samples[m] - (stays ? expected[m] : 0)) < 5e-3)
    }
  }

  @Test func theSameRateChangesNothing() {
    let sound = Sound(signal, rate: 8000)
    #expect(sound.resampled(to: 8000) == sound)
    #expect(Sound([], rate: 44_100).resampled(to: 8000) == Sound([], rate: 8000))
    #expect(Sound([0.5], rate: 44_100).resampled(to: 8000).samples.count == 1)
  }
}

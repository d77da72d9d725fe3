import HebbArrays
import HebbTypesetting
import Testing

@Suite(.enabled(if: Fonts.has(Fonts.sans))) struct DamageTests {
  /// What is done to a picture that was cut out already.
  private static let ofPixels: [(String, any WritableKeyPath<LineDamage, Chance> & Sendable, ClosedRange<Float>)] = [
    ("texture", \.texture, 0.2...0.2), ("fading", \.fading, 0.4...0.4), ("shadow", \.shadow, 0.5...0.5),
    ("blur", \.blur, 0.05...0.05), ("motion", \.motion, 0.1...0.1), ("lowResolution", \.lowResolution, 12...12),
    ("noise", \.noise, 8...8), ("specks", \.specks, 0.02...0.02), ("threshold", \.threshold, 0.5...0.5),
    ("compression", \.compression, 20...20),
  ]

  @Test func damageOfPixelsKeepsTheSize() throws {
    let sans = try Typeface(Fonts.sans)
    let clean = try #require(try drawn("Damaged", in: sans)).picture
    for (name, path, range) in Self.ofPixels {
      var damage = LineDamage()
      damage[keyPath: path] = Chance(1, range)
      let line = try #require(try drawn("Damaged", in: sans, damage: damage))
      #expect(line.picture.shape == clean.shape && line.picture.dtype == .uint8, "\(name)")
      #expect(line.picture.elements(as: UInt8.self) != clean.elements(as: UInt8.self), "\(name) does nothing")
    }
  }

  @Test func blurAndMotionKeepTheInk() throws {
    let sans = try Typeface(Fonts.sans)
    for path in [\LineDamage.blur, \LineDamage.motion] {
      var damage = LineDamage()
      damage[keyPath: path] = Chance(1, 0.03...0.03)
      let clean = Self.mean(try #require(try drawn("lamp", in: sans, margin: 0.5)).picture)
      let blurred = Self.mean(try #require(try drawn("lamp", in: sans, damage: damage, margin: 0.5)).picture)
      #expect(abs(clean - blurred) < 2)
    }
  }

  @Test func noiseHasTheDeviationAskedFor() throws {
    let sans = try Typeface(Fonts.sans)
    var damage = LineDamage()
    damage.noise = Chance(1, 6...6)
    let clean = try #require(try drawn("Noise", in: sans)).picture.elements(as: UInt8.self).map(Double.init)
    let noisy = try #require(try drawn("Noise", in: sans, damage: damage)).picture.elements(as: UInt8.self)
      .map(Double.init)
    // Where nothing is cut off at black or white.
    let errors = zip(clean, noisy).filter { (30...225).contains($0.0) }.map { $0.1 - $0.0 }
    let deviation = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    #expect(errors.count > 100 && abs(deviation - 6) < 1)
  }

  @Test func faxesAreBlackAndWhite() throws {
    var damage = LineDamage()
    damage.threshold = Chance(1, 0.5...0.5)
    let line = try #require(try drawn("Fax", in: Typeface(Fonts.sans), damage: damage))
    #expect(Set(line.picture.elements(as: UInt8.self)) == [0, 255])
  }

  @Test func linesOfEveryKindAreOfUsableSize() throws {
    let sans = try Typeface(Fonts.sans)
    for (damage, style) in [(LineDamage.photographed, LineStyle()), (.clean, .plain), (LineDamage(), .plain)] {
      let renderer = try LineRenderer(
        typefaces: [sans], corpus: PatternCorpus(), style: style, damage: damage, vertical: 0.2)
      for index in 0..<100 {
        var random = Philox(seed: 11).split(UInt64(index))
        let line = renderer.line(using: &random)
        let shape = line.picture.shape
        #expect(line.picture.dtype == .uint8 && shape.rank == 3 && shape[2] == 1)
        let (thickness, length) = line.isVertical ? (shape[1], shape[0]) : (shape[0], shape[1])
        #expect((6...200).contains(thickness) && (4...4000).contains(length), "\(line.text) is \(shape)")
        let pixels = line.picture.elements(as: UInt8.self)
        #expect((pixels.max() ?? 0) - (pixels.min() ?? 0) > 25, "\(line.text) cannot be seen")
      }
    }
  }

  private static func mean(_ picture: NDArray) -> Double {
    Double(picture.elements(as: UInt8.self).reduce(0) { $0 + Int($1) }) / Double(picture.count)
  }
}

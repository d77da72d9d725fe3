import Foundation
import HebbArrays
import HebbTypesetting
import Testing

/// Drawn lines against what the fonts' makers say of them: DejaVu has 2048 units to the em, capitals of 1493, small letters
/// of 1120, and in its fixed width all letters are 1233 wide; Chinese characters are as wide as the em.
@Suite struct DrawingTests {
  @Test(.enabled(if: Fonts.has(Fonts.mono))) func wordsAreAsWideAsTheirLetters() throws {
    let mono = try Typeface(Fonts.mono)
    let short = try #require(try drawn("HHHH", in: mono)).picture.shape[1]
    let long = try #require(try drawn("HHHHHHHHHHHHHH", in: mono)).picture.shape[1]
    #expect(abs(Double(long - short) - 10 * 40 * 1233 / 2048) <= 1)
  }

  @Test(.enabled(if: Fonts.has(Fonts.chinese, Fonts.zenHei)), arguments: [(Fonts.chinese, 2), (Fonts.zenHei, 0)])
  func chineseCharactersAreAsWideAndAsHighAsTheEm(path: String, index: Int) throws {
    let typeface = try Typeface(path, index: index)
    for isVertical in [false, true] {
      let axis = isVertical ? 0 : 1
      let short = try #require(try drawn("中中", in: typeface, isVertical: isVertical)).picture.shape[axis]
      let long = try #require(try drawn("中中中中中中", in: typeface, isVertical: isVertical)).picture.shape[axis]
      #expect(abs(long - short - 4 * 40) <= 1)
    }
  }

  @Test(.enabled(if: Fonts.has(Fonts.sans))) func lettersAreAsHighAsTheFontSays() throws {
    let sans = try Typeface(Fonts.sans)
    #expect(abs(sans.capHeight - 1493.0 / 2048) < 1e-4)
    #expect(abs(sans.xHeight - 1120.0 / 2048) < 1e-4)
    let capital = inkBox(try #require(try drawn("H", in: sans)).picture).height
    let small = inkBox(try #require(try drawn("x", in: sans)).picture).height
    let dash = inkBox(try #require(try drawn("-", in: sans)).picture)
    #expect(abs(Float(capital) - 40 * 1493 / 2048) <= 1)
    #expect(abs(Float(small) - 40 * 1120 / 2048) <= 1)
    #expect(dash.height < 6)
    // A dash by itself keeps its place between the baseline and the height of small letters.
    #expect(try #require(try drawn("-", in: sans)).picture.shape[0] >= small)
  }

  @Test(.enabled(if: Fonts.has(Fonts.mono))) func spacesDrawNothing() throws {
    let mono = try Typeface(Fonts.mono)
    let one = darkness(try #require(try drawn("H", in: mono, margin: 0.2)).picture).reduce(0, +)
    let two = darkness(try #require(try drawn("H   H", in: mono, margin: 0.2)).picture).reduce(0, +)
    #expect(abs(two - 2 * one) <= one / 50)
  }

  @Test(.enabled(if: Fonts.has(Fonts.chinese))) func verticalLinesGoDown() throws {
    let chinese = try Typeface(Fonts.chinese, index: 2)
    let line = try #require(try drawn("十一，Hello", in: chinese, isVertical: true))
    #expect(line.isVertical && line.picture.shape[0] > 3 * line.picture.shape[1])
    // One stroke from left to right lies across the way down.
    let stroke = inkBox(try #require(try drawn("一", in: chinese, isVertical: true)).picture)
    #expect(stroke.width > 3 * stroke.height)
    // A comma has its form of vertical lines: in the upper right of its square, not in the lower left.
    let text = try #require(try drawn("口，口", in: chinese, isVertical: true)).picture
    let (height, width) = (text.shape[0], text.shape[1])
    let comma = darkness(text)[(height / 3 + 2) * width..<(height * 2 / 3 - 2) * width]
    let columns = comma.indices.filter { comma[$0] > 100 }.map { $0 % width }
    #expect((columns.min() ?? 0) > width / 2)
  }

  @Test(.enabled(if: Fonts.has(Fonts.mono))) func missingCharactersAreNeverDrawn() throws {
    let mono = try Typeface(Fonts.mono)
    #expect(!mono.characters.contains("你") && mono.characters.contains("Aé€"))
    #expect(try drawn("A你B", in: mono) == nil)
    let renderer = try LineRenderer(typefaces: [mono], corpus: CharacterCorpus("A你B好C"))
    for index in 0..<50 {
      var random = Philox(seed: 3).split(UInt64(index))
      #expect(renderer.line(using: &random).text.allSatisfy { "ABC".contains($0) })
    }
    #expect(throws: DataError.self) { _ = try LineRenderer(typefaces: [mono], corpus: CharacterCorpus("你好")) }
    #expect(throws: DataError.self) { _ = try LineRenderer(typefaces: [], corpus: CharacterCorpus("A")) }
  }

  @Test(.enabled(if: Fonts.has(Fonts.sans, Fonts.mono))) func theSameSeedDrawsTheSameLineOnAnyThread() throws {
    let renderer = try LineRenderer(
      typefaces: [Typeface(Fonts.sans), Typeface(Fonts.mono)], corpus: PatternCorpus(), lengths: 4...12, vertical: 0.3)
    let alone = (0..<40).map { Self.hash(renderer, $0) }
    let together = Results(count: 40)
    DispatchQueue.concurrentPerform(iterations: 40) { together.set($0, Self.hash(renderer, $0)) }
    #expect(together.values == alone)
    #expect(Set(alone).count == 40)
  }

  private static func hash(_ renderer: LineRenderer, _ index: Int) -> [UInt8] {
    var random = Philox(seed: 9).split(UInt64(index))
    let line = renderer.line(using: &random)
    return line.picture.elements(as: UInt8.self) + Array(line.text.utf8)
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var values: [[UInt8]]
    init(count: Int) { values = Array(repeating: [], count: count) }
    func set(_ index: Int, _ value: [UInt8]) { lock.withLock { values[index] = value } }
  }
}

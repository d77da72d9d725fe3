import HebbArrays
import HebbOCR
import HebbTypesetting
import Testing

@Suite struct VerticalDrawingTests {
  @Test(.enabled(if: !FontLibrary().typefaces(for: .chinese).isEmpty))
  func printFromTopToBottomIsCutBetweenItsCharacters() throws {
    let corpus = try MixedCorpus([
      (0.85, CharacterCorpus(ChineseCharacters.level1())), (0.15, PatternCorpus([.chinese])),
    ])
    for (damage, least) in [(LineDamage.clean, 265), (.photographed, 220)] {
      let renderer = try LineRenderer(
        typefaces: FontLibrary().typefaces(for: .chinese), corpus: corpus, lengths: 2...16, damage: damage, vertical: 1)
      let right = (0..<300).count { index in
        var random = Philox(seed: 3).split(UInt64(index))
        let line = renderer.line(using: &random)
        return VerticalLine(line.picture).cellCount == line.text.count
      }
      #expect(right >= least, "\(right) of 300")
    }
  }
}

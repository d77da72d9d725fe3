import HebbArrays
import HebbTypesetting
import Testing

@Suite("Characters of a corpus")
struct CharacterCorpusTests {
  @Test("lines have what is asked for and nothing else")
  func lines() {
    let corpus = CharacterCorpus("abc")
    var random = Philox(seed: 1)
    for _ in 0..<50 {
      let line = corpus.line(of: CharacterCoverage("ab".unicodeScalars), lengths: 3...5, using: &random) ?? ""
      #expect((3...5).contains(line.count) && line.allSatisfy { "ab".contains($0) }, "\(line)")
    }
    #expect(corpus.line(of: CharacterCoverage("x".unicodeScalars), lengths: 1...3, using: &random) == nil)
  }
}

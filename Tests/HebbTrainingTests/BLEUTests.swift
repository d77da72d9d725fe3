import Foundation
import HebbArrays
import HebbTraining
import Testing

/// Tokens and scores against sacreBLEU's (Tests/Reference/bleu.py).
@Suite struct BLEUTests {
  private func reference() throws -> JSON {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: folder.appending(path: "Reference/bleu.json"))
    return try JSON(parsing: Array(bytes), file: "bleu.json")
  }

  private func strings(_ json: JSON?) -> [String] { json?.elements?.compactMap(\.string) ?? [] }

  private func tokens(_ name: String?) -> BLEU.Tokens { name == "zh" ? .chinese : .words }

  @Test func tokensAreThoseOfSacreBLEU() throws {
    let cases = try reference()["tokens"]?.elements ?? []
    #expect(cases.count == 30)
    for example in cases {
      let text = try #require(example["text"]?.string)
      for name in ["13a", "zh"] {
        let found = tokens(name)(text)
        #expect(found == strings(example[name]).map { Array($0.utf8) }, "\(name): \(text)")
      }
    }
  }

  @Test func scoresAreThoseOfSacreBLEU() throws {
    let cases = try reference()["scores"]?.elements ?? []
    #expect(cases.count == 30)
    for example in cases {
      let (found, expected) = (strings(example["found"]), strings(example["expected"]))
      let bleu = BLEU(found, references: expected, tokens: tokens(example["tokens"]?.string))
      #expect(abs(bleu.score - (example["score"]?.double ?? .nan)) < 1e-9, "\(found)")
      #expect(abs(bleu.brevity - (example["brevity"]?.double ?? .nan)) < 1e-12)
      let precisions = example["precisions"]?.elements?.compactMap(\.double) ?? []
      for (a, b) in zip(bleu.precisions, precisions) { #expect(abs(a - b) < 1e-9) }
      #expect([bleu.length, bleu.referenceLength] == example["lengths"]?.elements?.compactMap(\.integer))
    }
  }

  @Test func nothingTranslatedScoresNothing() {
    #expect(BLEU([], references: []).score == 0)
    #expect(BLEU(["a b"], references: ["a b"]).score == 0)
  }
}

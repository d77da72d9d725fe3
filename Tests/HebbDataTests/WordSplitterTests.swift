import HebbArrays
import HebbData
import Testing

@Suite struct WordSplitterTests {
  @Test(
    arguments: [
      ("Don't ask @ann, 3.5 km!", "Do n't ask @ann , 3.5 km !"), ("do n't ; it 's won't", "do n't ; it 's wo n't"),
      ("see http://a.b/c?d=1. Now…", "see http://a.b/c?d=1. Now …"),
      ("#tag_2 # 50% wait...!!", "#tag_2 # 50 % wait ... !!"),
      ("I’ll say 'yes' at 5:30", "I ’ll say ' yes ' at 5 : 30"), ("在 Google 工作3年", "在 Google 工 作 3 年"),
      ("re-imagine a_b", "re - imagine a_b"), (" \u{0}\u{7}\t\n", ""), ("", ""), ("n't", "n't"), ("'s", "'s"),
      ("rock 'n' roll's", "rock ' n ' roll 's"), ("1,000,000.", "1,000,000 ."), ("👍🏽👍🏽 ok", "👍🏽👍🏽 ok"),
    ])
  func words(_ text: String, _ expected: String) {
    let words = WordSplitter.words(of: text)
    #expect(words.joined(separator: " ") == expected)
    #expect(words.allSatisfy { text[$0.startIndex..<$0.endIndex] == $0 })
  }

  @Test func normalForms() {
    let forms = ["Don", "n’t", "H2O", "!!!!!!", "https://x.y/z", "ÄRA", "１2"].map { WordSplitter.normal($0) }
    #expect(forms == ["don", "n't", "h0o", "!!!", "http", "ära", "１0"])
  }

  @Test func runsOfWords() {
    let tokenizer = NGramTokenizer(of: ["not good", "Not good at all", "good"], unit: .words, longest: 2)
    #expect(tokenizer.vocabulary.tokens == ["[PAD]", "[UNK]", "good", "not", "all", "at", "not good"])
    #expect(tokenizer.encode("not GOOD enough") == [3, 2, 1, 6])
    #expect(tokenizer.encode("") == [] && tokenizer.decode([3, 2]) == "not good")
  }

  @Test func runsOfCharacters() {
    let tokenizer = NGramTokenizer(of: ["很好 很好", "好"], unit: .characters, longest: 3, leastRuns: 2)
    #expect(tokenizer.vocabulary.tokens == ["[PAD]", "[UNK]", "好", "很", "很好"])
    #expect(tokenizer.encode("很 坏") == [3, 1] && tokenizer.encode("很好") == [3, 2, 4])
  }

  /// A run of characters may read like a single one that was counted before.
  @Test func noTokenComesTwice() {
    let tokenizer = NGramTokenizer(of: ["[PAD] [UNK] [PAD] [UNK]", "a b a b"], unit: .words, longest: 3)
    #expect(Set(tokenizer.vocabulary.tokens).count == tokenizer.vocabulary.count)
    #expect(tokenizer.encode("[PAD]").allSatisfy { $0 > 1 })
  }
}

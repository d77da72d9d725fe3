import HebbArrays
import HebbOCR
import Testing

@Suite("Alphabets")
struct AlphabetTests {
  @Test("labels begin at 1, characters come once")
  func labels() {
    let alphabet = Alphabet("banana")
    #expect(alphabet.characters == ["b", "a", "n"])
    #expect(alphabet.encode("nab") == [3, 2, 1])
    #expect(alphabet.decode([3, 2, 1]) == "nab")
    #expect(alphabet.encode("nabx") == nil)
    #expect(alphabet.unknown(in: "xnyx") == ["x", "y"])
  }

  @Test("a letter with its accent is one character in either form")
  func composed() {
    let alphabet = Alphabet("é")
    #expect(alphabet["e\u{301}"] == 1)
  }

  @Test("ranges as people write them")
  func ranges() throws {
    let wanted: [(String, String)] = [
      ("0-9", "0123456789"), ("a-cX", "abcX"), ("-a", "-a"), ("a-", "a-"), ("一-三", "一丁丂七丄丅丆万丈三"),
    ]
    for (text, all) in wanted {
      let alphabet = try Alphabet(ranges: text)
      #expect(alphabet.text == all)
    }
    #expect(throws: DataError.self) { try Alphabet(ranges: "9-0") }
    #expect(throws: DataError.self) { try Alphabet(ranges: "") }
  }
}

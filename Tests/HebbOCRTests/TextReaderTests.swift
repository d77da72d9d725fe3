import Foundation
import HebbArrays
import HebbAutograd
import HebbFiles
import HebbModels
import HebbOCR
import HebbTesting
import HebbTraining
import Testing

@Suite struct TextReaderTests {
  /// A reader that has learned nothing: what it reads means nothing, but all that is known of the text must hold.
  private func reader(_ kind: LineNetworkKind = .compact, _ alphabet: String = "abc012 -") -> TextReader {
    var random = Philox(seed: 11)
    let classes = alphabet.count + 1
    let network: ReadingNetwork =
      switch kind {
      case .compact: .temporal(CompactCRNN(classes: classes, channels: [3, 4, 5, 6, 7], units: 6, using: &random))
      case .crnn: .temporal(CRNN(classes: classes, channels: 2, units: 5, using: &random))
      case .recurrent: .temporal(RecurrentLineNetwork(classes: classes, units: 5, using: &random))
      case .attention:
        .attentive(
          AttentiveLineNetwork(
            classes: classes, channels: [3, 4, 5, 6, 7], units: 4, features: 3, state: 5, hidden: 4, using: &random))
      }
    // Larger weights, so that readings differ from picture to picture.
    if let weight = network.output?.weight { weight.value = weight.value * 30 }
    return TextReader(network, kind: kind, alphabet: Alphabet(alphabet))
  }

  private func pictures(_ count: Int) -> [NDArray] {
    var random = Philox(seed: 12)
    return (0..<count).map { index in
      let (height, width) = (20 + 7 * index % 40, 30 + 37 * index % 300)
      let noise = NDArray.uniform([height, width, 1], in: 0...255, using: &random)
      return noise.cast(to: .uint8)
    }
  }

  @Test(arguments: LineNetworkKind.allCases)
  func linesAreReadAlikeAloneAndTogether(_ kind: LineNetworkKind) {
    let (reader, pictures) = (reader(kind), pictures(12))
    let together = reader.read(pictures)
    let alone = pictures.map { reader.read($0) }
    #expect(together.map(\.text) == alone.map(\.text))
    if kind == .compact { #expect(Set(together.map(\.text)).count > 1) }
    for (reading, picture) in zip(together, pictures) {
      for glyph in reading.glyphs {
        #expect(glyph.columns.lowerBound >= 0 && glyph.columns.upperBound <= Double(picture.shape[1]))
        #expect((0...1).contains(glyph.confidence))
      }
    }
  }

  @Test(arguments: [LineNetworkKind.compact, .attention])
  func whatIsKnownHolds(_ kind: LineNetworkKind) throws {
    let (reader, pictures) = (reader(kind), pictures(10))
    let digits = reader.read(pictures, by: LineDecoding(alphabet: Alphabet("012")))
    #expect(digits.allSatisfy { $0.text.allSatisfy { "012".contains($0) } } && digits.contains { !$0.text.isEmpty })
    let list = ["abc", "a-0", "2 1", "cab-"]
    let listed = reader.read(pictures, by: LineDecoding(texts: list))
    #expect(listed.allSatisfy { list.contains($0.text) })
    let places = try [Alphabet(ranges: "a-c"), Alphabet(ranges: "0-2"), Alphabet(ranges: "0-2")]
    let placed = reader.read(pictures, by: LineDecoding(positions: places))
    #expect(placed.allSatisfy { $0.text.wholeMatch(of: /[a-c][0-2][0-2]/) != nil })
    for (pattern, regex) in try [
      ("[a-c]+-\\d{2}", Regex("[a-c]+-\\d{2}")), ("(ab|0)?c*", Regex("(ab|0)?c*")),
      ("[^0-2]{2,3}", Regex("[^0-2]{2,3}")),
      ("a.\\d|b{3,}", Regex("a.\\d|b{3,}")),
    ] {
      let matched = reader.read(pictures, by: LineDecoding(pattern: try TextPattern(pattern)))
      for reading in matched {
        let isMatch = reading.text.wholeMatch(of: regex) != nil
        #expect(isMatch, "\(reading.text) for \(pattern)")
      }
    }
  }

  @Test(arguments: ["(", "a)", "*a", "[a", "a{", "a{3,1}", "\\", "[z-a]", "a{3000}", "((a{50}){50}){50}", "|*"])
  func patternsThatMeanNothingAreRefused(_ pattern: String) {
    #expect(throws: DataError.self) { try TextPattern(pattern) }
  }

  @Test(arguments: LineNetworkKind.allCases)
  func aFileHoldsAllOfIt(_ kind: LineNetworkKind) throws {
    try withTemporaryFolder { folder in
      let (reader, pictures) = (reader(kind), pictures(4))
      try TaskFile.write(reader, history: History(), to: "\(folder)/reader.safetensors")
      let again = try TextReader(file: "\(folder)/reader.safetensors")
      #expect(again.alphabet == reader.alphabet)
      #expect(again.read(pictures) == reader.read(pictures))
    }
  }

  @Test(arguments: [
    (LineNetworkKind.compact, [("reader.forward.inputWeight", "reader.forward.inputWeighx")]),
    (.attention, [("targetEmbedding.weight", "targetEmbedding.weighx"), ("readout.weight", "readouu.weight")]),
  ])
  func filesThatLieAreRefused(_ kind: LineNetworkKind, _ names: [(String, String)]) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/reader.safetensors"
      try TaskFile.write(reader(kind), history: History(), to: path)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let text = String(decoding: bytes, as: UTF8.self)
      for (old, new) in [
        ("\\\"network\\\":\\\"\(kind.rawValue)", "\\\"network\\\":\\\"\(String(kind.rawValue.reversed()))"),
        ("abc012 -", "abc0122-"), ("blocks.1.0.weight", "blocks.9.0.weight"),
      ] + names {
        guard let range = bytes.range(of: Data(old.utf8)) else {
          Issue.record("the file has no \(old)")
          continue
        }
        var damaged = bytes
        damaged.replaceSubrange(range, with: Data(new.utf8))
        try damaged.write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self, "\(old)") { try TextReader(file: path) }
      }
      #expect(!text.isEmpty)
      for length in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
        try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { try TextReader(file: path) }
      }
    }
  }

  @Test(arguments: LineNetworkKind.allCases)
  func anotherAlphabetKeepsWhatWasLearned(_ kind: LineNetworkKind) {
    var random = Philox(seed: 13)
    let old = reader(kind)
    let new = old.with(Alphabet("c2xba10y"), using: &random)
    let x = LineInput.batch([LineInput(pictures(1)[0])])
    let (before, after) = (logits(old, x, "a0b"), logits(new, x, "a0b"))
    for step in 0..<before.shape[0] {
      for (column, character) in ([nil] + new.alphabet.characters.map(Optional.some)).enumerated() {
        let place = character.map { old.alphabet[$0] } ?? 0
        guard let place else { continue }
        #expect(abs(before.element(step * 9 + place) - after.element(step * 9 + column)) < 1e-4)
      }
    }
    #expect(new.alphabet["x"] == 3 && old.alphabet["x"] == nil)
  }

  /// The logits of a line; where the text is written, of what stands behind each character of `text`.
  private func logits(_ reader: TextReader, _ x: NDArray, _ text: String) -> NDArray {
    Pass.inference {
      switch reader.reading {
      case .temporal(let network): return network(Tensor(x), widths: nil).value.row(0)
      case .attentive(let network):
        let tokens = ([0] + (reader.alphabet.encode(text) ?? [])).map { Int32($0) }
        return network(Tensor(x), NDArray(tokens, shape: [1, tokens.count])).value.row(0)
      }
    }
  }

  /// Of all texts of three permitted characters the one is found that the network thinks likeliest.
  @Test func theSearchFindsTheLikeliestWrittenText() throws {
    let reader = reader(.attention)
    let places = [Alphabet("abc"), Alphabet("012"), Alphabet("a0-")]
    for picture in pictures(5) {
      let x = LineInput.batch([LineInput(picture)])
      var best = (text: "", chance: -Double.infinity)
      for a in places[0].characters {
        for b in places[1].characters {
          for c in places[2].characters {
            let text = String([a, b, c])
            let chances = logits(reader, x, text).cast(to: .float64).logSoftmax()
            let labels = try #require(reader.alphabet.encode(text)) + [0]
            let chance = labels.enumerated().reduce(0) { $0 + chances.element($1.offset * 9 + $1.element) }
            if chance > best.chance { best = (text, chance) }
          }
        }
      }
      let found = reader.read(picture, by: LineDecoding(beamWidth: 100, positions: places))
      #expect(found.text == best.text)
      let sureness = found.glyphs.reduce(0) { $0 + Mathematics.log($1.confidence) }
      #expect(sureness >= best.chance - 1e-4)
    }
  }

  @Test func twiceAsManyReadingsBeginWithTheSameText() throws {
    var random = Philox(seed: 14)
    let (old, pictures) = (reader(), pictures(6))
    let new = old.with(Alphabet("abc012 -z"), readings: 2, using: &random)
    #expect(new.reading.steps(64) == 2 * old.reading.steps(64))
    #expect(new.read(pictures).map(\.text) == old.read(pictures).map(\.text))
    for (reading, picture) in zip(new.read(pictures), pictures) {
      #expect(reading.glyphs.allSatisfy { $0.columns.upperBound <= Double(picture.shape[1]) })
    }
    try withTemporaryFolder { folder in
      try TaskFile.write(new, history: History(), to: "\(folder)/reader.safetensors")
      #expect(try TextReader(file: "\(folder)/reader.safetensors").read(pictures) == new.read(pictures))
    }
  }
}

import Hebb

/// A network that answers: it reads a question in both directions, and writes the answer with attention to its words.
package struct Chatter: TaskModel {
  package static let task = "chat"
  let translator: RecurrentTranslator
  let source: Vocabulary
  let target: Vocabulary

  package var network: any Module { translator }
  package var settings: [JSON.Member] { [] }
  package var notes: [String: String] { ["source": source.text, "target": target.text] }

  static let unknown = "[UNK]", begin = "[BEGIN]", end = "[END]"
  /// The most pieces of an answer.
  static let longestAnswer = 80
  /// The most words of a question.
  static let longestQuestion = 200

  init(source: Vocabulary, target: Vocabulary, using random: inout Philox) {
    (self.source, self.target) = (source, target)
    translator = Chatter.network(
      source: source.count, target: target.count, features: 128, reader: 128, units: 256, using: &random)
  }

  private static func network(
    source: Int, target: Int, features: Int, reader: Int, units: Int, using random: inout Philox
  ) -> RecurrentTranslator {
    let encoder = Bidirectional(GRU(features, reader, using: &random), GRU(features, reader, using: &random))
    let attention = MultiplicativeAttention(query: units, memory: encoder.outputs, using: &random)
    return RecurrentTranslator(
      source: source, target: target, features: features, units: units, encoder: encoder, attention: attention,
      using: &random)
  }

  package init(_ file: TaskFile) throws(DataError) {
    let sources = try file.shape("sourceEmbedding.weight", rank: 2)
    let targets = try file.shape("targetEmbedding.weight", rank: 2)
    let forward = try file.shape("encoder.forward.stateWeight", rank: 2)
    let decoder = try file.shape("decoder.stateWeight", rank: 2)
    let (features, reader, units) = (sources[1], forward[0], decoder[0])
    // What the network is made of must be in the file at its size before it is made.
    let shapes: [(String, Shape)] = [
      ("targetEmbedding.weight", [targets[0], features]),
      ("encoder.forward.inputWeight", [features, 3 * reader]), ("encoder.forward.stateWeight", [reader, 3 * reader]),
      ("encoder.backward.inputWeight", [features, 3 * reader]), ("encoder.backward.stateWeight", [reader, 3 * reader]),
      ("attention.weight.weight", [units, 2 * reader]), ("bridge.weight", [2 * reader, units]),
      ("decoder.inputWeight", [features + 2 * reader, 3 * units]), ("decoder.stateWeight", [units, 3 * units]),
      ("readout.weight", [units + 2 * reader + features, features]), ("output.weight", [features, targets[0]]),
    ]
    for (name, expected) in shapes {
      let shape = try file.shape(name, rank: 2)
      guard shape == expected else { throw file.damaged("the tensor “\(name)” is \(shape), not \(expected)") }
    }
    source = try file.vocabulary("source", rows: sources[0])
    target = try file.vocabulary("target", rows: targets[0])
    guard source[Chatter.unknown] != nil, target[Chatter.begin] != nil, target[Chatter.end] != nil else {
      throw file.damaged("its vocabularies lack marks")
    }
    var random = Philox(seed: 0)
    translator = Chatter.network(
      source: sources[0], target: targets[0], features: features, reader: reader, units: units, using: &random)
  }
}

/// What is answered to a question.
package enum Reply: Sendable, Hashable {
  /// The answer, and the words of the question that the network does not know.
  case answer(String, unknown: [String])
  /// The question has no words.
  case nothingAsked
  /// None of the question's words is known.
  case nothingKnown
  /// The question has more words than are read.
  case tooLong(limit: Int)
}

extension Chatter {
  /// The likeliest answer to a question.
  ///
  /// - Parameter beams: how many beginnings the search keeps.
  package func reply(to question: String, beams: Int = 4) -> Reply {
    let words = SpokenText.words(of: question)
    guard !words.isEmpty else { return .nothingAsked }
    guard words.count <= Chatter.longestQuestion else { return .tooLong(limit: Chatter.longestQuestion) }
    let unknown = words.filter { source[$0] == nil }
    guard unknown.count < words.count else { return .nothingKnown }
    let numbers = tokens(of: words)
    let writer = translator.translating(NDArray(numbers.map { Int32($0) }, shape: [1, numbers.count]))
    let (begin, end) = (target.mark(Chatter.begin), target.mark(Chatter.end))
    let found = writer.search(after: [begin], count: Chatter.longestAnswer + 1, beams: beams, end: end)
    let pieces = (found.first?.tokens ?? []).filter { $0 != begin }.compactMap { target[$0] }
    return .answer(pieces.joined(), unknown: unknown)
  }

  func tokens(of words: [String]) -> [Int] {
    let unknown = source.mark(Chatter.unknown)
    return words.map { source[$0] ?? unknown }
  }
}

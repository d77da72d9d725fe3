import Hebb
import HebbFiles

/// A translator with the pieces that it reads and writes.
package struct TranslateModel: TaskModel {
  package static let task = "translate"

  /// The two architectures.
  enum Network {
    case recurrent(RecurrentTranslator)
    case transformer(Transformer)
  }

  let translator: Network
  let vocabulary: PairVocabulary
  /// The words of the sources that were learnt, in small letters; nil in files from before they were kept.
  let words: Vocabulary?

  package var network: any Module {
    switch translator {
    case .recurrent(let network): network
    case .transformer(let network): network
    }
  }

  package var settings: [JSON.Member] {
    switch translator {
    case .recurrent(let network): [.init("kind", .string(network.decoder.looking == .before ? "rnn" : "luong"))]
    case .transformer(let network):
      [.init("kind", .string("transformer")), .init("heads", .integer(network.decoder[0].attention.heads))]
    }
  }

  package var notes: [String: String] {
    ["pieces": vocabulary.pieces.text].merging(words.map { ["words": $0.text] } ?? [:]) { $1 }
  }

  /// The network of a kind that is about to learn.
  init(
    kind: String, _ vocabulary: PairVocabulary, sources: [String], dropout: Double, using random: inout Philox
  ) {
    self.vocabulary = vocabulary
    words = Vocabulary(counting: sources.lazy.flatMap(TranslateModel.words))
    translator =
      kind == "transformer"
      ? .transformer(
        TranslateModel.transformer(
          vocabulary.count, features: 128, heads: 4, layers: 4, hidden: 256, dropout: dropout, using: &random))
      : .recurrent(
        TranslateModel.recurrent(
          vocabulary.count, looking: kind == "rnn" ? .before : .after, features: 192, units: 256, encoder: 128,
          attention: 128, dropout: dropout, using: &random))
  }

  package init(_ file: TaskFile) throws(DataError) {
    let table = try file.shape("sourceEmbedding.weight", rank: 2)
    vocabulary = PairVocabulary(try BytePairTokenizer(text: file.note("pieces"), file: file.path))
    guard vocabulary.count == table[0] else {
      throw file.damaged("\(vocabulary.count) pieces do not fit \(table[0]) rows of weights")
    }
    words = file.holdsNote("words") ? try Vocabulary(text: file.note("words"), file: file.path) : nil
    let kind = try file.string("kind")
    guard ["transformer", "rnn", "luong"].contains(kind) else { throw file.damaged("there is no kind “\(kind)”") }
    translator =
      try kind == "transformer"
      ? .transformer(TranslateModel.transformer(file, table))
      : .recurrent(TranslateModel.recurrent(file, table, looking: kind == "rnn" ? .before : .after))
  }

  /// The logits of what stands behind each token of a batch's targets.
  func logits(_ batch: Batch) -> Tensor {
    let inputs = PairVocabulary.inputs(for: batch.targets)
    switch translator {
    case .recurrent(let network): return network(batch.inputs, lengths: batch.lengths, inputs)
    case .transformer(let network): return network(batch.inputs, inputs)
    }
  }
}

// MARK: - Networks by their sizes

extension TranslateModel {
  private static func transformer(
    _ vocabulary: Int, features: Int, heads: Int, layers: Int, hidden: Int, dropout: Double, using random: inout Philox
  ) -> Transformer {
    Transformer(
      source: vocabulary, target: vocabulary, features: features, heads: heads, layers: layers, hidden: hidden,
      normalization: .before, dropout: dropout, attentionDropout: 0, padding: PairVocabulary.padding,
      sharesEmbeddings: true, using: &random)
  }

  private static func transformer(_ file: TaskFile, _ table: Shape) throws(DataError) -> Transformer {
    let features = table[1]
    let layers = file.count(of: "encoder")
    let heads = try file.integer("heads", 1...features)
    guard layers > 0, features % heads == 0 else { throw file.damaged("\(heads) heads do not divide its features") }
    let hidden = try file.shape("encoder.0.network.up.weight", rank: 2)[1]
    for layer in 0..<layers {
      // With these, all other sizes follow, and none is larger than the file.
      for (name, shape) in [
        ("encoder.\(layer).attention.output.weight", [features, features] as Shape),
        ("encoder.\(layer).network.up.weight", [features, hidden]),
      ] where try file.shape(name, rank: 2) != shape { throw file.damaged("the tensor “\(name)” is not \(shape)") }
    }
    var random = Philox(seed: 0)
    return transformer(
      table[0], features: features, heads: heads, layers: layers, hidden: hidden, dropout: 0, using: &random)
  }

  private static func recurrent(
    _ vocabulary: Int, looking: AttentiveDecoder.Looking, features: Int, units: Int, encoder: Int, attention: Int,
    dropout: Double, using random: inout Philox
  ) -> RecurrentTranslator {
    let reader = Bidirectional(GRU(features, encoder, using: &random), GRU(features, encoder, using: &random))
    let attention: any QueryAttention =
      looking == .before
      ? AdditiveAttention(query: units, memory: 2 * encoder, hidden: attention, using: &random)
      : MultiplicativeAttention(query: units, memory: 2 * encoder, using: &random)
    return RecurrentTranslator(
      source: vocabulary, target: vocabulary, features: features, units: units, encoder: reader, attention: attention,
      looking: looking, dropout: dropout, sharesEmbeddings: true, using: &random)
  }

  private static func recurrent(
    _ file: TaskFile, _ table: Shape, looking: AttentiveDecoder.Looking
  ) throws(DataError) -> RecurrentTranslator {
    let units = try file.shape("decoder.stateWeight", rank: 2)[0]
    let encoder = try file.shape("encoder.forward.stateWeight", rank: 2)[0]
    let attention = looking == .before ? try file.shape("attention.query.weight", rank: 2)[1] : 0
    // Each size stands in a tensor of at least its square, so that none asks for more than the file has.
    for (name, shape) in [
      ("decoder.stateWeight", [units, 3 * units] as Shape), ("encoder.forward.stateWeight", [encoder, 3 * encoder]),
      ("readout.weight", [units + 2 * encoder + table[1], table[1]]),
    ] where try file.shape(name, rank: 2) != shape { throw file.damaged("the tensor “\(name)” is not \(shape)") }
    if looking == .before, try file.shape("attention.memory.weight", rank: 2) != [2 * encoder, attention] {
      throw file.damaged("the tensors of its attention do not fit")
    }
    var random = Philox(seed: 0)
    return recurrent(
      table[0], looking: looking, features: table[1], units: units, encoder: encoder, attention: attention, dropout: 0,
      using: &random)
  }
}

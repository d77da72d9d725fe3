import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// A BERT that was trained elsewhere, with its tokeniser: a folder with `config.json`, `vocab.txt` and `model.safetensors`,
/// as they are published, and `tokenizer_config.json` and `1_Pooling/config.json` where they are there.
///
///     let reader = try PretrainedBERT(folder: "all-MiniLM-L6-v2")
///     let vectors = reader.embeddings(of: ["A man is eating.", "Someone has a meal."])
public struct PretrainedBERT: Sendable {
  /// The network with its weights.
  public let bert: BERT
  /// Cuts texts into the tokens that it was trained with.
  public let tokenizer: WordPieceTokenizer

  /// Reads and checks the files of a folder.
  public init(folder: String) throws(DataError) {
    let configuration = try BERT.Configuration(file: folder + "/config.json")
    try PretrainedBERT.checkPooling(folder + "/1_Pooling/config.json")
    tokenizer = try PretrainedBERT.tokenizer(folder, rows: configuration.vocabulary)
    let path = folder + "/model.safetensors"
    let file = try SafetensorsFile(reading: path)
    if let bad = file.tensors.first(where: { !$0.value.allFinite }) {
      throw DataError(
        path, at: "tensor “\(bad.name)”", "it holds numbers that are infinite or NaN", advice: "take an undamaged copy")
    }
    let tensors = Dictionary(file.tensors.map { ($0.name, $0.value) }) { first, _ in first }
    do throws(ValueError) {
      try BERT.check(huggingFace: tensors, against: configuration)
      var random = Philox(seed: 0)
      bert = BERT(configuration, using: &random)
      try bert.load(huggingFace: tensors)
    } catch {
      throw DataError(path, "\(error)", advice: "give the weights that belong to config.json")
    }
  }

  /// The tokeniser of a folder, for a network with so many rows of token vectors.
  private static func tokenizer(_ folder: String, rows: Int) throws(DataError) -> WordPieceTokenizer {
    let (path, settings) = (folder + "/vocab.txt", folder + "/tokenizer_config.json")
    var isLowercasing = true
    if InputFile.exists(settings) {
      switch try JSON(objectOf: settings)["do_lower_case"] {
      case .bool(let flag)?: isLowercasing = flag
      case nil, .null?: break
      default:
        throw DataError(
          settings, at: "do_lower_case", "it is neither true nor false", advice: "give the file of a BERT, or none")
      }
    }
    let bytes = try InputFile.bytes(of: path, limit: 1 << 26)
    guard var lines = String(validating: bytes, as: UTF8.self) else {
      throw DataError(path, "it is not text in UTF-8", advice: "give the vocabulary of a BERT, vocab.txt")
    }
    if lines.unicodeScalars.first == "\u{FEFF}" { lines.unicodeScalars.removeFirst() }
    let tokenizer = try WordPieceTokenizer(lines: lines, isLowercasing: isLowercasing, file: path)
    // Rows of no token fill weights up to a whole number of eights or more.
    let count = tokenizer.vocabulary.count
    guard count == rows || rows % 8 == 0 && (max(1, rows - 127)..<rows).contains(count) else {
      throw DataError(
        path, "\(count) tokens do not fit the vocab_size of \(rows) in config.json",
        advice: "give the vocab.txt that belongs to the network")
    }
    return tokenizer
  }

  /// Refuses vectors of texts that are made otherwise than as means.
  private static func checkPooling(_ path: String) throws(DataError) {
    guard InputFile.exists(path) else { return }
    let (prefix, mean) = ("pooling_mode", "pooling_mode_mean_tokens")
    for member in try JSON(objectOf: path).members ?? [] where member.name.hasPrefix(prefix) {
      let isFit: Bool
      switch member.value {
      case .bool(let flag): isFit = flag == (member.name == mean)
      default: isFit = member.value.string == "mean"
      }
      guard isFit else {
        throw DataError(
          path, at: member.name, "\(member.value) is not known: vectors are means of all tokens",
          advice: "use a network of mean pooling, or take the file away for features alone")
      }
    }
  }

  /// Vectors of length 1, `[texts, features]`: those of texts of like meaning have products near 1.
  ///
  /// - Parameter limit: the most tokens of a text that are read.
  public func embeddings(of texts: [String], limit: Int = 256) -> NDArray {
    let limit = min(limit, bert.configuration.context)
    let sequences = PaddedSequences(
      texts.map { tokenizer.encode($0, limit: limit).numbers }, padding: bert.configuration.padding)
    return bert.sentenceEmbeddings(sequences.numbers).value
  }
}

extension BERT {
  /// The names of a network alone, without those of one that holds it.
  private static func bare(_ tensors: [String: NDArray]) -> [String: NDArray] {
    Dictionary(tensors.map { ($0.key.hasPrefix("bert.") ? String($0.key.dropFirst(5)) : $0.key, $0.value) }) {
      first, _ in first
    }
  }

  /// Checks that published weights are as large as a configuration says, before memory is taken for a network of its sizes.
  static func check(huggingFace tensors: [String: NDArray], against c: Configuration) throws(ValueError) {
    let given = bare(tensors)
    func expect(_ name: String, _ rows: Int, _ columns: Int) throws(ValueError) {
      guard let found = given[name]?.shape else { throw .missing(name) }
      let expected: Shape = [rows, columns]
      guard found == expected else { throw .shape(name, found: found, expected: expected) }
    }
    try expect("embeddings.word_embeddings.weight", c.vocabulary, c.features)
    try expect("embeddings.position_embeddings.weight", c.context, c.features)
    try expect("embeddings.token_type_embeddings.weight", c.segments, c.features)
    for layer in 0..<c.layers {
      try expect("encoder.layer.\(layer).attention.self.query.weight", c.features, c.features)
      try expect("encoder.layer.\(layer).intermediate.dense.weight", c.hidden, c.features)
    }
  }

  /// Takes over published weights, by the names that the transformers library gives them. Heads are left out; a network
  /// without a pooler keeps its own.
  public func load(huggingFace tensors: [String: NDArray]) throws(ValueError) {
    let given = BERT.bare(tensors)
    var values = self.values
    func take(_ name: String, _ theirs: [String], turned: Bool = false) throws(ValueError) {
      var parts: [NDArray] = []
      for their in theirs {
        let old = their.replacing("LayerNorm.weight", with: "LayerNorm.gamma")
          .replacing("LayerNorm.bias", with: "LayerNorm.beta")
        guard let part = given[their] ?? given[old] else { throw .missing(their) }
        guard part.rank == parts.first?.rank ?? part.rank, part.rank == values[name]?.rank else {
          throw .shape(their, found: part.shape, expected: values[name]?.shape ?? [])
        }
        parts.append(turned && part.rank == 2 ? part.transposed() : part)
      }
      let expected = values[name]?.shape ?? []
      let widths = parts.reduce(0) { $0 + $1.shape.innermost }
      guard widths == expected.innermost, parts.allSatisfy({ $0.shape.dropLast().elementsEqual(expected.dropLast()) })
      else { throw .shape(theirs[0], found: parts[0].shape, expected: expected) }
      values[name] = parts.count == 1 ? parts[0] : .concatenated(parts, axis: -1)
    }
    func linear(_ name: String, _ theirs: String...) throws(ValueError) {
      try take(name + ".weight", theirs.map { $0 + ".weight" }, turned: true)
      try take(name + ".bias", theirs.map { $0 + ".bias" })
    }
    func norm(_ name: String, _ their: String) throws(ValueError) {
      try take(name + ".scale", [their + ".weight"])
      try take(name + ".shift", [their + ".bias"])
    }
    try take("embedding.weight", ["embeddings.word_embeddings.weight"])
    try take("positions.weight", ["embeddings.position_embeddings.weight"])
    try take("segments.weight", ["embeddings.token_type_embeddings.weight"])
    try norm("norm", "embeddings.LayerNorm")
    for layer in 0..<configuration.layers {
      let (ours, theirs) = ("blocks.\(layer)", "encoder.layer.\(layer)")
      let own = theirs + ".attention.self"
      try linear(ours + ".attention.projection", own + ".query", own + ".key", own + ".value")
      try linear(ours + ".attention.output", theirs + ".attention.output.dense")
      try norm(ours + ".attentionNorm", theirs + ".attention.output.LayerNorm")
      try linear(ours + ".network.up", theirs + ".intermediate.dense")
      try linear(ours + ".network.down", theirs + ".output.dense")
      try norm(ours + ".networkNorm", theirs + ".output.LayerNorm")
    }
    if given["pooler.dense.weight"] != nil { try linear("pooler", "pooler.dense") }
    try load(values)
  }
}

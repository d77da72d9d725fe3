import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// A BERT that was trained elsewhere, with its tokeniser: a folder with `config.json`, `vocab.txt` and `model.safetensors`,
/// as they are published.
///
///     let reader = try PretrainedBERT(folder: "all-MiniLM-L6-v2")
///     let vectors = reader.embeddings(of: ["A man is eating.", "Someone has a meal."])
public struct PretrainedBERT: Sendable {
  public let bert: BERT
  public let tokenizer: WordPieceTokenizer

  /// Reads and checks the three files of a folder.
  public init(folder: String) throws(DataError) {
    let configuration = try BERT.Configuration(file: folder + "/config.json")
    let words = try InputFile.bytes(of: folder + "/vocab.txt", limit: 1 << 26)
    var isLowercasing = true
    if let bytes = try? InputFile.bytes(of: folder + "/tokenizer_config.json", limit: 1 << 24),
      case .bool(let flag)? = try JSON(parsing: bytes, file: folder + "/tokenizer_config.json")["do_lower_case"]
    {
      isLowercasing = flag
    }
    tokenizer = try WordPieceTokenizer(
      lines: String(decoding: words, as: UTF8.self), isLowercasing: isLowercasing, file: folder + "/vocab.txt")
    let path = folder + "/model.safetensors"
    let file = try SafetensorsFile(reading: path)
    var random = Philox(seed: 0)
    bert = BERT(configuration, using: &random)
    do throws(ValueError) {
      try bert.load(huggingFace: Dictionary(file.tensors.map { ($0.name, $0.value) }) { first, _ in first })
    } catch {
      throw DataError(path, "\(error)", advice: "give the weights that belong to config.json")
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

extension BERT.Configuration {
  /// Reads the `config.json` of a published network.
  init(file: String) throws(DataError) {
    let json = try JSON(parsing: try InputFile.bytes(of: file, limit: 1 << 24), file: file)
    func number(_ name: String, _ range: ClosedRange<Int>) throws(DataError) -> Int {
      guard let number = json[name]?.integer, range.contains(number) else {
        throw DataError(
          file, at: name, "a whole number from \(range.lowerBound) to \(range.upperBound) is missing",
          advice: "give the config.json of a BERT")
      }
      return number
    }
    let features = try number("hidden_size", 1...1 << 14)
    self.init(
      vocabulary: try number("vocab_size", 1...1 << 22), context: try number("max_position_embeddings", 1...1 << 16),
      features: features, layers: try number("num_hidden_layers", 1...256),
      heads: try number("num_attention_heads", 1...1 << 10), hidden: try number("intermediate_size", 1...1 << 16))
    guard features % heads == 0 else {
      throw DataError(
        file, at: "num_attention_heads", "\(heads) heads do not divide \(features) features",
        advice: "give the config.json of a BERT")
    }
    let kinds: [String: FeedForward.Activation] = ["gelu": .gelu, "relu": .relu, "gelu_new": .geluTanh]
    guard let activation = kinds[json["hidden_act"]?.string ?? "gelu"] else {
      throw DataError(
        file, at: "hidden_act", "the activation \(json["hidden_act"]?.string ?? "") is not known",
        advice: "use a network with gelu or relu")
    }
    self.activation = activation
    segments = try json["type_vocab_size"] == nil ? 2 : number("type_vocab_size", 1...1 << 10)
    padding = json["pad_token_id"]?.integer ?? 0
    func share(_ name: String) -> Double { min(max(json[name]?.double ?? 0.1, 0), 0.99) }
    (dropout, attentionDropout) = (share("hidden_dropout_prob"), share("attention_probs_dropout_prob"))
    epsilon = json["layer_norm_eps"]?.double ?? 1e-12
  }
}

extension BERT {
  /// Takes over published weights, by the names that the transformers library gives them. Heads are left out; a network
  /// without a pooler keeps its own.
  public func load(huggingFace tensors: [String: NDArray]) throws(ValueError) {
    let given = Dictionary(
      tensors.map { ($0.key.hasPrefix("bert.") ? String($0.key.dropFirst(5)) : $0.key, $0.value) }
    ) { first, _ in first }
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

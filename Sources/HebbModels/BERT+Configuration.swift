import HebbArrays
import HebbLayers

extension BERT.Configuration {
  /// Reads the `config.json` of a published network.
  init(file: String) throws(DataError) {
    let json = try JSON(objectOf: file)
    for (name, known) in [("model_type", "bert"), ("position_embedding_type", "absolute")] {
      guard let value = json[name], value != .null, value.string != known else { continue }
      throw DataError(file, at: name, "\(value) is not known", advice: "use a network where it is \(known)")
    }
    if json["is_decoder"] == .bool(true) {
      throw DataError(file, at: "is_decoder", "it is a network that writes", advice: "use a BERT that reads")
    }
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
      vocabulary: try number("vocab_size", 1...1 << 22), context: try number("max_position_embeddings", 3...1 << 16),
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
    if let token = json["pad_token_id"], token != .null { padding = try number("pad_token_id", 0...vocabulary - 1) }
    func share(_ name: String) -> Double { min(max(json[name]?.double ?? 0.1, 0), 0.99) }
    (dropout, attentionDropout) = (share("hidden_dropout_prob"), share("attention_probs_dropout_prob"))
    epsilon = json["layer_norm_eps"]?.double ?? 1e-12
    guard epsilon > 0, epsilon < 1 else {
      throw DataError(
        file, at: "layer_norm_eps", "\(epsilon) is not between 0 and 1", advice: "give the config.json of a BERT")
    }
  }
}

extension JSON {
  /// The object that a file holds.
  init(objectOf file: String) throws(DataError) {
    try self.init(parsing: InputFile.bytes(of: file, limit: 1 << 24), file: file)
    guard members != nil else { throw DataError(file, "it holds no object of JSON", advice: "fetch it again") }
  }
}

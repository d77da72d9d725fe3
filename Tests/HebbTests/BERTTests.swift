import Foundation
import Hebb
import HebbArrays
import HebbTesting
import Testing

@Suite struct BERTTests {
  private static func small(dropout: Double = 0.1) -> BERT {
    var random = Philox(seed: 2)
    var configuration = BERT.Configuration(vocabulary: 30, context: 12, features: 16, layers: 2, heads: 2)
    (configuration.dropout, configuration.attentionDropout) = (dropout, dropout)
    return BERT(configuration, using: &random)
  }

  /// The folder of all-MiniLM-L6-v2, as the script in `Reference` says; the test is skipped where there is none.
  private static let folder = ProcessInfo.processInfo.environment["HEBB_MINILM"]

  @Test(.enabled(if: folder != nil, "HEBB_MINILM names no folder"))
  func publishedWeightsGiveThePublishedVectors() throws {
    let url = try #require(Bundle.module.url(forResource: "Reference/sentence_embeddings", withExtension: "json"))
    let json = try JSON(parsing: [UInt8](Data(contentsOf: url)), file: "sentence_embeddings.json")
    let rows = try #require(json.elements)
    let network = try PretrainedBERT(folder: try #require(Self.folder))
    let texts = rows.compactMap { $0["text"]?.string }
    let vectors = network.embeddings(of: texts)
    for (index, row) in rows.enumerated() {
      let ids = row["ids"]?.elements?.compactMap(\.integer)
      #expect(network.tokenizer.encode(texts[index], limit: 256).numbers == ids)
      let expected = try #require(row["vector"]?.elements).compactMap(\.double)
      let found = vectors.row(index).cast(to: .float64).elements(as: Double.self)
      let cosine = zip(found, expected).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(cosine >= 0.99999 && cosine < 1.00001, "\(texts[index]): \(cosine)")
      let largest = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(largest < 1e-5)
    }
  }

  @Test func paddingChangesNothing() {
    let bert = Self.small()
    let short = NDArray([2, 7, 9, 3] as [Int32], shape: [1, 4])
    let long = NDArray([2, 7, 9, 3, 0, 0, 0] as [Int32], shape: [1, 7])
    let difference = (bert.sentenceEmbeddings(short).value - bert.sentenceEmbeddings(long).value).abs().max().scalar
    #expect(difference < 1e-6)
  }

  /// Hidden words of a language of four sentences are found, and so is which second text follows.
  @Test func pretrainingLearns() {
    var random = Philox(seed: 3)
    let model = BERTPretraining(Self.small(dropout: 0), using: &random)
    // [CLS] a b c [SEP] d e f [SEP]: what follows is the first text plus ten.
    let (batch, first) = (16, 5)
    var updater = Updater(AdamW(learningRate: 5e-3), for: model)
    var losses: [Double] = []
    for step in 0..<1_000 {
      var tokens: [Int32] = []
      var follows: [Int32] = []
      for _ in 0..<batch {
        let (kind, other) = (Int.random(in: 0..<3, using: &random), Int.random(in: 0..<3, using: &random))
        let second = Bool.random(using: &random) ? kind : other
        func text(_ kind: Int, _ offset: Int) -> [Int32] { (0..<3).map { Int32(first + offset + 3 * kind + $0) } }
        tokens += [2] + text(kind, 0) + [3] + text(second, 10) + [3]
        follows.append(second == kind ? 0 : 1)
      }
      let numbers = NDArray(tokens, shape: [batch, 9])
      let segments = NDArray((0..<batch).flatMap { _ in [0, 0, 0, 0, 0, 1, 1, 1, 1] as [Int32] }, shape: [batch, 9])
      let hidden = MaskedTokens(hiding: numbers, mask: 4, special: [0, 2, 3], vocabulary: 30, using: &random)
      #expect(hidden.places.allSatisfy { ![2, 3].contains(tokens[$0]) })
      let (loss, gradients) = Pass.training(seed: 1, step: step) {
        valueAndGradients { model.loss(hidden, segments: segments, follows: NDArray(follows)) }
      }
      updater.update(gradients)
      losses.append(loss.scalar)
    }
    let (before, after) = (losses.prefix(5).reduce(0, +) / 5, losses.suffix(20).reduce(0, +) / 20)
    #expect(before > 3 && after < 1.2, "from \(before) to \(after)")
  }

  @Test func headsGiveClassesOfTextsAndOfTokens() {
    var random = Philox(seed: 4)
    let bert = Self.small()
    let numbers = NDArray([2, 7, 9, 3, 2, 8, 3, 0] as [Int32], shape: [2, 4])
    let classifier = BERTClassifier(bert, classes: 3, using: &random)
    let tagger = BERTTagger(bert, classes: 5, using: &random)
    #expect(classifier(numbers).shape == [2, 3])
    #expect(tagger(numbers.cast(to: .float32)).shape == [2, 4, 5])
    let labels = NDArray([0, 2] as [Int32])
    let crossEntropy = Loss.crossEntropy
    let (_, gradients) = Pass.training(seed: 1) {
      valueAndGradients { crossEntropy(classifier(Tensor(numbers)), labels) }
    }
    for (name, parameter) in classifier.namedParameters { #expect(gradients[parameter] != nil, "\(name)") }
  }

  @Test func damagedFoldersAreRefused() throws {
    #expect(throws: DataError.self) { try PretrainedBERT(folder: "no such folder") }
    let bert = Self.small()
    #expect(throws: ValueError.missing("embeddings.word_embeddings.weight")) { try bert.load(huggingFace: [:]) }
    #expect(throws: ValueError.self) {
      try bert.load(huggingFace: ["embeddings.word_embeddings.weight": .zeros([3, 16])])
    }
  }

  /// The files of a network of 8 tokens and one layer.
  private static let files = [
    "config.json": #"""
    {"vocab_size": 8, "max_position_embeddings": 6, "hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 2,
    "intermediate_size": 8, "model_type": "bert", "position_embedding_type": "absolute", "pad_token_id": 0}
    """#,
    "vocab.txt": "\u{FEFF}[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\nb\r\nc\r\nd\r\n",
    "tokenizer_config.json": #"{"do_lower_case": true}"#,
    "1_Pooling/config.json": #"{"pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"#,
  ]

  private static func write(_ folder: String) throws {
    var random = Philox(seed: 5)
    var tensors: [(name: String, value: NDArray)] = []
    func add(_ name: String, _ shape: Shape) {
      tensors.append((name, NDArray.normal(shape, standardDeviation: 0.1, using: &random)))
    }
    func linear(_ name: String, _ outputs: Int, _ inputs: Int) {
      add(name + ".weight", [outputs, inputs])
      add(name + ".bias", [outputs])
    }
    func norm(_ name: String) {
      add(name + ".weight", [4])
      add(name + ".bias", [4])
    }
    add("embeddings.word_embeddings.weight", [8, 4])
    add("embeddings.position_embeddings.weight", [6, 4])
    add("embeddings.token_type_embeddings.weight", [2, 4])
    norm("embeddings.LayerNorm")
    let layer = "encoder.layer.0"
    for part in ["query", "key", "value"] { linear("\(layer).attention.self.\(part)", 4, 4) }
    linear("\(layer).attention.output.dense", 4, 4)
    norm("\(layer).attention.output.LayerNorm")
    linear("\(layer).intermediate.dense", 8, 4)
    linear("\(layer).output.dense", 4, 8)
    norm("\(layer).output.LayerNorm")
    try SafetensorsFile(tensors: tensors).write(to: "\(folder)/model.safetensors")
    try FileManager.default.createDirectory(atPath: "\(folder)/1_Pooling", withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
  }

  @Test func aPublishedFolderIsRead() throws {
    try withTemporaryFolder { folder in
      try Self.write(folder)
      let network = try PretrainedBERT(folder: folder)
      #expect(network.tokenizer.vocabulary.tokens.prefix(2) == ["[PAD]", "[UNK]"])
      #expect(network.tokenizer.encode("a d") == [4, 7])
      #expect(network.embeddings(of: ["a b", "c"]).shape == [2, 4])
      for name in ["tokenizer_config.json", "1_Pooling/config.json"] {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      #expect(try PretrainedBERT(folder: folder).tokenizer.isLowercasing)
    }
  }

  /// A file, a text in it, what stands there instead, and what is wrong then.
  private static let unfit: [(String, String, String, String)] = [
    ("config.json", #""vocab_size": 8"#, #""vocab_size": 9"#, "vocab.txt: 8 tokens do not fit the vocab_size of 9"),
    ("config.json", #""hidden_size": 4"#, #""hidden_size": 16384"#, "model.safetensors: the value embeddings.word_"),
    ("config.json", #""num_hidden_layers": 1"#, #""num_hidden_layers": 256"#, "model.safetensors: there is no value"),
    ("config.json", "6", "65536", "model.safetensors: the value embeddings.position_embeddings.weight"),
    ("config.json", "absolute", "relative_key", "config.json, position_embedding_type: \"relative_key\" is not known"),
    ("config.json", #""bert""#, #""roberta""#, "config.json, model_type"),
    ("config.json", #""pad_token_id": 0"#, #""pad_token_id": 8"#, "config.json, pad_token_id"),
    ("vocab.txt", "d\r\n", "d\r\ne\r\n", "vocab.txt: 9 tokens do not fit the vocab_size of 8"),
    ("tokenizer_config.json", "}", "", "tokenizer_config.json"),
    ("tokenizer_config.json", "true", "1", "tokenizer_config.json, do_lower_case"),
    ("1_Pooling/config.json", "false", "true", "config.json, pooling_mode_cls_token: true is not known"),
  ]

  @Test(arguments: unfit) func filesThatDoNotFitAreRefused(_ unfit: (String, String, String, String)) throws {
    let (name, old, new, problem) = unfit
    try withTemporaryFolder { folder in
      try Self.write(folder)
      let text = try #require(Self.files[name]).replacing(old, with: new)
      #expect(text != Self.files[name])
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      let error = #expect(throws: DataError.self) { _ = try PretrainedBERT(folder: folder) }
      #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test func aVocabularyThatIsNoTextIsRefused() throws {
    try withTemporaryFolder { folder in
      try Self.write(folder)
      try Data([0x5B, 0xFF, 0x0A]).write(to: URL(fileURLWithPath: "\(folder)/vocab.txt"))
      let error = #expect(throws: DataError.self) { _ = try PretrainedBERT(folder: folder) }
      #expect(error?.description.contains("vocab.txt: it is not text in UTF-8") == true)
    }
  }
}

import Foundation
import Hebb
import HebbArrays
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
}

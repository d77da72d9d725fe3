import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbModels
import HebbTesting
import Testing

/// What PyTorch gave: `Reference/text.safetensors`, made by the script beside it.
@Suite struct TextNetworkTests {
  private static let tokens = NDArray(
    [3, 1, 6, 2, 2, 5, 4, 1, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0] as [Int32], shape: [3, 6])
  private static let lengths = [6, 2, 1]
  private static let scheme = TagScheme(["O", "B-a", "I-a", "B-b", "I-b"])

  private static let file = Reference("HebbModelsTests/Reference/text")

  private static func classifier(_ name: String, forgetting: Double = 0) -> any TextClassifier {
    var random = Philox(seed: 1)
    switch name {
    case "linear": return LinearTextClassifier(vocabulary: 7, classes: 3)
    case "ngrams":
      return AveragingTextClassifier(
        vocabulary: 7, features: 4, classes: 3, dropout: 0.5, forgetting: forgetting, using: &random)
    case "cnn":
      return ConvolutionalTextClassifier(
        vocabulary: 7, features: 4, widths: [1, 2, 3, 4], filters: 2, classes: 3, dropout: (0.3, 0.5),
        forgetting: forgetting, using: &random)
    default:
      let encoder = Bidirectional(LSTM(4, 5, using: &random), LSTM(4, 5, using: &random))
      return RecurrentTextClassifier(
        vocabulary: 7, features: 4, encoder: encoder, classes: 3, dropout: (0.3, 0.5), forgetting: forgetting,
        using: &random)
    }
  }

  private static func tagger() -> SequenceTagger {
    var random = Philox(seed: 1)
    return SequenceTagger(
      tables: [(7, 4), (3, 2)], spelling: WordSpelling(characters: 7, features: 3, patterns: 2, using: &random),
      encoder: Bidirectional(LSTM(8, 5, using: &random), LSTM(8, 5, using: &random)), scheme: scheme,
      forgetting: 0.2, using: &random)
  }

  private static func load(_ module: any Module, _ name: String) throws {
    module.cast(to: .float64)
    try module.load(file.values(under: "\(name)."))
  }

  @Test(arguments: ["linear", "ngrams", "cnn", "lstm"])
  func classifiersAgreeWithPyTorch(_ name: String) throws {
    let model = Self.classifier(name)
    try Self.load(model, name)
    let logits = model(Self.tokens, lengths: Self.lengths).value
    #expect(difference(logits, Self.file[name]) < 1e-12)
    // A text alone is judged as in the company of longer ones.
    let alone = model(NDArray([4, 1] as [Int32], shape: [1, 2]), lengths: [2]).value
    #expect(difference(alone, logits[1..<2]) < 1e-12)
    let shares = model.probabilities([4, 1])
    #expect(shares.count == 3 && abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test func taggersAgreeWithPyTorch() throws {
    let tagger = Self.tagger()
    try Self.load(tagger, "tagger")
    let words = Self.file["words"]
    let scores = tagger.emissions(words, lengths: Self.lengths).value
    let expected = Self.file["tagger"]
    for (row, length) in Self.lengths.enumerated() {
      let (a, b) = (scores.row(row)[0..<length], expected.row(row)[0..<length])
      #expect(difference(a, b) < 1e-12)
    }
    let tags = tagger.tags(scores, lengths: Self.lengths)
    for (row, length) in Self.lengths.enumerated() where length < 6 {
      #expect(tags[row] == Self.best(tagger, scores.row(row)[0..<length]))
    }
    #expect(tags[0] == Self.best(tagger, scores.row(0)))
  }

  /// The best allowed path among all of them.
  private static func best(_ tagger: SequenceTagger, _ scores: NDArray) -> [Int] {
    let (length, tags) = (scores.shape[0], scheme.tags.count)
    let e = scores.elements(as: Double.self)
    let next = tagger.chain.transitions.value.elements(as: Double.self)
    let (first, last) = (
      tagger.chain.start.value.elements(as: Double.self), tagger.chain.end.value.elements(as: Double.self)
    )
    var best: (path: [Int], score: Double) = ([], -.infinity)
    func walk(_ path: [Int], _ score: Double) {
      guard path.count < length else {
        let whole = score + last[path[length - 1]]
        if whole > best.score, scheme.mayEnd(path[length - 1]) { best = (path, whole) }
        return
      }
      for tag in 0..<tags {
        guard path.last.map({ scheme.mayFollow(tag, behind: $0) }) ?? scheme.mayBegin(tag) else { continue }
        let step = path.last.map { next[$0 * tags + tag] } ?? first[tag]
        walk(path + [tag], score + step + e[path.count * tags + tag])
      }
    }
    walk([], 0)
    return best.path
  }

  /// The gradients of all weights, dropout and unknown tokens included: against finite differences.
  @Test(arguments: ["linear", "ngrams", "cnn", "lstm", "tagger"])
  func gradients(_ name: String) throws {
    let model: any Module = name == "tagger" ? Self.tagger() : Self.classifier(name, forgetting: 0.3)
    try Self.load(model, name)
    let words = Self.file["words"]
    let labels = NDArray([0, 2, 1] as [Int32])
    let path = NDArray([0, 1, 2, 0, 3, 4, 3, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0] as [Int32], shape: [3, 6])
    func loss() -> Tensor {
      if let tagger = model as? SequenceTagger {
        return tagger.loss(tagger.emissions(words, lengths: Self.lengths), tags: path, lengths: Self.lengths)
      }
      guard let classifier = model as? any TextClassifier else { return Tensor(.zeros([])) }
      return classifier(Self.tokens, lengths: Self.lengths).softmaxCrossEntropy(labels: labels)
    }
    func pass() -> (value: NDArray, gradients: Gradients) {
      Pass.training(seed: 4, step: 9) { valueAndGradients { loss() } }
    }
    let gradients = pass().gradients
    var random = Philox(seed: 2)
    for (path, parameter) in model.namedParameters {
      let gradient = try #require(gradients[parameter], "\(path)")
      let direction = NDArray.normal(parameter.shape, dtype: .float64, using: &random)
      let (value, step) = (parameter.value, 1e-6)
      parameter.value = value + direction * step
      let above = pass().value.scalar
      parameter.value = value - direction * step
      let below = pass().value.scalar
      parameter.value = value
      let expected = (gradient * direction).sum().scalar
      #expect(abs((above - below) / (2 * step) - expected) < 1e-6 * max(1, abs(expected)), "\(name) \(path)")
    }
  }
}

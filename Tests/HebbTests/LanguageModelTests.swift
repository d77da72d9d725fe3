import Hebb
import HebbArrays
import Testing

@Suite struct LanguageModelTests {
  private static func gpt(rotary: Bool = false, vocabulary: Int = 4, context: Int = 8) -> GPT {
    var random = Philox(seed: 9)
    let model = GPT(
      vocabulary: vocabulary, context: context, features: 8, heads: 2, layers: 2, rotary: rotary, using: &random)
    // Logits far from each other, so that searches have something to find.
    model.output.weight.value = .normal([8, vocabulary], standardDeviation: 1, using: &random)
    return model
  }

  private static func recurrent(vocabulary: Int = 4) -> RecurrentLanguageModel {
    var random = Philox(seed: 9)
    return RecurrentLanguageModel(
      vocabulary: vocabulary, features: 5, layers: Stacked([LSTM(5, 6, using: &random), GRU(6, 7, using: &random)]),
      using: &random)
  }

  private static func translator(
    looking: AttentiveDecoder.Looking = .before, shared: Bool = false
  ) -> RecurrentTranslator {
    var random = Philox(seed: 9)
    let encoder = Bidirectional(GRU(6, 4, using: &random), GRU(6, 4, using: &random))
    let attention: any QueryAttention =
      looking == .before
      ? AdditiveAttention(query: 5, memory: 8, hidden: 3, using: &random)
      : MultiplicativeAttention(query: 5, memory: 8, using: &random)
    return RecurrentTranslator(
      source: 7, target: shared ? 7 : 4, features: 6, units: 5, encoder: encoder, attention: attention,
      looking: looking, sharesEmbeddings: shared, using: &random)
  }

  private static func transformer(_ normalization: TransformerNormalization, shared: Bool = false) -> Transformer {
    var random = Philox(seed: 9)
    return Transformer(
      source: 7, target: shared ? 7 : 4, features: 8, heads: 2, layers: 2, normalization: normalization,
      sharesEmbeddings: shared, using: &random)
  }

  private static let source = NDArray([3, 1, 6, 2] as [Int32], shape: [1, 4])

  @Test func readingStepByStepGivesWhatTheWholeGives() {
    func check<M: LanguageModel>(_ model: M, _ name: String, _ whole: (NDArray) -> NDArray) {
      let tokens: [Int32] = [1, 3, 2, 2, 1, 3]
      let expected = whole(NDArray(tokens, shape: [1, 6]))
      var memory: M.Memory?
      for range in [0..<2, 2..<3, 3..<6] {
        let logits = model.read(NDArray(Array(tokens[range]), shape: [1, range.count]), &memory)
        let truth = expected.sliced(axis: 1, from: range.upperBound - 1, to: range.upperBound).squeezed(1)
        #expect((logits - truth).abs().max().scalar < 1e-5, "\(name)")
      }
    }
    let (gpt, rotary, recurrent) = (Self.gpt(), Self.gpt(rotary: true), Self.recurrent())
    check(gpt, "GPT") { gpt($0) }
    check(rotary, "GPT with rotary positions") { rotary($0) }
    check(recurrent, "recurrent") { recurrent($0) }
    for shared in [false, true] {
      for looking in [AttentiveDecoder.Looking.before, .after] {
        let translator = Self.translator(looking: looking, shared: shared)
        check(translator.translating(Self.source), "translator") { translator(Self.source, $0).value }
      }
      for normalization in [TransformerNormalization.before, .after] {
        let transformer = Self.transformer(normalization, shared: shared)
        check(transformer.translating(Self.source), "transformer") { transformer(Self.source, $0).value }
      }
    }
    var random = Philox(seed: 4)
    let describer = PictureDescriber(
      vocabulary: 4, channels: [3, 5], features: 6, units: 5, hidden: 3, using: &random)
    let picture = NDArray.normal([1, 9, 8, 3], using: &random)
    check(describer.describing(picture), "describer") { describer(Tensor(picture), $0).value }
  }

  /// A text among longer ones, with padding behind it, is translated as by itself.
  @Test func paddingIsNotSeen() {
    let (sources, target) = ([[3, 1, 6, 2], [5, 4]], NDArray([1, 2, 3, 1, 3, 2] as [Int32], shape: [2, 3]))
    let padded = PaddedSequences(sources)
    for looking in [AttentiveDecoder.Looking.before, .after] {
      let translator = Self.translator(looking: looking)
      let both = translator(padded.numbers, lengths: padded.lengths, target).value
      let alone = translator(NDArray([5, 4] as [Int32], shape: [1, 2]), target[1..<2]).value
      #expect((both[1..<2] - alone).abs().max().scalar < 1e-5)
    }
    let transformer = Self.transformer(.before)
    let both = transformer(padded.numbers, target).value
    let alone = transformer(NDArray([5, 4] as [Int32], shape: [1, 2]), target[1..<2]).value
    #expect((both[1..<2] - alone).abs().max().scalar < 1e-5)
  }

  /// One table is one parameter: it is counted, saved and learnt once, by both ends.
  @Test func tablesAreShared() {
    let translator = Self.translator(shared: true)
    let names = translator.namedParameters.map(\.name)
    #expect(!names.contains { $0.hasPrefix("targetEmbedding") || $0.hasPrefix("output") })
    #expect(translator.decoder.embedding.weight === translator.sourceEmbedding.weight)
    let transformer = Self.transformer(.after, shared: true)
    #expect(transformer.namedParameters.map(\.name).allSatisfy { !$0.hasPrefix("output") })
    #expect(transformer.parameters.count == transformer.namedParameters.count)
  }

  /// What was looked at: shares of the source, and with one head what the result was made of.
  @Test func whatIsLookedAtIsTold() {
    let tokens = [1, 3, 2]
    let maps = [
      Self.translator().translating(Self.source).attention(to: tokens),
      Self.translator(looking: .after).translating(Self.source).attention(to: tokens),
      Self.transformer(.before).translating(Self.source).attention(to: tokens),
      Self.transformer(.after).translating(Self.source).attention(to: tokens),
    ]
    for map in maps {
      #expect(map.shape == [3, 4] && map.min().scalar >= 0)
      #expect((map.sum(axis: 1) - 1).abs().max().scalar < 1e-5)
    }
    var random = Philox(seed: 2)
    let cross = CrossAttention(6, heads: 1, using: &random)
    let (x, memory) = (
      Tensor(NDArray.normal([2, 3, 6], using: &random)), Tensor(NDArray.normal([2, 4, 6], using: &random))
    )
    let values = cross.keyValue(memory).sliced(axis: -1, from: 6, to: 12)
    let made = cross.output(cross.weights(x, to: memory).matmul(values)).value
    #expect((made - cross(x, to: memory).value).abs().max().scalar < 1e-5)
  }

  /// With as many beams as there are texts the search finds the best of all texts.
  @Test(arguments: [0, 0.6, 1.5]) func aWideSearchFindsTheBestText(_ lengthPenalty: Double) {
    func check<M: LanguageModel>(_ model: M, _ name: String) {
      let (end, count) = (0, 4)
      var all: [FoundText] = []
      func grow(_ tokens: [Int], _ logProbability: Double) {
        var memory: M.Memory?
        let logits = model.read(NDArray([1] + tokens.map { Int32($0) }, shape: [1, tokens.count + 1]), &memory)
        let logs = logits.cast(to: .float64).logSoftmax().elements(as: Double.self)
        let penalty = Mathematics.pow((6 + Double(tokens.count)) / 6, lengthPenalty)
        for (token, log) in logs.enumerated() {
          let sum = logProbability + log
          if token == end || tokens.count + 1 == count {
            let text = token == end ? tokens : tokens + [token]
            all.append(FoundText(tokens: text, logProbability: sum, score: sum / penalty))
          } else {
            grow(tokens + [token], sum)
          }
        }
      }
      grow([], 0)
      all.sort { $0.score > $1.score }
      let found = model.search(after: [1], count: count, beams: 64, lengthPenalty: lengthPenalty, end: end)
      for (a, b) in zip(found.prefix(5), all.prefix(5)) {
        #expect(a.tokens == b.tokens && abs(a.score - b.score) < 1e-4, "\(name)")
      }
      let narrow = model.search(after: [1], count: count, beams: 2, lengthPenalty: lengthPenalty, end: end)
      #expect(narrow.count == 2 && narrow[0].score <= all[0].score + 1e-6)
    }
    check(Self.gpt(), "GPT")
    check(Self.recurrent(), "recurrent")
    check(Self.translator().translating(Self.source), "translator")
    check(Self.transformer(.after).translating(Self.source), "transformer")
  }

  @Test func greedyWritingTakesTheLikeliest() {
    var random = Philox(seed: 1)
    let model = Self.gpt()
    let written = model.write(after: [1], count: 5, .greedy, using: &random)
    var tokens = [1]
    for _ in 0..<5 {
      let logits = model(NDArray(tokens.map { Int32($0) }, shape: [1, tokens.count]))
      tokens.append(Int(logits.row(0).row(tokens.count - 1).argMax(axis: 0).scalar))
    }
    #expect(written == Array(tokens.dropFirst()))
    // Beyond its context a model goes on with what it last read.
    #expect(model.write(after: Array(repeating: 1, count: 20), count: 30, using: &random).count == 30)
  }

  @Test func samplingDrawsFromWhatIsLeft() {
    let logits = [0.5, 2, 1, -1, 2]
    func close(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-9 } }
    // exp of 0.5, 2, 1, −1, 2 over their sum.
    let sum = [1.6487212707, 7.3890560989, 2.7182818285, 0.3678794412, 7.3890560989].reduce(0, +)
    let exact = [1.6487212707, 7.3890560989, 2.7182818285, 0.3678794412, 7.3890560989].map { $0 / sum }
    #expect(close(Sampling().probabilities(logits), exact))
    #expect(Sampling.greedy.probabilities(logits) == [0, 1, 0, 0, 0])
    #expect(close(Sampling(topK: 2).probabilities(logits), [0, 0.5, 0, 0, 0.5]))
    #expect(close(Sampling(nucleus: 0.5).probabilities(logits), [0, 0.5, 0, 0, 0.5]))
    #expect(close(Sampling(nucleus: 0.1).probabilities(logits), [0, 1, 0, 0, 0]))
    let cold = Sampling(temperature: 0.5).probabilities([0, 1])
    #expect(close(cold, [0.1192029220, 0.8807970780]))
    let penalised = Sampling(repetitionPenalty: 2).probabilities([2, -1, 1], after: [0, 1])
    let expected = Sampling().probabilities([1, -2, 1])
    #expect(close(penalised, expected))
    var random = Philox(seed: 5)
    var counts = [0.0, 0, 0, 0, 0]
    for _ in 0..<20_000 { counts[Sampling()(logits, using: &random)] += 1 / 20_000 }
    #expect(zip(counts, exact).allSatisfy { abs($0 - $1) < 0.015 })
  }

  /// A translator and a transformer learn to turn a text around.
  @Test func textsAreTurnedAround() {
    let sources = (0..<27).map { [1 + $0 % 3, 1 + $0 / 3 % 3, 1 + $0 / 9] }
    func array(_ rows: [[Int]]) -> NDArray {
      NDArray(rows.flatMap { $0.map { Int32($0) } }, shape: [27, rows[0].count])
    }
    let source = array(sources)
    let (target, labels) = (array(sources.map { [5] + $0.reversed() }), array(sources.map { $0.reversed() + [6] }))
    let crossEntropy = Loss.crossEntropy
    func train(_ model: any Module, rate: Double, steps: Int, _ logits: () -> Tensor) -> Double {
      var updater = Updater(Adam(learningRate: rate), for: model)
      var last = 0.0
      for step in 0..<steps {
        let (loss, gradients) = Pass.training(seed: 1, step: step) {
          valueAndGradients { crossEntropy(logits(), labels) }
        }
        updater.update(gradients)
        last = loss.scalar
      }
      return last
    }
    var random = Philox(seed: 6)
    let translator = RecurrentTranslator(
      source: 7, target: 7, features: 8, units: 24, encoder: GRU(8, 24, using: &random),
      attention: MultiplicativeAttention(query: 24, memory: 24, using: &random), using: &random)
    let first = train(translator, rate: 0.01, steps: 150) { translator(source, target) }
    #expect(first < 0.1)
    let transformer = Transformer(
      source: 7, target: 7, features: 16, heads: 2, layers: 1, normalization: .before, dropout: 0, using: &random)
    let second = train(transformer, rate: 0.005, steps: 200) { transformer(source, target) }
    #expect(second < 0.1)
    let written = transformer.translating(source[4..<5]).write(after: [5], count: 5, .greedy, end: 6, using: &random)
    #expect(written == sources[4].reversed())
    let found = translator.translating(source[7..<8]).search(after: [5], count: 5, beams: 3, end: 6)
    #expect(found[0].tokens == sources[7].reversed())
  }
}

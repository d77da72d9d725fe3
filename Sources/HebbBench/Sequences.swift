import Hebb

extension Workload {
  /// Sequences: one training step each, and one character of a network that writes.
  static let sequences: [Workload] = [
    characters("train-char-rnn", "tanh RNN") { RNN($0, $1, using: &$2) },
    characters("train-char-lstm", "LSTM") { LSTM($0, $1, using: &$2) },
    characters("train-char-gru", "GRU") { GRU($0, $1, using: &$2) },
    Workload(
      name: "train-bilstm-tagger", summary: "emb 5000x100, BiLSTM 128, 9 tags, batch 32, T 40, Adam",
      sizes: [("batch", 32), ("time", 40), ("units", 128)]
    ) { sizes in
      var random = Philox(seed: 0)
      let units = sizes["units"]
      let layer = Bidirectional(LSTM(100, units, using: &random), LSTM(100, units, using: &random))
      let model = Sequential([Embedding(5000, 100, using: &random), layer, Linear(2 * units, 9, using: &random)])
      return sequenceStep(
        model, Adam(learningRate: 1e-3), [sizes["batch"], sizes["time"]], words: 5000, classes: 9, &random)
    },
    Workload(
      name: "train-ctc-loss", summary: "log-softmax + CTC alone, T 100, batch 32, 60 classes, 20 labels",
      sizes: [("batch", 32), ("time", 100), ("classes", 60), ("labels", 20)]
    ) { sizes in
      var random = Philox(seed: 0)
      let (batch, classes) = (sizes["batch"], sizes["classes"])
      let logits = Logits(value: Parameter(.normal([batch, sizes["time"], classes], using: &random)))
      let labels = NDArray(
        (0..<batch * sizes["labels"]).map { _ in Int32.random(in: 1..<Int32(classes), using: &random) },
        shape: [batch, sizes["labels"]])
      let ctc = Loss.ctc
      return trainingStep(logits, SGD(learningRate: 0)) { ctc(logits.value.tensor, labels) }
    },
    Workload(
      name: "train-dcgru", summary: "DCGRU 207 nodes (4% edges), 64 units, K 2, 2 supports, batch 16, T 12, Adam",
      sizes: [("batch", 16), ("time", 12), ("units", 64), ("nodes", 207)]
    ) { sizes in
      var random = Philox(seed: 0)
      let nodes = sizes["nodes"]
      let shape: Shape = [sizes["batch"], sizes["time"], nodes]
      let weights = NDArray.uniform([nodes * nodes], in: 0...1, using: &random).elements(as: Float.self)
      let isEdge = NDArray.uniform([nodes * nodes], in: 0...1, using: &random).elements(as: Float.self)
      let edges = weights.indices.filter { isEdge[$0] < 0.04 }.map { ($0 / nodes, $0 % nodes, weights[$0]) }
      let graph = SparseMatrix(
        rowCount: nodes, columnCount: nodes, entries: edges + (0..<nodes).map { ($0, $0, 1) })
      let model = Sequential([
        DCGRU(2, sizes["units"], on: graph, steps: 2, using: &random), Linear(sizes["units"], 1, using: &random),
      ])
      let x = NDArray.normal(shape.inserting(2, at: 3), using: &random)
      let y = NDArray.normal(shape.inserting(1, at: 3), using: &random)
      let loss = Loss.meanAbsoluteError
      return trainingStep(model, Adam(learningRate: 1e-3)) { loss(model(Tensor(x)), y) }
    },
    transformer("train-gpt", words: 65, features: 128, time: 128, isCausal: true),
    transformer("train-bert", words: 4000, features: 256, time: 64, isCausal: false),
  ]

  /// A transformer of 4 layers and 4 heads on 16 sequences.
  private static func transformer(
    _ name: String, words: Int, features: Int, time: Int, isCausal: Bool
  ) -> Workload {
    Workload(
      name: name,
      summary:
        "4 layers, d \(features), 4 heads, vocab \(words), batch 16, T \(time)\(isCausal ? ", causal" : ""), AdamW",
      sizes: [("batch", 16), ("time", time)]
    ) { sizes in
      var random = Philox(seed: 0)
      let model = GPT(
        vocabulary: words, context: sizes["time"], features: features, heads: 4, layers: 4, isCausal: isCausal,
        using: &random)
      return sequenceStep(
        model, AdamW(learningRate: 1e-3), [sizes["batch"], sizes["time"]], words: words, classes: words, &random)
    }
  }

  /// A transformer reads a whole context.
  static let reading = Workload(
    name: "infer-gpt-b1", summary: "4 layers, d 128, T 128, batch 1", sizes: [("batch", 1), ("time", 128)]
  ) { sizes in
    var random = Philox(seed: 0)
    let model = GPT(vocabulary: 65, context: sizes["time"], features: 128, heads: 4, layers: 4, using: &random)
    let x = NDArray.zeros([sizes["batch"], sizes["time"]], dtype: .int32)
    return { _ = model(x) }
  }

  /// A network that writes one character: its state goes on from call to call.
  static let writing = Workload(
    name: "infer-char-lstm-step", summary: "2-layer LSTM 256, batch 1, T 1 (one generated character)",
    sizes: [("batch", 1), ("units", 256)]
  ) { sizes in
    var random = Philox(seed: 0)
    let units = sizes["units"]
    let embedding = Embedding(65, 64, using: &random)
    let layers = Stacked([LSTM(64, units, using: &random), LSTM(units, units, using: &random)])
    let output = Linear(units, 65, using: &random)
    let character = NDArray.zeros([sizes["batch"]], dtype: .int32)
    var state: RecurrentState?
    return { _ = output(layers.step(embedding(Tensor(character)), &state)) }
  }

  /// Numbers that a loss alone is trained on.
  private struct Logits: Module {
    let value: Parameter
    var members: Members { ["value": value] }
  }

  private static func characters(
    _ name: String, _ kind: String, _ layer: @escaping @Sendable (Int, Int, inout Philox) -> any RecurrentLayer
  ) -> Workload {
    Workload(
      name: name, summary: "2-layer \(kind), hidden 256, batch 32, T 64, vocab 65, emb 64, Adam",
      sizes: [("batch", 32), ("time", 64), ("units", 256)]
    ) { sizes in
      var random = Philox(seed: 0)
      let units = sizes["units"]
      let embedding = Embedding(65, 64, using: &random)
      let layers = Stacked([layer(64, units, &random), layer(units, units, &random)])
      let model = Sequential([embedding, layers, Linear(units, 65, using: &random)])
      return sequenceStep(
        model, Adam(learningRate: 2e-3), [sizes["batch"], sizes["time"]], words: 65, classes: 65, &random)
    }
  }

  private static func sequenceStep(
    _ model: any Layer, _ optimizer: any Optimizer, _ shape: Shape, words: Int, classes: Int, _ random: inout Philox
  ) -> () -> Void {
    func numbers(_ count: Int) -> NDArray {
      NDArray((0..<shape.count).map { _ in Int32.random(in: 0..<Int32(count), using: &random) }, shape: shape)
    }
    let (x, labels) = (numbers(words), numbers(classes))
    let crossEntropy = Loss.crossEntropy
    return trainingStep(model, optimizer) { crossEntropy(model(Tensor(x)), labels) }
  }
}

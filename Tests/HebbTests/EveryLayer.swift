import Hebb

/// A small network with every layer and activation that there is: pictures in one branch, as a
/// graph's nodes over time in another, words in two others, joined.
struct EveryLayer: Module {
  let pictures: Sequential
  let words: Sequential
  let memory: Sequential
  let graph: Sequential
  let joined: Sequential

  var members: Members {
    ["pictures": pictures, "words": words, "memory": memory, "graph": graph, "joined": joined]
  }

  init(using random: inout Philox) {
    let block = Residual {
      Conv2D(16, 16, kernel: 3, padding: 1, bias: false, using: &random)
      GroupNorm(groups: 4, 16)
      SiLU()
      Conv2D(16, 16, kernel: 3, padding: 1, groups: 16, using: &random)
    } shortcut: {
      Conv2D(16, 16, kernel: 1, using: &random)
    }
    pictures = Sequential {
      Conv2D(1, 16, kernel: 5, padding: .same, initializer: .heNormal, using: &random)
      BatchNorm(16)
      ReLU()
      block
      MaxPool2D(2)
      LeakyReLU()
      Conv2D(16, 24, kernel: 3, stride: 2, padding: 1, dilation: 2, groups: 2, using: &random)
      PReLU(24)
      ConvTranspose2D(24, 6, kernel: 4, stride: 2, padding: 1, using: &random)
      ELU()
      AveragePool2D(3, stride: 1, padding: 1)
      AdaptiveAveragePool2D(4)
      SELU()
      AdaptiveMaxPool2D(3)
      Conv2D(6, 32, kernel: 3, padding: 1, initializer: .orthogonal(), using: &random)
      GELU()
      GlobalAveragePool2D()
    }
    let encoder = TransformerEncoder([
      TransformerBlock(16, heads: 2, isCausal: true, rotaryBase: 100, dropout: 0.1, using: &random),
      TransformerBlock(16, heads: 2, normalization: .after, activation: .relu, attentionDropout: 0.1, using: &random),
    ])
    words = Sequential {
      Embedding(11, 12, using: &random)
      Conv1D(12, 16, kernel: 3, padding: 1, using: &random)
      LayerNorm(16)
      GELUTanh()
      LearnedPositions(12, 16, using: &random)
      encoder
      SinusoidalPositions()
      MultiHeadAttention(16, heads: 4, using: &random)
      FeedForward(16, hidden: 20, activation: .geluTanh, using: &random)
      CausalConv1D(16, 12, kernel: 2, using: &random)
      TemporalBlock(12, 16, kernel: 3, dilation: 2, dropout: 0.1, using: &random)
      MaxPool1D(2)
      Conv1D(16, 10, kernel: 3, padding: 1, using: &random)
      Softplus()
      AveragePool1D(2)
      Reshape(3, 5, 2)
      GlobalMaxPool2D()
      HardSigmoid()
    }
    memory = Sequential {
      Embedding(11, 12, using: &random)
      VariationalDropout(0.2)
      Stacked(
        [
          Bidirectional(LSTM(12, 7, using: &random), GRU(12, 9, using: &random)), PeepholeLSTM(16, 18, using: &random),
        ], dropout: 0.1)
      ProjectedLSTM(18, 20, outputs: 6, using: &random)
      Bidirectional(RNN(6, 16, using: &random), ReLURNN(6, 16, using: &random), joining: .adding)
      Residual {
        FinalState(GRU(16, 8, using: &random))
      } shortcut: {
        Residual {
          GlobalAveragePool1D()
        } shortcut: {
          GlobalMaxPool1D()
        }
        Linear(16, 8, using: &random)
      }
      Residual {
        Reshape(1, 8)
        LastStep()
      }
    }
    let ring = SparseMatrix(
      edges: (0..<24).map { ($0 % 12, ($0 % 12 + $0 / 12 + 1) % 12) }, weights: (0..<24).map { 1 / Float($0 + 1) },
      nodes: 12)
    graph = Sequential {
      DCGRU(1, 5, on: ring, using: &random)
      GraphGRU(5, 4, on: ring, using: &random)
      DiffusionConvolution(4, 3, on: ring, using: &random)
      GraphConvolution(3, 2, on: ring, using: &random)
      GlobalAveragePool2D()
    }
    joined = Sequential {
      Linear(44, 24, initializer: .xavierUniform, using: &random)
      Tanh()
      Dropout(0.3)
      Maxout(pieces: 2)
      Linear(12, 9, initializer: .leCunNormal, using: &random)
      Sigmoid()
      Reshape(9, 1, 1)
      Flatten()
      LogSoftmax()
      Linear(9, 5, using: &random)
      Softmax()
      Linear(5, 4, using: &random)
    }
  }

  /// - Shapes: pictures `[batch, 12, 12, 1]` and words `[batch, 12]` → logits `[batch, 4]`.
  func callAsFunction(_ x: NDArray, _ numbers: NDArray) -> Tensor {
    joined(
      .concatenated(
        [pictures(Tensor(x)), words(Tensor(numbers)), memory(Tensor(numbers)), graph(Tensor(x))], axis: 1))
  }

  /// Twenty steps on random samples; the network afterwards.
  static func trained(steps: Int = 20) -> EveryLayer {
    var random = Philox(seed: 5)
    let model = EveryLayer(using: &random)
    let x = NDArray.normal([6, 12, 12, 1], using: &random)
    let numbers = NDArray((0..<72).map { Int32($0 * 7 % 11) }, shape: [6, 12])
    let labels = NDArray((0..<6).map { Int32($0 % 4) })
    var updater = Updater(AdamW(learningRate: 1e-2, weightDecay: 1e-2), for: model)
    let loss = Loss.crossEntropy
    for step in 0..<steps {
      let (_, gradients) = Pass.training(seed: 6, step: step) { valueAndGradients { loss(model(x, numbers), labels) } }
      updater.update(gradients)
    }
    return model
  }
}

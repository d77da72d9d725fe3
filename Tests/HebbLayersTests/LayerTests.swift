import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct LayerTests {
  static let cases: [LayerCase] = [
    .init([5, 7], [5, 3]) { Linear(7, 3, using: &$0) },
    .init([300, 2, 70], [300, 2, 90]) { Linear(70, 90, bias: false, using: &$0) },
    .init([2, 9, 4], [2, 5, 6]) { Conv1D(4, 6, kernel: 3, stride: 2, padding: 1, groups: 2, using: &$0) },
    .init([2, 5, 6, 4], [2, 3, 6, 3]) {
      Conv2D(4, 3, kernel: 3, stride: Pair(2, 1), padding: 1, using: &$0)
    },
    .init([3, 20, 21, 17], [3, 20, 21, 33]) { Conv2D(17, 33, kernel: 3, padding: .same, bias: false, using: &$0) },
    .init([2, 6, 7, 5], [2, 6, 7, 5]) { Conv2D.depthwise(5, kernel: 3, padding: .same, using: &$0) },
    .init([2, 3, 4, 5], [2, 6, 8, 3]) {
      ConvTranspose2D(5, 3, kernel: 3, stride: 2, padding: 1, outputPadding: 1, using: &$0)
    },
    .init([2, 5, 7, 3], [2, 3, 4, 3]) { _ in MaxPool2D(3, stride: 2, padding: 1) },
    .init([2, 5, 7, 3], [2, 2, 3, 3]) { _ in AveragePool2D(2) },
    .init([2, 9, 3], [2, 4, 3]) { _ in MaxPool1D(2) },
    .init([2, 9, 3], [2, 5, 3]) { _ in AveragePool1D(3, stride: 2, padding: 1) },
    .init([2, 5, 7, 3], [2, 2, 3, 3]) { _ in AdaptiveMaxPool2D(Pair(2, 3)) },
    .init([2, 5, 7, 3], [2, 2, 3, 3]) { _ in AdaptiveAveragePool2D(Pair(2, 3)) },
    .init([2, 5, 7, 3], [2, 3]) { _ in GlobalMaxPool2D() },
    .init([2, 5, 7, 3], [2, 3]) { _ in GlobalAveragePool2D() },
    .init([2, 9, 3], [2, 3]) { _ in GlobalMaxPool1D() },
    .init([2, 9, 3], [2, 3]) { _ in GlobalAveragePool1D() },
    .init([2, 5, 7, 3], [2, 105]) { _ in Flatten() },
    .init([2, 12], [2, 2, 3, 2]) { _ in Reshape(2, -1, 2) },
    .init([4, 5, 6], [4, 5, 6]) { _ in Dropout(0.3) },
    .init([2, 5, 7, 3], [2, 5, 7, 3]) { _ in BatchNorm(3) },
    .init([9, 4], [9, 4]) { _ in BatchNorm(4) },
    .init([90, 10, 10, 40], [90, 10, 10, 40]) { _ in BatchNorm(40) },
    .init([3, 4, 6], [3, 4, 6]) { _ in LayerNorm(6) },
    .init([2, 5, 3, 6], [2, 5, 3, 6]) { _ in GroupNorm(groups: 3, 6) },
    .init([3, 5, 4], [3, 5, 6]) { RNN(4, 6, using: &$0) },
    .init([3, 5, 4], [3, 5, 6]) { ReLURNN(4, 6, using: &$0) },
    .init([3, 5, 4], [3, 5, 6]) { LSTM(4, 6, using: &$0) },
    .init([33, 20, 20], [33, 20, 40]) { LSTM(20, 40, using: &$0) },
    .init([3, 5, 4], [3, 5, 6]) { PeepholeLSTM(4, 6, using: &$0) },
    .init([3, 5, 4], [3, 5, 3]) { ProjectedLSTM(4, 6, outputs: 3, using: &$0) },
    .init([3, 5, 4], [3, 5, 6]) { GRU(4, 6, using: &$0) },
    .init([3, 5, 4], [3, 5, 9]) { Bidirectional(LSTM(4, 6, using: &$0), RNN(4, 3, using: &$0)) },
    .init([3, 5, 4], [3, 5, 6]) { Bidirectional(GRU(4, 6, using: &$0), GRU(4, 6, using: &$0), joining: .adding) },
    .init([3, 5, 4], [3, 5, 6]) { Stacked([GRU(4, 5, using: &$0), LSTM(5, 6, using: &$0)], dropout: 0.3) },
    .init([3, 5, 4], [3, 7]) { FinalState(Bidirectional(GRU(4, 5, using: &$0), LSTM(4, 2, using: &$0))) },
    .init([3, 5, 4], [3, 4]) { _ in LastStep() },
    .init([3, 5, 4], [3, 5, 4]) { _ in VariationalDropout(0.3) },
    .init([3, 5, 8], [3, 5, 8]) { MultiHeadAttention(8, heads: 2, using: &$0) },
    .init([2, 5, 8], [2, 5, 8]) { MultiHeadAttention(8, heads: 2, isCausal: true, rotaryBase: 100, using: &$0) },
    .init([3, 130, 12], [3, 130, 12]) { MultiHeadAttention(12, heads: 3, isCausal: true, dropout: 0.2, using: &$0) },
    .init([3, 5, 8], [3, 5, 8]) { FeedForward(8, hidden: 7, activation: .geluTanh, using: &$0) },
    .init([3, 5, 8], [3, 5, 8]) { TransformerBlock(8, heads: 2, isCausal: true, dropout: 0.2, using: &$0) },
    .init([3, 5, 8], [3, 5, 8]) {
      TransformerEncoder([
        TransformerBlock(8, heads: 2, using: &$0),
        TransformerBlock(8, heads: 4, normalization: .after, activation: .relu, using: &$0),
      ])
    },
    .init([3, 5, 4], [3, 5, 4]) { _ in SinusoidalPositions() },
    .init([3, 5, 4], [3, 5, 4]) { LearnedPositions(6, 4, using: &$0) },
    .init([3, 9, 4], [3, 9, 6]) { CausalConv1D(4, 6, kernel: 3, dilation: 2, using: &$0) },
    .init([3, 9, 4], [3, 9, 6]) { TemporalBlock(4, 6, kernel: 2, dilation: 3, dropout: 0.2, using: &$0) },
    .init([2, 3], [2, 3, 4], numbers: 5) { Embedding(5, 4, using: &$0) },
    .init([2, 3], [2, 3, 4], numbers: 5) { Embedding(5, 4, padding: 2, using: &$0) },
    .init([2, 6, 4], [2, 6, 3]) { GraphConvolution(4, 3, on: .sample, using: &$0) },
    .init([2, 6, 3], [2, 6, 5]) { GraphConvolution(3, 5, on: .sample, bias: false, using: &$0) },
    .init([2, 6, 4], [2, 6, 3]) { DiffusionConvolution(4, 3, on: .sample, steps: 3, using: &$0) },
    .init([2, 3, 6, 4], [2, 3, 6, 5]) { DCGRU(4, 5, on: .sample, using: &$0) },
    .init([2, 3, 6, 4], [2, 3, 6, 5]) { GraphGRU(4, 5, on: .sample, using: &$0) },
    .init([2, 3, 6, 2], [2, 3, 6, 7]) {
      Bidirectional(DCGRU(2, 3, on: .sample, using: &$0), GraphGRU(2, 4, on: .sample, using: &$0))
    },
    .init([3, 5], [3, 5]) { _ in ReLU() },
    .init([3, 5], [3, 5]) { _ in LeakyReLU() },
    .init([3, 5], [3, 5]) { _ in PReLU(5) },
    .init([3, 5], [3, 5]) { _ in PReLU() },
    .init([3, 5], [3, 5]) { _ in ELU() },
    .init([3, 5], [3, 5]) { _ in SELU() },
    .init([3, 5], [3, 5]) { _ in GELU() },
    .init([3, 5], [3, 5]) { _ in GELUTanh() },
    .init([3, 5], [3, 5]) { _ in SiLU() },
    .init([3, 5], [3, 5]) { _ in Sigmoid() },
    .init([3, 5], [3, 5]) { _ in HardSigmoid() },
    .init([3, 5], [3, 5]) { _ in Tanh() },
    .init([3, 5], [3, 5]) { _ in Softplus() },
    .init([3, 5], [3, 5]) { _ in Softmax() },
    .init([3, 5], [3, 5]) { _ in LogSoftmax() },
    .init([3, 6], [3, 2]) { _ in Maxout(pieces: 3) },
    .init([2, 5, 6, 4], [2, 5, 6, 4]) { random in
      Residual {
        Conv2D(4, 4, kernel: 3, padding: 1, bias: false, using: &random)
        BatchNorm(4)
        ReLU()
        Conv2D(4, 4, kernel: 3, padding: 1, using: &random)
      }
    },
    .init([4, 6, 6, 3], [4, 2]) { random in
      Sequential {
        Conv2D(3, 8, kernel: 3, using: &random)
        BatchNorm(8)
        ReLU()
        Residual {
          Conv2D(8, 5, kernel: 3, stride: 2, padding: 1, bias: false, using: &random)
          BatchNorm(5)
        } shortcut: {
          Conv2D(8, 5, kernel: 1, stride: 2, using: &random)
        }
        ReLU()
        Flatten()
        Linear(20, 2, using: &random)
        BatchNorm(2)
      }
    },
  ]

  @Test(arguments: cases) func keepsItsContract(_ row: LayerCase) throws { try checkLayer(row) }
}

extension SparseMatrix {
  /// Six nodes, of which one has no edges.
  static let sample = SparseMatrix(
    edges: [(0, 1), (1, 2), (2, 0), (2, 2), (3, 1), (4, 3), (0, 4)], weights: [1, 0.5, 2, 1, 0.25, 1, 3], nodes: 6)
}

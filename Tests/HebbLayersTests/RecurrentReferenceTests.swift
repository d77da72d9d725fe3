import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// What PyTorch gave for recurrent layers: `Reference/recurrent.safetensors`, made by the script beside it.
private let recurrentReference = Reference("HebbLayersTests/Reference/recurrent")

struct RecurrentCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// Whether the file has our names, since PyTorch has no such layer: the script writes the equations out.
  let ownNames: Bool
  let make: @Sendable (inout Philox) -> any RecurrentLayer
  var testDescription: String { name }

  init(_ name: String, ownNames: Bool = false, _ make: @escaping @Sendable (inout Philox) -> any RecurrentLayer) {
    (self.name, self.ownNames, self.make) = (name, ownNames, make)
  }
}

@Suite struct RecurrentReferenceTests {
  static let cases: [RecurrentCase] = [
    .init("rnn") { RNN(3, 5, using: &$0) },
    .init("reluRNN") { ReLURNN(3, 5, using: &$0) },
    .init("lstm") { LSTM(3, 5, using: &$0) },
    .init("gru") { GRU(3, 5, using: &$0) },
    .init("projectedLSTM") { ProjectedLSTM(3, 6, outputs: 2, using: &$0) },
    .init("peepholeLSTM", ownNames: true) { PeepholeLSTM(3, 5, using: &$0) },
    .init("peepholeLSTMLengths", ownNames: true) { PeepholeLSTM(3, 5, using: &$0) },
    .init("lstmLengths") { LSTM(3, 5, using: &$0) },
    .init("bidirectional") { Bidirectional(LSTM(3, 4, using: &$0), LSTM(3, 4, using: &$0)) },
    .init("bidirectionalLengths") { Bidirectional(GRU(3, 4, using: &$0), GRU(3, 4, using: &$0)) },
    .init("stacked") { Stacked([LSTM(3, 4, using: &$0), LSTM(4, 4, using: &$0)]) },
    .init("stackedBidirectional") {
      Stacked([
        Bidirectional(GRU(3, 4, using: &$0), GRU(3, 4, using: &$0)),
        Bidirectional(GRU(8, 4, using: &$0), GRU(8, 4, using: &$0)),
      ])
    },
  ]

  @Test(arguments: cases, [DType.float64, .float32])
  func agreesWithPyTorch(_ row: RecurrentCase, _ dtype: DType) throws {
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    func array(_ name: String) -> NDArray? { recurrentReference.array("\(row.name).\(name)") }
    func holding(_ kind: String) throws -> any RecurrentLayer {
      var random = Philox(seed: 1)
      let layer = row.make(&random)
      layer.cast(to: dtype)
      let values = recurrentReference.values(under: "\(row.name).\(kind).")
      if row.ownNames {
        try layer.load(values.mapValues { $0.cast(to: dtype) })
      } else {
        try layer.load(pyTorch: values)
      }
      return layer
    }
    let (layer, expected) = (try holding("value"), try holding("gradient"))
    let lengths = array("lengths").map { $0.elements(as: Int32.self).map(Int.init) }
    let kinds = array("c0") == nil ? ["h"] : ["h", "c"]
    let levels = try #require(array("h0")).shape[0]
    // PyTorch's states are one array of all layers; ours are one tensor for each.
    func parts(_ suffix: String, _ prefix: String = "") throws -> [NDArray] {
      try (0..<levels).flatMap { level in
        try kinds.map { try #require(array(prefix + $0 + suffix)).row(level).cast(to: dtype) }
      }
    }
    let inputs = [try #require(array("x")).cast(to: dtype)] + (try parts("0"))
    let upstream = [try #require(array("dy")).cast(to: dtype)] + (try parts("", "d"))
    var found: [NDArray] = []
    func loss(_ tensors: [Tensor]) -> Tensor {
      let (y, state) = layer.run(tensors[0], from: RecurrentState(Array(tensors.dropFirst())), lengths: lengths)
      let results = [y] + state.tensors
      found = results.map(\.value)
      return zip(results, upstream).map { ($0 * Tensor($1)).sum() }.reduce(Tensor(.zeros([], dtype: dtype)), +)
    }
    let (_, inputGradients, gradients) = valueAndGradients(at: inputs, loss)
    let truth = [try #require(array("y"))] + (try parts(""))
    let gradientTruth = [try #require(array("dx"))] + (try parts("0", "d"))
    for (index, pair) in zip(found, truth).enumerated() { expectClose(pair.0, pair.1, tolerance, "result \(index)") }
    for (index, pair) in zip(inputGradients, gradientTruth).enumerated() {
      expectClose(pair.0, pair.1, tolerance, "gradient of input \(index)")
    }
    for (ours, theirs) in zip(layer.namedParameters, expected.namedParameters) {
      let gradient = try #require(gradients[ours.parameter], "\(ours.name)")
      expectClose(gradient, theirs.parameter.value, tolerance, ours.name)
    }
  }

  @Test func weightsOfAnotherSizeAreRefused() throws {
    var random = Philox(seed: 1)
    let layer = LSTM(3, 4, using: &random)
    #expect(throws: ValueError.shape("weight_ih_l0", found: [3, 20], expected: [3, 16])) {
      try layer.load(pyTorch: recurrentReference.values(under: "lstm.value."))
    }
  }
}

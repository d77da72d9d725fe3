import Hebb

/// A forecast for every node of a graph: a linear one from the node's own last values, and what a recurrent network over the
/// graph adds to it.
///
///     y = z W + b + body([z, …, e])
///
/// z are the node's values, e is a learned vector of the node: what is its own.
///
/// - Input: `[batch, window, nodes, features]`, the first feature is z
/// - Output: `[batch, horizon, nodes, 1]`
struct TrafficNetwork: Layer {
  let embedding: Parameter?  // e [nodes, size]
  let linear: Linear  // W [window, horizon]
  let body: any Layer
  /// How much of the body's input is dropped in training.
  let dropout: Double

  var members: Members { ["embedding": embedding, "linear": linear, "body": body] }
  var window: Window? { nil }
  var description: String { "TrafficNetwork(\(body))" }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let (batch, window, nodes) = (x.shape[0], x.shape[1], x.shape[2])
    let z = x.sliced(axis: 3, from: 0, to: 1).reshaped([batch, window, nodes]).transposed([0, 2, 1])
    let y = linear(z).transposed([0, 2, 1]).expanded(at: 3)
    guard let embedding else { return y + body(x) }
    let e = embedding.tensor.dropped(probability: dropout)
    let own = e.reshaped([1, 1, nodes, e.shape[1]]).broadcast(to: [batch, window, nodes, e.shape[1]])
    return y + body(.concatenated([x, own], axis: 3))
  }
}

extension TrafficNetwork {
  /// What the tensors of a network are as large as.
  struct Sizes {
    var window: Int, horizon: Int
    /// Of the body, with the numbers that are a node's own.
    var features: Int
    var units: Int, layers: Int, walk: Int
  }

  init(
    _ kind: String, _ sizes: Sizes, on graph: SparseMatrix, embedding: Int, dropout: Double, using random: inout Philox
  ) {
    let nodes = graph.rowCount
    self.embedding =
      embedding > 0
      ? Parameter(.normal([nodes, embedding], standardDeviation: 0.3, using: &random), role: .weight) : nil
    linear = Linear(sizes.window, sizes.horizon, initializer: .zeros, using: &random)
    linear.bias?.value = .zeros([sizes.horizon])
    if kind == "tgcn" {
      body = TGCN(on: graph, inputs: sizes.features, units: sizes.units, horizon: sizes.horizon, using: &random)
    } else {
      body = DCRNN(
        on: graph, inputs: sizes.features, units: sizes.units, layers: sizes.layers, walk: sizes.walk,
        horizon: sizes.horizon, samplingDecay: nil, using: &random)
    }
    self.dropout = dropout
  }

  /// Lets the linear part begin as the best forecast from the last value alone.
  ///
  /// - Parameter likeness: for each step ahead how much of the last value is left.
  func begin(as likeness: [Float]) {
    let window = linear.weight.shape[0]
    linear.weight.value = NDArray(
      [Float](repeating: 0, count: (window - 1) * likeness.count) + likeness, shape: [window, likeness.count])
  }
}

extension TrafficNetwork.Sizes {
  /// The sizes of a network in a file, checked so far that no tensor becomes larger than those of the file.
  init(_ file: TaskFile, kind: String, features: Int) throws(DataError) {
    let linear = try file.shape("traffic.linear.weight", rank: 2)
    let isDense = kind == "tgcn"
    let layer = isDense ? "traffic.body.encoder" : "traffic.body.encoder.0"
    let gates = try file.shape("\(layer).gateWeight", rank: 2)
    let units = try file.shape("\(layer).candidateBias", rank: 1)[0]
    let terms = gates[0] / (features + units)
    let layers = isDense ? 1 : file.count(of: "traffic.body.encoder")
    guard gates[0] == terms * (features + units), gates[1] == 2 * units,
      isDense ? terms == 1 : terms >= 3 && terms % 2 == 1
    else { throw file.damaged("the tensor “\(layer).gateWeight” is \(gates) for \(units) units") }
    self.init(
      window: linear[0], horizon: linear[1], features: features, units: units, layers: layers,
      walk: max(1, (terms - 1) / 2))
  }
}

import HebbArrays
import HebbLayers

extension LayerKind {
  /// Layers of sequences `[time, features]`.
  static let recurrent = [
    cell("rnn", gates: 1, "plain recurrent layer with tanh") { RNN($0, $1, using: &$2) },
    cell("relu-rnn", gates: 1, "plain recurrent layer with ReLU") { ReLURNN($0, $1, using: &$2) },
    cell("lstm", gates: 4, "long short-term memory") { LSTM($0, $1, using: &$2) },
    cell("peephole-lstm", gates: 4, "long short-term memory whose gates see the memory") {
      PeepholeLSTM($0, $1, using: &$2)
    },
    cell("gru", gates: 3, "gated recurrent unit") { GRU($0, $1, using: &$2) },
    LayerKind(
      "projected-lstm", "projected-lstm: {units: 512, outputs: 128}", "long short-term memory with fewer outputs"
    ) { (context) throws(DataError) in
      let settings = try context.settings(["units", "outputs"])
      let (units, outputs) = (
        try settings.required("units").integer(in: 1...1 << 16),
        try settings.required("outputs").integer(in: 1...1 << 16)
      )
      let features = try context.recurrentInput(units, gates: 4)
      return ProjectedLSTM(features, units, outputs: outputs, using: &context.random)
    },
    LayerKind(
      "bidirectional", "bidirectional: [lstm: 128]",
      "a recurrent layer from either end of the sequence; {layer: …, joining: add} adds their outputs"
    ) { (context) throws(DataError) in
      let isPlain = if case .list = context.argument.value { true } else { false }
      let settings = isPlain ? nil : try context.settings(["layer", "joining"])
      let node = try settings?.required("layer") ?? context.argument
      let joining =
        try settings?["joining"]?.choice(
          [("concatenate", Bidirectional.Joining.concatenating), ("add", .adding)], of: "joining") ?? .concatenating
      let forward = try context.recurrentLayer(node)
      return Bidirectional(forward, try context.recurrentLayer(node), joining: joining)
    },
    LayerKind("final-state", "final-state: [gru: 64]", "what a recurrent layer knows at the end: one row of numbers") {
      (context) throws(DataError) in FinalState(try context.recurrentLayer(context.argument))
    },
    LayerKind("last-step", nil, "the last step of a sequence") { (context) throws(DataError) in
      try context.nothing()
      _ = try context.sequence()
      return LastStep()
    },
    LayerKind(
      "variational-dropout", "variational-dropout: 0.3", "zeroes the same features at every step while training"
    ) {
      (context) throws(DataError) in
      let share = try context.settings(["probability"])["probability"]?.number(in: 0...0.99) ?? 0.5
      _ = try context.sequence()
      return VariationalDropout(share)
    },
  ]

  private static func cell(
    _ name: String, gates: Int, _ summary: String,
    _ make: @escaping @Sendable (Int, Int, inout Philox) -> any RecurrentLayer
  ) -> LayerKind {
    LayerKind(name, "\(name): 128", summary) { (context) throws(DataError) in
      let units = try context.units(context.settings(["units"]).required("units"))
      let features = try context.recurrentInput(units, gates: gates)
      return make(features, units, &context.random)
    }
  }
}

extension LayerContext {
  /// The features that come in, for a layer of so many units with so many gates.
  fileprivate func recurrentInput(_ units: Int, gates: Int) throws(DataError) -> Int {
    let (time, features) = try sequence()
    guard time > 0 else {
      throw node.failure("\(name) needs sequences of one step at least", advice: "make them longer")
    }
    try check(weights: [features + units, gates, units], output: [time, gates, units])
    return features
  }

  /// The one recurrent layer that a node declares.
  fileprivate mutating func recurrentLayer(_ declaration: SpecNode) throws(DataError) -> any RecurrentLayer {
    let layers = try nested(declaration).model.layers
    guard layers.count == 1, let layer = layers[0] as? any RecurrentLayer else {
      throw declaration.failure("\(name) takes one recurrent layer", advice: "write \(name): [lstm: 64], say")
    }
    return layer
  }
}

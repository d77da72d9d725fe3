import HebbArrays
import HebbLayers

extension LayerKind {
  /// Attention over sequences `[time, features]`, positions, and convolutions that see no later step.
  static let attention = [
    LayerKind("attention", "attention: {heads: 4, causal: true}", "each step becomes a weighted mean over all steps") {
      (context) throws(DataError) in
      let settings = try context.settings(["heads", "causal", "dropout"])
      let features = try context.attentionInput(blocks: 1, hidden: 0)
      let heads = try context.heads(settings.required("heads"), of: features)
      return MultiHeadAttention(
        features, heads: heads, isCausal: try settings["causal"]?.flag() ?? false,
        dropout: try settings["dropout"]?.number(in: 0...0.99) ?? 0, using: &context.random)
    },
    LayerKind(
      "transformer", "transformer: {heads: 4, blocks: 2, hidden: 256, causal: true, dropout: 0.1}",
      "blocks of attention and two layers; also {normalization: after, activation: relu}"
    ) { (context) throws(DataError) in
      let settings = try context.settings([
        "heads", "blocks", "hidden", "causal", "normalization", "activation", "dropout",
      ])
      let count = try settings["blocks"]?.integer(in: 1...1 << 10) ?? 1
      let hidden = try settings["hidden"]?.integer(in: 1...1 << 20) ?? 4 * context.input.innermost
      let features = try context.attentionInput(blocks: count, hidden: hidden)
      let heads = try context.heads(settings.required("heads"), of: features)
      let (isCausal, dropout) = (
        try settings["causal"]?.flag() ?? false, try settings["dropout"]?.number(in: 0...0.99) ?? 0
      )
      let normalization =
        try settings["normalization"]?.choice(
          [("before", TransformerNormalization.before), ("after", .after)], of: "normalization") ?? .before
      let activation =
        try settings["activation"]?.choice(
          [("gelu", FeedForward.Activation.gelu), ("gelu-tanh", .geluTanh), ("relu", .relu)], of: "activation")
        ?? .gelu
      var blocks: [TransformerBlock] = []
      for _ in 0..<count {
        blocks.append(
          TransformerBlock(
            features, heads: heads, hidden: hidden, isCausal: isCausal, normalization: normalization,
            activation: activation, dropout: dropout, attentionDropout: dropout, using: &context.random))
      }
      return TransformerEncoder(blocks)
    },
    LayerKind("sinusoidal-positions", nil, "adds waves that tell each step its place") {
      (context) throws(DataError) in
      try context.nothing()
      _ = try context.sequence()
      return SinusoidalPositions()
    },
    LayerKind("learned-positions", nil, "adds a learned row of features to each step") {
      (context) throws(DataError) in
      try context.nothing()
      let (time, features) = try context.sequence()
      guard time > 0 else { throw context.node.failure("there is no step", advice: "make the sequences longer") }
      try context.check(weights: [time, features], output: [time, features])
      return LearnedPositions(time, features, using: &context.random)
    },
    LayerKind(
      "causal-conv1d", "causal-conv1d: {filters: 32, kernel: 3, dilation: 2}", "a convolution that sees no later step"
    ) { (context) throws(DataError) in
      let settings = try context.settings(["filters", "kernel", "dilation", "groups"])
      let (filters, kernel, dilation, features) = try context.temporal(settings)
      let groups = try settings["groups"]?.integer(in: 1...1 << 20) ?? 1
      guard features % groups == 0, filters % groups == 0 else {
        throw context.node.failure(
          "\(groups) groups do not divide \(features) features and \(filters) filters", advice: "choose a divisor")
      }
      return CausalConv1D(features, filters, kernel: kernel, dilation: dilation, groups: groups, using: &context.random)
    },
    LayerKind(
      "temporal-block", "temporal-block: {filters: 32, kernel: 3, dilation: 2, dropout: 0.1}",
      "two causal convolutions and a way around them"
    ) { (context) throws(DataError) in
      let settings = try context.settings(["filters", "kernel", "dilation", "dropout"])
      let (filters, kernel, dilation, features) = try context.temporal(settings)
      return TemporalBlock(
        features, filters, kernel: kernel, dilation: dilation,
        dropout: try settings["dropout"]?.number(in: 0...0.99) ?? 0, using: &context.random)
    },
  ]
}

extension LayerContext {
  /// The features that come in, for so many blocks of attention.
  fileprivate func attentionInput(blocks: Int, hidden: Int) throws(DataError) -> Int {
    let (time, features) = try sequence()
    try check(weights: [blocks, features, 4 * features + 2 * hidden], output: [time, 3 * features + hidden])
    return features
  }

  fileprivate func heads(_ node: SpecNode, of features: Int) throws(DataError) -> Int {
    let heads = try node.integer(in: 1...1 << 16)
    guard features > 0, features % heads == 0 else {
      throw node.failure("\(heads) heads do not divide \(features) features", advice: "choose a divisor")
    }
    return heads
  }

  /// What causal convolutions have in common.
  fileprivate func temporal(
    _ settings: SpecSettings
  ) throws(DataError) -> (filters: Int, kernel: Int, dilation: Int, features: Int) {
    let (time, features) = try sequence()
    let filters = try settings.required("filters").integer(in: 1...1 << 20)
    let kernel = try settings.required("kernel").integer(in: 1...1 << 10)
    let dilation = try settings["dilation"]?.integer(in: 1...1 << 16) ?? 1
    try check(
      weights: [kernel, features + filters, filters], output: [time + (kernel - 1) * dilation, features + filters])
    guard time > 0 else { throw node.failure("there is no step", advice: "make the sequences longer") }
    return (filters, kernel, dilation, features)
  }
}

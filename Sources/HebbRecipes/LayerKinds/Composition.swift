import HebbArrays
import HebbLayers

extension LayerKind {
  /// Layers that are made of layers.
  static let composition = [
    LayerKind("residual", "residual: [conv: {…}, batch-norm, relu, …]", "y = x + layers(x); {layers: …, shortcut: …}") {
      (context) throws(DataError) in
      let isPlain = if case .entries = context.argument.value { false } else { true }
      let settings = isPlain ? nil : try context.settings(["layers", "shortcut"])
      let body = try context.nested(settings?.required("layers") ?? context.argument)
      let shortcut = try settings?["shortcut"].map { (node) throws(DataError) in try context.nested(node) }
      let around = shortcut?.output ?? context.input
      guard body.output == around else {
        throw context.node.failure(
          "the layers give \(body.output), the shortcut \(around): they cannot be added",
          advice: "make their sizes equal, or give a shortcut with a conv of its own")
      }
      return Residual(body.model, shortcut: shortcut?.model)
    },
    LayerKind(
      "repeat", "repeat: {times: 3, layers: […]}", "the same declaration several times, each with its own weights"
    ) {
      (context) throws(DataError) in
      let settings = try context.settings(["times", "layers"])
      let times = try settings.required("times").integer(in: 1...LayerSpec.limit)
      let layers = try LayerSpec.list(settings.required("layers"))
      guard layers.count * times <= LayerSpec.limit else {
        throw context.node.failure("more than \(LayerSpec.limit) layers", advice: "repeat less often")
      }
      let repeated = (0..<times).flatMap { _ in layers }
      let built = try NetworkBuilder.build(
        repeated, input: context.input, outputs: context.outputs, random: &context.random, budget: context.budget)
      return built.model
    },
  ]
}

extension LayerContext {
  mutating func nested(_ node: SpecNode) throws(DataError) -> BuiltNetwork {
    try NetworkBuilder.build(LayerSpec.list(node), input: input, outputs: outputs, random: &random, budget: budget)
  }
}

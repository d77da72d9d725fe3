import HebbArrays
import HebbLayers

extension LayerKind {
  static let fullyConnected = [
    LayerKind("linear", "linear: 128, linear: classes", "fully connected: y = x W + b") {
      (context) throws(DataError) in
      let settings = try context.settings(["units", "bias", "initializer"])
      let units = try context.units(settings.required("units"))
      let inputs = context.input.innermost
      let (bias, initializer) = (try settings["bias"]?.flag() ?? true, try Initializers.read(settings["initializer"]))
      try context.check(weights: [inputs, units], output: Array(context.input.dropLast()) + [units])
      return Linear(inputs, units, bias: bias, initializer: initializer, using: &context.random)
    },
    LayerKind(
      "embedding", "embedding: {count: 1000, features: 64}",
      "a learned row of features for each whole number below count; the first layer, with normalize: unit"
    ) { (context) throws(DataError) in
      let settings = try context.settings(["count", "features", "initializer", "padding"])
      let count = try settings.required("count").integer(in: 1...1 << 24)
      let features = try settings.required("features").integer(in: 1...1 << 16)
      guard context.isFirst else {
        throw context.node.failure(
          "embedding reads the numbers of words as they come in", advice: "make it the first layer")
      }
      try context.check(weights: [count, features], output: Array(context.input) + [features])
      let initializer = try Initializers.read(settings["initializer"], standard: .normal(1))
      let padding = try settings["padding"]?.integer(in: 0...count - 1)
      return Embedding(count, features, padding: padding, initializer: initializer, using: &context.random)
    },
  ]
}

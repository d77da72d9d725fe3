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
    }
  ]
}

/// Ways for weights to begin, by name.
enum Initializers {
  private static let all: [(name: String, choice: Initializer)] = [
    ("standard", .standard), ("he", .heNormal), ("he-uniform", .heUniform), ("xavier", .xavierUniform),
    ("xavier-normal", .xavierNormal), ("lecun", .leCunNormal), ("orthogonal", .orthogonal()), ("zeros", .zeros),
  ]

  static func read(_ node: SpecNode?) throws(DataError) -> Initializer {
    try node?.choice(all, of: "way for weights to begin") ?? .standard
  }
}

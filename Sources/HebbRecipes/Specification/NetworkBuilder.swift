import HebbArrays
import HebbLayers

/// Layers that were made of a declaration.
package struct BuiltNetwork {
  package let model: Sequential
  /// The shape of one sample that comes out.
  package let output: Shape
  /// For each linear layer behind a flattened picture, by its path, that picture's size: reading PyTorch's weights needs it.
  package let flattened: [String: Pair]
}

/// Makes layers of declarations, one after the other, each for the shape that the one before gives.
package enum NetworkBuilder {
  /// A network for samples of a shape.
  ///
  /// - Parameters:
  ///   - outputs: how many numbers it must give.
  ///   - seed: of the weights that it begins with.
  ///   - weightLimit: how many weights it may have.
  package static func build(
    _ spec: NetworkSpec, input: Shape, outputs: Int, seed: UInt64, weightLimit: Int = BuildBudget.weightLimit
  ) throws(DataError) -> BuiltNetwork {
    var random = Philox(seed: seed, stream: 0x77_0001)
    let built = try build(
      spec.layers, input: input, outputs: outputs, readsSamples: true, random: &random,
      budget: BuildBudget(weights: weightLimit))
    guard built.output == [outputs] else {
      let node = spec.layers.last?.node ?? spec.tree
      throw node.failure(
        "the network gives \(built.output), not [\(outputs)], a number for each class or target",
        advice: built.output.rank > 1 ? "add flatten, then end with linear: classes" : "end with linear: classes")
    }
    return built
  }

  static func build(
    _ layers: [LayerSpec], input: Shape, outputs: Int, readsSamples: Bool = false, random: inout Philox,
    budget: BuildBudget
  ) throws(DataError) -> BuiltNetwork {
    var shape = input
    var made: [any Layer] = []
    var flattened: [String: Pair] = [:]
    var picture: Pair?
    for spec in layers {
      guard budget.takesLayer() else {
        throw spec.node.failure(
          "the network has more than \(BuildBudget.layerLimit) layers", advice: "declare a smaller network")
      }
      var context = LayerContext(
        argument: spec.argument, node: spec.node, name: spec.kind.name, input: shape, outputs: outputs, random: random,
        isFirst: readsSamples && made.isEmpty, budget: budget)
      let layer = try spec.kind.make(&context)
      random = context.random
      if layer is Flatten, shape.rank == 3 { picture = Pair(shape[0], shape[1]) }
      if layer is Linear, let size = picture {
        flattened[String(made.count)] = size
        picture = nil
      }
      made.append(layer)
      shape = Shape(layer(NDArray.zeros(shape.inserting(1, at: 0))).shape.dropFirst())
    }
    return BuiltNetwork(model: Sequential(made), output: shape, flattened: flattened)
  }
}

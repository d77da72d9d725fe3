import HebbArrays
import HebbLayers
import HebbModels

extension LayerKind {
  /// Whole networks by name.
  static let architectures = [
    LayerKind("mlp", "mlp: [512, 512]", "fully connected layers of these sizes with ReLU between, then the classes") {
      (context) throws(DataError) in
      var sizes = [context.input.innermost]
      for node in context.argument.list { sizes.append(try node.integer(in: 1...1 << 20)) }
      sizes.append(context.outputs)
      for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
        try context.check(weights: [inputs, outputs], output: [outputs])
      }
      return MultilayerPerceptron(sizes, using: &context.random)
    },
    LayerKind("lenet", nil, "LeNet-5 with ReLU for 28 × 28 pictures") { (context) throws(DataError) in
      try context.nothing()
      let (height, width, channels) = try context.picture()
      guard height == 28, width == 28 else {
        throw context.node.failure(
          "lenet needs pictures of 28 × 28, not \(height) × \(width)", advice: "write its layers out")
      }
      return LeNet(channels: channels, classes: context.outputs, using: &context.random)
    },
    LayerKind(
      "resnet", "resnet: {blocks: 3}",
      "residual network of 6 · blocks + 2 layers; residual: false leaves out the shortcuts"
    ) {
      (context) throws(DataError) in
      let settings = try context.settings(["blocks", "residual"])
      let (height, width, channels) = try context.picture()
      let blocks = try settings["blocks"]?.integer(in: 1...18) ?? 3
      let residual = try settings["residual"]?.flag() ?? true
      try context.check(weights: [blocks, 3, 64 * 64 * 18], output: [height, width, 64])
      return ResNet(
        blocks: blocks, channels: channels, classes: context.outputs, residual: residual, using: &context.random)
    },
  ]
}

import Hebb

extension Workload {
  /// One call of a network each.
  static let inference: [Workload] = [
    Workload(
      name: "infer-mlp-b1", summary: "MLP 784-512-512-10, batch 1",
      sizes: [("batch", 1), ("inputs", 784), ("hidden", 512), ("classes", 10)]
    ) { sizes in
      var random = Philox(seed: 0)
      let hidden = sizes["hidden"]
      let model = MultilayerPerceptron([sizes["inputs"], hidden, hidden, sizes["classes"]], using: &random)
      return call(model, [sizes["batch"], sizes["inputs"]], &random)
    },
    Workload(name: "infer-lenet-b1", summary: "LeNet-5, batch 1", sizes: [("batch", 1)]) { sizes in
      var random = Philox(seed: 0)
      return call(LeNet(using: &random), [sizes["batch"], 28, 28, 1], &random)
    },
    residual(batch: 1), residual(batch: 64),
  ]

  private static func residual(batch: Int) -> Workload {
    Workload(
      name: "infer-resnet20-b\(batch)", summary: "ResNet-20, batch \(batch)",
      sizes: [("batch", batch), ("side", 32), ("blocks", 3)]
    ) { sizes in
      var random = Philox(seed: 0)
      let model = ResNet(blocks: sizes["blocks"], using: &random)
      return call(model, [sizes["batch"], sizes["side"], sizes["side"], 3], &random)
    }
  }

  private static func call(_ model: any Layer, _ shape: Shape, _ random: inout Philox) -> () -> Void {
    let x = NDArray.normal(shape, using: &random)
    return { _ = model(x) }
  }
}

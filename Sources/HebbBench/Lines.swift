import Hebb

extension Workload {
  /// Reading lines of text: one training step, and one line.
  static let lines: [Workload] = [
    Workload(
      name: "train-crnn-ctc", summary: "CRNN (Shi 2015), batch 16x1x32x100, 37 classes, CTC, Adam",
      sizes: [("batch", 16), ("width", 100), ("classes", 37), ("labels", 6)]
    ) { sizes in
      var random = Philox(seed: 0)
      let (batch, classes) = (sizes["batch"], sizes["classes"])
      let model = CRNN(classes: classes, using: &random)
      let x = NDArray.normal([batch, LineNetworks.height, sizes["width"], 1], using: &random)
      let labels = NDArray(
        (0..<batch * sizes["labels"]).map { _ in Int32.random(in: 1..<Int32(classes), using: &random) },
        shape: [batch, sizes["labels"]])
      let ctc = Loss.ctc
      return trainingStep(model, Adam(learningRate: 1e-3)) { ctc(model(Tensor(x)), labels) }
    },
    line("infer-crnn-b1", "CRNN, 1x1x32x256") { CRNN(classes: $0, using: &$1) },
    line("infer-reader-b1", "CompactCRNN, 1x1x32x256") { CompactCRNN(classes: $0, using: &$1) },
  ]

  private static func line(
    _ name: String, _ summary: String, _ make: @escaping @Sendable (Int, inout Philox) -> any LineNetwork
  ) -> Workload {
    Workload(name: name, summary: summary, sizes: [("batch", 1), ("width", 256), ("classes", 37)]) { sizes in
      var random = Philox(seed: 0)
      let model = make(sizes["classes"], &random)
      let x = NDArray.normal([sizes["batch"], LineNetworks.height, sizes["width"], 1], using: &random)
      return { _ = Pass.inference { model(Tensor(x), widths: nil) } }
    }
  }
}

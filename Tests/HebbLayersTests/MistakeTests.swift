import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

/// A programmer's mistakes stop with the layer's name and the shapes.
@Suite struct MistakeTests {
  @Test func shapesThatDoNotFit() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Linear(7, 3, using: &random)(NDArray.zeros([2, 8]))
    }
    expectMessage(linear, "Linear(7 → 3)", "[2, 8]")
    let convolution = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Conv2D(3, 8, kernel: 3, using: &random)(NDArray.zeros([1, 9, 9, 1]))
    }
    expectMessage(convolution, "Conv2D(3 → 8, kernel 3)", "[1, 9, 9, 1]", "[batch, height, width, 3]")
    let small = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MaxPool2D(4)(NDArray.zeros([1, 9, 3, 1]))
    }
    expectMessage(small, "MaxPool2D(4)", "[1, 9, 3, 1]")
    let time = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Conv1D(3, 8, kernel: 3, using: &random)(NDArray.zeros([1, 2, 3]))
    }
    expectMessage(time, "Conv1D(3 → 8, kernel 3)", "[1, 2, 3]")
  }

  @Test func sizesThatCannotBe() async {
    let kernel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Conv2D(3, 8, kernel: 0, using: &random)
    }
    expectMessage(kernel, "Conv2D(3, 8)", "kernel 0")
    let stride = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = ConvTranspose2D(3, 8, kernel: 2, stride: 0, using: &random)
    }
    expectMessage(stride, "ConvTranspose2D(3, 8)", "stride 0")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Conv1D(3, 8, kernel: 2, padding: -1, using: &random)
    }
    expectMessage(padding, "Conv1D(3, 8)", "padding", "-1")
    let window = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MaxPool2D(0)
    }
    expectMessage(window, "MaxPool2D(0)", "kernel 0")
    let frame = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AveragePool1D(2, padding: 2)
    }
    expectMessage(frame, "AveragePool1D(2)", "padding")
    let adaptive = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdaptiveAveragePool2D(Pair(0, 2))
    }
    expectMessage(adaptive, "AdaptiveAveragePool2D(0×2)", "positive")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdaptiveAveragePool2D(2)(NDArray.zeros([1, 0, 3, 1]))
    }
    expectMessage(empty, "AdaptiveAveragePool2D(2)", "[1, 0, 3, 1]")
  }

  @Test func wholeNumbersWhereFloatsBelong() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Linear(7, 3, using: &random)(NDArray.zeros([2, 7], dtype: .int32))
    }
    expectMessage(linear, "Linear(7 → 3)", "[2, 7]", "int32")
    let recurrent = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = LSTM(7, 3, using: &random)(NDArray.zeros([2, 1, 7], dtype: .uint8))
    }
    expectMessage(recurrent, "LSTM(7 → 3)", "[2, 1, 7]", "uint8")
  }

  @Test func normalizationsThatDoNotFit() async {
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Pass.training(seed: 1) { BatchNorm(4)(NDArray.zeros([1, 4])) }
    }
    expectMessage(batch, "BatchNorm(4)", "[1, 4]", "larger batches")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Pass.training(seed: 1) { BatchNorm(4)(NDArray.zeros([0, 4])) }
    }
    expectMessage(none, "BatchNorm(4)", "[0, 4]", "0 values a channel")
    let layer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LayerNorm(4)(NDArray.zeros([2, 5]))
    }
    expectMessage(layer, "LayerNorm(4)", "[2, 5]")
    let group = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GroupNorm(groups: 3, 4)
    }
    expectMessage(group, "GroupNorm(groups: 3, 4)")
  }

  @Test func branchesThatDoNotMeet() async {
    let recorded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      let block = Residual { Conv2D(3, 8, kernel: 3, padding: 1, using: &random) }
      _ = valueAndGradients { block(Tensor(.zeros([1, 5, 5, 3]))).sum() }
    }
    expectMessage(recorded, "Residual", "[1, 5, 5, 8]", "[1, 5, 5, 3]")
    let flat = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      let block = Residual {
        Linear(4, 4, using: &random)
      } shortcut: {
        Reshape(4)
      }
      _ = block(NDArray.zeros([2, 1, 4]))
    }
    expectMessage(flat, "Residual", "[2, 1, 4]", "[2, 4]")
    let fused = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = Philox(seed: 1)
      _ = Residual { Conv2D(3, 8, kernel: 3, padding: 1, using: &random) }(NDArray.zeros([1, 5, 5, 3]))
    }
    expectMessage(fused, "Residual", "[1, 5, 5, 8]", "[1, 5, 5, 3]")
    let reshape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Reshape(3, -1)(NDArray.zeros([2, 8]))
    }
    expectMessage(reshape, "Reshape(3, -1)", "[2, 8]")
  }
}

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

  @Test func normalizationsThatDoNotFit() async {
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Pass.training(seed: 1) { BatchNorm(4)(NDArray.zeros([1, 4])) }
    }
    expectMessage(batch, "BatchNorm(4)", "[1, 4]", "larger batches")
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
    expectMessage(recorded, "[1, 5, 5, 8]", "[1, 5, 5, 3]")
    await #expect(processExitsWith: .failure) {
      var random = Philox(seed: 1)
      _ = Residual { Conv2D(3, 8, kernel: 3, padding: 1, using: &random) }(NDArray.zeros([1, 5, 5, 3]))
    }
    let reshape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Reshape(3, -1)(NDArray.zeros([2, 8]))
    }
    expectMessage(reshape, "Reshape(3, -1)", "[2, 8]")
  }
}

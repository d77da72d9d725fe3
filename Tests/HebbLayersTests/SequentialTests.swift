import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct SequentialTests {
  /// Layers with statistics that are not those of a new layer.
  private func layers(bias: Bool) -> [any Layer] {
    var random = Philox(seed: 1)
    let norm = BatchNorm(6)
    norm.mean.value = .normal([6], using: &random)
    norm.variance.value = .uniform([6], in: 0.5...2, using: &random)
    norm.shift.value = .normal([6], using: &random)
    norm.scale.value = .normal([6], using: &random)
    return [Conv2D(4, 6, kernel: 3, padding: 1, bias: bias, using: &random), norm, ReLU()]
  }

  /// One layer after the other, without a sequence.
  private func stepwise(_ layers: [any Layer], _ x: NDArray) -> NDArray { layers.reduce(x) { x, layer in layer(x) } }

  @Test(arguments: [false, true]) func normalizationRunsWithTheProductInInference(_ bias: Bool) {
    let x = random([2, 7, 5, 4], seed: 2, dtype: .float32)
    for count in 2...3 {
      let parts = Array(layers(bias: bias).prefix(count))
      expectClose(Sequential(parts)(x), stepwise(parts, x), 1e-6, "\(count) layers")
      let nested: [any Layer] = [Sequential([parts[0]]), Sequential(Array(parts.dropFirst()))]
      #expect(Sequential(nested)(x).fingerprint == Sequential(parts)(x).fingerprint)
    }
  }

  @Test func linearAndTimeRunWithTheirNormalizationToo() {
    var random = Philox(seed: 3)
    let norm = layers(bias: false)[1]
    let linear: [any Layer] = [Linear(4, 6, using: &random), norm, ReLU()]
    let time: [any Layer] = [Conv1D(4, 6, kernel: 3, using: &random), norm]
    let x = NDArray.normal([3, 5, 4], using: &random)
    expectClose(Sequential(linear)(x), stepwise(linear, x), 1e-6, "linear")
    expectClose(Sequential(time)(x), stepwise(time, x), 1e-6, "time")
    let block = Residual { Conv1D(4, 4, kernel: 3, padding: 1, using: &random) }
    expectClose(block(x), x + block.body(x), 1e-6, "residual")
  }

  @Test func gradientsOfInferenceFlowThroughStatistics() throws {
    let parts = layers(bias: true)
    let model = Sequential(parts)
    let x = random([2, 4, 4, 4], seed: 2, dtype: .float32)
    let (value, gradients) = valueAndGradients { model(Tensor(x)).sum() }
    #expect(gradients.parameters.count == 4)
    #expect(abs(value.scalar - stepwise(parts, x).sum().scalar) < 1e-2)
    let (_, inputs, _) = valueAndGradients(at: [x]) { model($0[0]).sum() }
    #expect(inputs[0].abs().sum().scalar > 0)
  }

  @Test func trainingTakesTheStatisticsOfTheBatch() throws {
    let model = Sequential(layers(bias: false))
    let norm = try #require(model.layers[1] as? BatchNorm)
    let before = norm.mean.value
    let x = random([2, 4, 4, 4], seed: 2, dtype: .float32)
    let y = Pass.training(seed: 1) { model(x) }
    #expect(norm.mean.value.fingerprint != before.fingerprint)
    #expect(model(x).fingerprint != y.fingerprint)
  }

  @Test func residualBlocksAddTheShortcut() {
    for count in 1...3 {
      var random = Philox(seed: 5)
      let parts = Array(layers(bias: true).prefix(count))
      let around = Conv2D(4, 6, kernel: 1, using: &random)
      let x = NDArray.normal([2, 5, 5, 4], using: &random)
      let sum = stepwise(parts, x) + around(x)
      let block = Residual(Sequential(parts), shortcut: Sequential { around })
      expectClose(block(x), sum, 1e-6, "sum of \(count)")
      expectClose(Sequential([block, ReLU()])(x), sum.relu(), 1e-6, "rectified sum of \(count)")
    }
  }

  @Test func buildersTakeConditionsAndLoops() {
    let deep = true
    let model = Sequential {
      ReLU()
      if deep { Tanh() }
      for _ in 0..<3 { Sigmoid() }
      [GELU(), SiLU()] as [any Layer]
      if !deep { ELU() } else { SELU() }
    }
    #expect(model.layers.map { "\($0)" }.joined(separator: " ") == "ReLU Tanh Sigmoid Sigmoid Sigmoid GELU SiLU SELU")
  }
}

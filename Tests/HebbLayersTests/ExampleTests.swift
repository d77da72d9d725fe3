import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

/// A layer of one's own: what it computes, and its members.
private struct Wave: Layer {
  let frequency: Parameter  // [features]

  var members: Members { ["frequency": frequency] }

  init(_ features: Int, using random: inout Philox) { frequency = Parameter(.normal([features], using: &random)) }

  func callAsFunction(_ x: Tensor) -> Tensor { (x * frequency.tensor).sin() }
}

/// The parts from which people build what is not there: a layer, a loss and a training loop.
@Suite struct ExampleTests {
  private let logCosh = Loss("log cosh") { prediction, target in
    let error = 2 * (prediction - Tensor(target))
    return ((error.softplus() + (-error).softplus()).mean() - 1.3862943611198906) * 0.5  // − log 4
  }

  @Test func aLayerALossAndALoopOfYourOwn() throws {
    var random = Philox(seed: 7)
    let model = Sequential {
      Linear(1, 16, using: &random)
      Wave(16, using: &random)
      Linear(16, 1, using: &random)
    }
    let x = NDArray.uniform([64, 1], in: -2...2, using: &random)
    let y = (x * 2).sin()
    var losses: [Double] = []
    for step in 0..<300 {
      let (loss, gradients) = Pass.training(seed: 7, step: step) {
        valueAndGradients { logCosh(model(Tensor(x)), y) }
      }
      for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
        parameter.update { $0 = $0 - gradient * 0.3 }
      }
      losses.append(loss.scalar)
    }
    #expect(try #require(losses.last) < 0.02 * losses[0], "from \(losses[0]) to \(losses[299])")
    try checkLayer(LayerCase([4, 3], [4, 3]) { Wave(3, using: &$0) })
  }

  @Test func freezingTheFirstLayers() throws {
    var random = Philox(seed: 7)
    let features = Sequential {
      Linear(2, 8, using: &random)
      ReLU()
    }
    let model = Sequential([features, Linear(8, 1, using: &random)])
    features.freeze()
    let before = features.values.mapValues(\.fingerprint)
    let (_, gradients) = valueAndGradients {
      Loss.meanSquaredError(model(Tensor(.ones([4, 2]))), .zeros([4, 1]))
    }
    for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
      parameter.update { $0 = $0 - gradient }
    }
    #expect(gradients.parameters.count == 2)
    #expect(features.values.mapValues(\.fingerprint) == before)
  }
}

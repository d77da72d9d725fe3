import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels
import HebbTesting
import Testing

@Suite struct AttentiveLineNetworkTests {
  private static func network(classes: Int = 6) -> AttentiveLineNetwork {
    var random = Philox(seed: 1)
    return AttentiveLineNetwork(
      classes: classes, channels: [2, 3, 4, 5, 6], units: 4, features: 3, state: 5, hidden: 4, using: &random)
  }

  @Test(arguments: [DType.float64, .float32])
  func agreesWithPyTorch(_ dtype: DType) throws {
    let reference = HebbTesting.Reference("HebbModelsTests/Reference/lines")
    let model = Self.network()
    for (name, parameter) in model.namedParameters {
      parameter.value = reference["attention.value.\(name)"].cast(to: dtype)
    }
    let x = Tensor(reference["attention.x"].cast(to: dtype))
    let text = NDArray([0, 1, 2, 2, 0, 4, 3, 0] as [Int32], shape: [2, 4])
    let targets = NDArray([1, 2, 2, 0, 4, 3, 0, -1] as [Int32], shape: [2, 4])
    let tolerance = dtype == .float64 ? 1e-11 : 1e-5
    #expect(difference(model(x, text).value, reference["attention.y"]) < tolerance)
    let (loss, gradients) = valueAndGradients { Loss.crossEntropy(ignoring: -1)(model(x, text), targets) }
    #expect(difference(loss, reference["attention.loss"]) < tolerance)
    for (name, parameter) in model.namedParameters where parameter.role != .buffer {
      let gradient = try #require(gradients[parameter])
      #expect(difference(gradient, reference["attention.gradient.\(name)"]) < tolerance, "\(name)")
    }
  }

  /// What a line gives does not depend on the lines that it stands beside.
  @Test func paddingChangesNothing() {
    let model = Self.network()
    var random = Philox(seed: 4)
    for (short, long) in [(16, 40), (20, 24), (4, 64)] {
      let x = NDArray.uniform([1, 32, short, 1], in: 0...1, using: &random)
      let other = NDArray.uniform([1, 32, long, 1], in: 0...1, using: &random)
      let padded = NDArray.concatenated([x, .zeros([1, 32, long - short, 1])], axis: 2)
      let text = NDArray([0, 3, 1] as [Int32], shape: [1, 3])
      let alone = model(Tensor(x), text).value
      let both = Tensor(.concatenated([padded, other], axis: 0))
      let together = model(both, widths: [short, long], .concatenated([text, text], axis: 0)).value
      #expect(difference(together.row(0), alone.row(0)) < 1e-5)
      let writers = model.reading(both, widths: [short, long])
      #expect(writers[0].attention(to: [0, 3, 1]).shape == [3, model.steps(short)])
      var memory: NDArray?
      #expect(difference(writers[0].read(text, &memory).row(0), alone.row(0).row(2)) < 1e-5)
    }
  }

  @Test func everyParameterLearns() {
    let model = Self.network()
    var random = Philox(seed: 5)
    let x = Tensor(NDArray.uniform([3, 32, 48, 1], in: 0...1, using: &random))
    let text = NDArray([0, 1, 2, 0, 3, 0, 0, 4, 4] as [Int32], shape: [3, 3])
    let targets = NDArray([1, 2, 0, 3, 0, -1, 4, 4, 0] as [Int32], shape: [3, 3])
    let (_, gradients) = Pass.training(seed: 1, step: 0) {
      valueAndGradients { Loss.crossEntropy(ignoring: -1)(model(x, widths: [48, 40, 24], text), targets) }
    }
    for (name, parameter) in model.namedParameters where parameter.role != .buffer {
      #expect(gradients[parameter].map { $0.abs().sum().scalar > 0 } == true, "\(name)")
    }
  }
}

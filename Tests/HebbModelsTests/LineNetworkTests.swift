import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels
import HebbTesting
import Testing

@Suite struct LineNetworkTests {
  private static let reference = HebbTesting.Reference("HebbModelsTests/Reference/lines")

  private static func network(_ name: String, classes: Int = 5) -> any LineNetwork {
    var random = Philox(seed: 1)
    switch name {
    case "crnn": return CRNN(classes: classes, channels: 2, units: 3, using: &random)
    case "compact": return CompactCRNN(classes: classes, channels: [2, 3, 4, 5, 6], units: 4, using: &random)
    case "compact, two readings":
      return CompactCRNN(classes: classes, channels: [2, 3, 4, 5, 6], units: 4, readings: 2, using: &random)
    default: return RecurrentLineNetwork(classes: classes, units: 4, using: &random)
    }
  }

  @Test(arguments: ["crnn", "compact"], [DType.float64, .float32])
  func agreesWithPyTorch(_ name: String, _ dtype: DType) throws {
    let reference = LineNetworkTests.reference
    let model = LineNetworkTests.network(name)
    model.cast(to: dtype)
    try model.load(pyTorch: reference.values(under: "\(name).value."))
    let x = reference["\(name).x"].cast(to: dtype)
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    let y = model(Tensor(x), widths: nil).value
    let worst = difference(y, reference["\(name).y"])
    #expect(worst < tolerance * reference["\(name).y"].abs().max().scalar)
    let labels = NDArray([1, 2, 2, 4, 3, -1] as [Int32], shape: [2, 3])
    // In inference, as the reference was made: batch statistics are those that were learned.
    let (loss, gradients) = valueAndGradients { Loss.ctc(model(Tensor(x), widths: nil), labels) }
    #expect(difference(loss, reference["\(name).loss"]) < 10 * tolerance)
    for (parameter, key) in [("blocks.0.0.weight", "first"), ("output.weight", "last")] {
      let found = try #require(model.namedParameters.first { $0.name == parameter }?.parameter)
      let gradient = try #require(gradients[found])
      let expected = reference["\(name).\(key)"]
      #expect(difference(gradient, expected) < 10 * tolerance * max(1e-3, expected.abs().max().scalar), "\(parameter)")
    }
  }

  /// What a line gives does not depend on the lines that it stands beside.
  @Test(arguments: ["crnn", "compact", "compact, two readings", "recurrent"])
  func paddingChangesNothing(_ name: String) {
    let model = LineNetworkTests.network(name)
    var random = Philox(seed: 4)
    for (short, long) in [(16, 40), (20, 24), (4, 64)] {
      let x = NDArray.uniform([1, 32, short, 1], in: 0...1, using: &random)
      let other = NDArray.uniform([1, 32, long, 1], in: 0...1, using: &random)
      let padded = NDArray.concatenated([x, .zeros([1, 32, long - short, 1])], axis: 2)
      let alone = model(Tensor(x), widths: nil).value
      let together = model(Tensor(.concatenated([padded, other], axis: 0)), widths: [short, long]).value
      #expect(alone.shape[1] == model.steps(short))
      #expect(together.shape == [2, model.steps(long), 5])
      let part = together.row(0)[0..<model.steps(short)]
      #expect(difference(part, alone.row(0)) < 1e-5)
    }
  }

  @Test(arguments: ["crnn", "compact", "compact, two readings", "recurrent"])
  func everyParameterLearns(_ name: String) {
    let model = LineNetworkTests.network(name)
    var random = Philox(seed: 5)
    let x = Tensor(NDArray.uniform([3, 32, 48, 1], in: 0...1, using: &random))
    let steps = [48, 40, 24].map(model.steps)
    let (_, gradients) = Pass.training(seed: 1, step: 0) {
      valueAndGradients {
        model(x, widths: [48, 40, 24]).ctcLosses(labels: [[1, 2], [3], [4, 4]], lengths: steps).sum()
      }
    }
    for (name, parameter) in model.namedParameters where parameter.role != .buffer {
      #expect(gradients[parameter].map { $0.abs().sum().scalar > 0 } == true, "\(name)")
    }
  }
}

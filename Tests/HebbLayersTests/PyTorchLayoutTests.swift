import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct PyTorchLayoutTests {
  @Test func namesMayDiffer() throws {
    var random = Philox(seed: 1)
    let model = Sequential {
      Linear(2, 3, using: &random)
      BatchNorm(3)
    }
    let values: [String: NDArray] = [
      "fc.weight": NDArray([1, 2, 3, 4, 5, 6] as [Double], shape: [3, 2]), "fc.bias": .ones([3]),
      "norm.weight": .ones([3]), "norm.bias": .zeros([3]), "norm.running_mean": .zeros([3]),
      "norm.running_var": .ones([3]), "norm.num_batches_tracked": .zeros([], dtype: .int32),
    ]
    let names = ["0": "fc", "1": "norm"]
    try model.load(pyTorch: values) { names[$0] ?? $0 }
    #expect(model.parameters[0].value.elements(as: Float.self) == [1, 3, 5, 2, 4, 6])
    #expect(throws: ValueError.missing("0.weight")) { try model.load(pyTorch: values) }
    var more = values
    more["head.weight"] = .zeros([1])
    #expect(throws: ValueError.unknown(["head.weight"])) { try model.load(pyTorch: more) { names[$0] ?? $0 } }
    more = values
    more["fc.weight"] = .zeros([4, 2])
    #expect(throws: ValueError.shape("fc.weight", found: [2, 4], expected: [2, 3])) {
      try model.load(pyTorch: more) { names[$0] ?? $0 }
    }
  }

  @Test func picturesPutTheirChannelsLast() {
    let picture = PyTorchLayout.picture(NDArray((0..<12).map(Int32.init), shape: [3, 2, 2]))
    #expect(picture.shape == [2, 2, 3])
    #expect(picture.elements(as: Int32.self) == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
  }
}

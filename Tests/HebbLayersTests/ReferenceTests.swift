import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

/// A layer that PyTorch has too, under the name that it has in the reference file.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let name: String
  var isTraining = true
  var flatten: [String: Pair] = [:]
  let make: @Sendable (inout Philox) -> any Layer

  var testDescription: String { name }

  init(
    _ name: String, training: Bool = true, flatten: [String: Pair] = [:],
    _ make: @escaping @Sendable (inout Philox) -> any Layer
  ) {
    (self.name, self.isTraining, self.flatten, self.make) = (name, training, flatten, make)
  }
}

private func residual(bias: Bool, _ random: inout Philox) -> any Layer {
  Sequential {
    Residual {
      Conv2D(4, 3, kernel: 3, stride: 2, padding: 1, bias: false, using: &random)
      BatchNorm(3)
      ReLU()
      Conv2D(3, 3, kernel: 3, padding: 1, bias: bias, using: &random)
      BatchNorm(3)
    } shortcut: {
      Conv2D(4, 3, kernel: 1, stride: 2, bias: false, using: &random)
      BatchNorm(3)
    }
    ReLU()
  }
}

let referenceCases: [ReferenceCase] = [
  .init("linear") { Linear(4, 3, using: &$0) },
  .init("linearWithoutBias") { Linear(4, 3, bias: false, using: &$0) },
  .init("conv1D") { Conv1D(4, 6, kernel: 3, stride: 2, padding: 2, dilation: 2, groups: 2, using: &$0) },
  .init("conv2D") {
    Conv2D(
      4, 3, kernel: Pair(3, 2), stride: Pair(2, 1), padding: .pixels(Pair(1, 0)), dilation: Pair(1, 2), using: &$0)
  },
  .init("conv2DSame") { Conv2D(4, 3, kernel: 3, padding: .same, using: &$0) },
  .init("conv2DGroups") { Conv2D(4, 6, kernel: 3, padding: 1, groups: 2, using: &$0) },
  .init("depthwise") { Conv2D.depthwise(4, kernel: 3, padding: 1, using: &$0) },
  .init("convTranspose2D") {
    ConvTranspose2D(4, 3, kernel: 3, stride: 2, padding: 1, outputPadding: 1, using: &$0)
  },
  .init("convTranspose2DGroups") {
    ConvTranspose2D(4, 6, kernel: Pair(2, 3), stride: Pair(1, 2), dilation: 2, groups: 2, using: &$0)
  },
  .init("maxPool2D") { _ in MaxPool2D(3, stride: 2, padding: 1) },
  .init("averagePool2D") { _ in AveragePool2D(Pair(3, 2), stride: 2, padding: 1) },
  .init("adaptiveMaxPool2D") { _ in AdaptiveMaxPool2D(Pair(3, 4)) },
  .init("adaptiveAveragePool2D") { _ in AdaptiveAveragePool2D(Pair(3, 4)) },
  .init("globalMaxPool2D") { _ in GlobalMaxPool2D() },
  .init("globalAveragePool2D") { _ in GlobalAveragePool2D() },
  .init("maxPool1D") { _ in MaxPool1D(3, stride: 2, padding: 1) },
  .init("averagePool1D") { _ in AveragePool1D(2) },
  .init("globalMaxPool1D") { _ in GlobalMaxPool1D() },
  .init("globalAveragePool1D") { _ in GlobalAveragePool1D() },
  .init("flattened", flatten: ["1": Pair(3, 4)]) { random in
    Sequential {
      Flatten()
      Linear(24, 3, using: &random)
    }
  },
  .init("batchNorm") { _ in BatchNorm(4) },
  .init("batchNormVector") { _ in BatchNorm(4) },
  .init("batchNormInference", training: false) { _ in BatchNorm(4) },
  .init("layerNorm") { _ in LayerNorm(7) },
  .init("groupNorm") { _ in GroupNorm(groups: 2, 4) },
  .init("embedding") { Embedding(5, 3, using: &$0) },
  .init("relu") { _ in ReLU() },
  .init("leakyReLU") { _ in LeakyReLU(slope: 0.2) },
  .init("elu") { _ in ELU(alpha: 1.5) },
  .init("selu") { _ in SELU() },
  .init("gelu") { _ in GELU() },
  .init("geluTanh") { _ in GELUTanh() },
  .init("silu") { _ in SiLU() },
  .init("sigmoid") { _ in Sigmoid() },
  .init("hardSigmoid") { _ in HardSigmoid() },
  .init("tanh") { _ in Tanh() },
  .init("softplus") { _ in Softplus() },
  .init("softmax") { _ in Softmax() },
  .init("logSoftmax") { _ in LogSoftmax() },
  .init("maxout") { _ in Maxout(pieces: 2) },
  .init("prelu") { _ in PReLU(8) },
  .init("preluSingle") { _ in PReLU() },
]

let residualCases: [ReferenceCase] = [
  .init("residual") { residual(bias: false, &$0) },
  .init("residualInference", training: false) { residual(bias: true, &$0) },
]

@Suite struct ReferenceTests {
  @Test(arguments: referenceCases, [DType.float64, .float32])
  func agreesWithPyTorch(_ row: ReferenceCase, _ dtype: DType) throws {
    try check(row, dtype)
  }

  /// PyTorch's block is a module of its own: its paths lack the sequence around ours.
  @Test(arguments: residualCases, [DType.float64, .float32])
  func residualBlocksAgreeWithPyTorch(_ row: ReferenceCase, _ dtype: DType) throws {
    try check(row, dtype) { String($0.dropFirst(2)) }
  }

  private func check(_ row: ReferenceCase, _ dtype: DType, renaming: (String) -> String = { $0 }) throws {
    func holding(_ kind: String) throws -> any Layer {
      var random = Philox(seed: 1)
      let layer = row.make(&random)
      layer.cast(to: dtype)
      try layer.load(
        pyTorch: reference.values(under: "\(row.name).\(kind)."), flatten: row.flatten, renaming: renaming)
      return layer
    }
    func array(_ name: String) throws -> NDArray { try #require(reference.array("\(row.name).\(name)")) }
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    let layer = try holding("value")
    let expected = try holding("gradient")
    let (given, dy) = (try array("x"), try array("dy").cast(to: dtype))
    let x = given.dtype == .int32 ? given : given.cast(to: dtype)
    var y = dy
    func loss(_ inputs: [Tensor]) -> Tensor {
      let result = layer(inputs.first ?? Tensor(x))
      y = result.value
      return (result * Tensor(dy)).sum()
    }
    let inputs = x.dtype == .int32 ? [] : [x]
    let (_, inputGradients, gradients) =
      row.isTraining
      ? Pass.training(seed: 1) { valueAndGradients(at: inputs, loss) } : valueAndGradients(at: inputs, loss)
    expectClose(y, try array("y"), tolerance, "output")
    if let dx = inputGradients.first { expectClose(dx, try array("dx"), tolerance, "input gradient") }
    for (ours, theirs) in zip(layer.namedParameters, expected.namedParameters) {
      let (parameter, value) = (ours.parameter, theirs.parameter.value)
      let found = parameter.role == .buffer ? parameter.value : try #require(gradients[parameter], "\(ours.name)")
      expectClose(found, value, tolerance, ours.name)
    }
    if !row.isTraining { expectClose(layer(Tensor(x)).value, try array("y"), tolerance, "fused output") }
  }
}

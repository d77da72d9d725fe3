import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct ModuleTests {
  private func model(_ seed: UInt64 = 1) -> Sequential {
    var random = Philox(seed: seed)
    return Sequential {
      Linear(3, 4, using: &random)
      BatchNorm(4)
      ReLU()
      Linear(4, 2, bias: false, using: &random)
    }
  }

  @Test func parametersHavePaths() {
    #expect(
      model().namedParameters.map(\.name) == [
        "0.weight", "0.bias", "1.scale", "1.shift", "1.mean", "1.variance", "3.weight",
      ])
    #expect(model().parameterCount == 12 + 4 + 8 + 8)
  }

  @Test func sharedParametersCountOnce() {
    var random = Philox(seed: 1)
    let linear = Linear(4, 4, using: &random)
    let model = Sequential([linear, Tanh(), linear])
    #expect(model.parameterCount == 20)
    #expect(model.namedParameters.count == 4)
    let (_, gradients) = valueAndGradients { model(Tensor(.ones([1, 4]))).sum() }
    #expect(gradients.parameters.count == 2)
  }

  @Test func valuesOfAnotherNetworkAreRefusedWhole() {
    let model = model()
    let before = model.values.mapValues(\.fingerprint)
    var values = self.model(2).values
    values["3.weight"] = nil
    #expect(throws: ValueError.missing("3.weight")) { try model.load(values) }
    values["3.weight"] = .zeros([2, 4])
    #expect(throws: ValueError.shape("3.weight", found: [2, 4], expected: [4, 2])) { try model.load(values) }
    values["3.weight"] = .zeros([4, 2])
    values["4.weight"] = .zeros([1])
    #expect(throws: ValueError.unknown(["4.weight"])) { try model.load(values) }
    #expect(model.values.mapValues(\.fingerprint) == before)
    #expect("\(ValueError.missing("a.b"))" == "there is no value a.b: the file is of another network")
  }

  @Test func castingChangesTheElementTypeAlone() {
    let model = model()
    let x = random([5, 3], seed: 1)
    let y = model(x.cast(to: .float32))
    model.cast(to: .float64)
    #expect(model.parameters.allSatisfy { $0.value.dtype == .float64 })
    expectClose(y, model(x), 1e-6, "the float64 path")
  }

  @Test func frozenPartsStayAsTheyAre() throws {
    let model = model()
    let (body, head) = (Sequential(Array(model.layers.dropLast())), model.layers[3])
    body.freeze()
    let before = body.values.mapValues(\.fingerprint)
    let (_, gradients) = Pass.training(seed: 1) {
      valueAndGradients { model(Tensor(random([5, 3], seed: 1, dtype: .float32))).sum() }
    }
    #expect(gradients.parameters.map(ObjectIdentifier.init) == head.parameters.map(ObjectIdentifier.init))
    #expect(body.values.mapValues(\.fingerprint) == before, "running statistics too")
    body.unfreeze()
    let (_, all) = valueAndGradients { model(Tensor(.ones([5, 3]))).sum() }
    #expect(all.parameters.count == 5)
  }
}

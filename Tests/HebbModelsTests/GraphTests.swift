import Foundation
import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels
import HebbTesting
import HebbTraining
import Testing

@Suite struct GraphTests {
  private static let reference = Reference("HebbModelsTests/Reference/graphs")

  private func array(_ name: String) throws -> NDArray { try #require(GraphTests.reference.array(name)) }

  private func graph() throws -> SparseMatrix {
    let edges = try array("edges").elements(as: Int32.self).map(Int.init)
    return SparseMatrix(
      edges: (0..<edges.count / 2).map { (edges[2 * $0], edges[2 * $0 + 1]) },
      weights: try array("weights").elements(as: Float.self), nodes: 5)
  }

  /// Values, loss and gradients of whole networks are those of PyTorch with dense matrices.
  @Test(arguments: ["dcrnn", "tgcn"], [DType.float64, .float32])
  func agreesWithPyTorch(_ name: String, _ dtype: DType) throws {
    var random = Philox(seed: 0)
    let graph = try graph()
    let model: any Layer =
      name == "dcrnn"
      ? DCRNN(on: graph, units: 4, horizon: 2, samplingDecay: nil, using: &random)
      : TGCN(on: graph, inputs: 2, units: 4, horizon: 2, using: &random)
    model.cast(to: dtype)
    let trained = model.namedParameters.filter { $0.parameter.role != .buffer }
    for (path, parameter) in trained { parameter.value = try array("\(name).\(path)").cast(to: dtype) }
    let (x, target) = (try array("\(name).x").cast(to: dtype), try array("\(name).target"))
    let masked = Loss.maskedMeanAbsoluteError(missing: 0)
    var y = NDArray.zeros([0])
    let (loss, slopes, gradients) = valueAndGradients(at: [x]) { x in
      let prediction = model(x[0])
      y = prediction.value
      return masked(prediction, target)
    }
    // The walks are float32 in both: their weights differ from PyTorch's in the eighth digit.
    let allowed = dtype == .float64 ? 2e-7 : 2e-6
    #expect(difference(y, try array("\(name).y")) < allowed)
    #expect(difference(loss.reshaped([1]), try array("\(name).loss")) < allowed)
    #expect(difference(slopes[0], try array("\(name).dx")) < allowed)
    for (path, parameter) in trained {
      let found = try #require(gradients[parameter])
      #expect(difference(found, try array("\(name).gradient.\(path)")) < allowed, "\(path)")
    }
  }

  /// With nothing to compare there is no error.
  @Test func nothingButMissingTargets() {
    let target = NDArray([Float.nan, 0], shape: [2])
    #expect(Loss.maskedMeanAbsoluteError(missing: 0)(NDArray([3, 4] as [Float]), target) == 0)
    #expect(Loss.maskedMeanAbsoluteError()(NDArray([3, 4] as [Float]), target) == 4)
  }

  /// The truth is told less and less, as the inverse sigmoid says, and never outside of training.
  @Test func scheduledSampling() throws {
    #expect(abs(DCRNN.share(step: 0, decay: 10) - 10.0 / 11) < 1e-12)
    #expect(abs(DCRNN.share(step: 30, decay: 10) - 10 / (10 + exp(3.0))) < 1e-12)
    #expect(DCRNN.share(step: 1e9, decay: 10) < 1e-300)
    var random = Philox(seed: 1)
    let model = DCRNN(on: try graph(), units: 3, layers: 1, horizon: 4, samplingDecay: 1e6, using: &random)
    let x = NDArray.normal([2, 3, 5, 2], using: &random)
    let targets = NDArray.full([2, 4, 5, 1], 5)
    let alone = model(x)
    #expect(model(Tensor(x), targets: targets).value.fingerprint == alone.fingerprint)
    let told = Pass.training(seed: 1) { model(Tensor(x), targets: targets).value }
    #expect(model.steps.value.scalar == 1)
    #expect(difference(told[0..<1].sliced(axis: 1, from: 0, to: 1), alone[0..<1].sliced(axis: 1, from: 0, to: 1)) == 0)
    #expect(difference(told, alone) > 0.01)
    let unknown = Pass.training(seed: 1) { model(Tensor(x), targets: .full([2, 4, 5, 1], .nan)).value }
    #expect(unknown.fingerprint == alone.fingerprint)
  }

  /// A wave that goes round a ring of nodes is forecast.
  @Test func learnsAWave() throws {
    let ring = SparseMatrix(edges: (0..<8).map { ($0, ($0 + 1) % 8) }, nodes: 8)
    func sample(_ start: Int, _ length: Int) -> [Float] {
      (0..<length).flatMap { t in (0..<8).map { Float(($0 + start + t) % 8 < 3 ? 1 : -1) } }
    }
    let x = NDArray((0..<8).flatMap { sample($0, 4) }, shape: [8, 4, 8, 1])
    let y = NDArray((0..<8).flatMap { sample($0 + 4, 2) }, shape: [8, 2, 8, 1])
    var random = Philox(seed: 2)
    let model = DCRNN(on: ring, inputs: 1, units: 8, layers: 1, horizon: 2, samplingDecay: 10, using: &random)
    var updater = Updater(Adam(learningRate: 2e-2), for: model)
    let loss = Loss.meanSquaredError
    for step in 0..<150 {
      let (_, gradients) = Pass.training(seed: 3, step: step) {
        valueAndGradients { loss(model(Tensor(x), targets: y), y) }
      }
      updater.update(gradients)
    }
    #expect(loss(model(x), y) < 0.05)
  }
}

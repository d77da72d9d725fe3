import HebbArrays
import HebbAutograd
import HebbLayers
import HebbTesting
import Testing

struct LossCase: Sendable, CustomTestStringConvertible {
  let name: String
  let loss: Loss
  var testDescription: String { name }

  init(_ name: String, _ loss: Loss) { (self.name, self.loss) = (name, loss) }
}

@Suite struct LossTests {
  static let weights = [0.5, 1, 2, 0.25, 1.5]
  static let cases: [LossCase] = [
    .init("meanSquaredError", .meanSquaredError),
    .init("meanAbsoluteError", .meanAbsoluteError),
    .init("huber", .huber(delta: 0.7)),
    .init("crossEntropy", .crossEntropy),
    .init("crossEntropyOfSequences", .crossEntropy),
    .init("crossEntropySmoothed", .crossEntropy(smoothing: 0.1)),
    .init("crossEntropyWeighted", .crossEntropy(smoothing: 0.2, classWeights: weights, ignoring: 2)),
    .init("crossEntropyOfProbabilities", .crossEntropy(smoothing: 0.1, classWeights: weights)),
    .init("binaryCrossEntropy", .binaryCrossEntropy),
    .init("binaryCrossEntropyWeighted", .binaryCrossEntropy(positiveWeight: 2.5)),
    .init("binaryCrossEntropyOfProbabilities", .binaryCrossEntropyOfProbabilities),
    .init("hinge", .hinge),
    .init("multiclassHinge", .multiclassHinge),
    .init("klDivergence", .klDivergence),
    .init("cosine", .cosine),
    .init("triplet", .triplet(margin: 0.5)),
  ]

  @Test(arguments: cases, [DType.float64, .float32])
  func agreesWithPyTorch(_ row: LossCase, _ dtype: DType) throws {
    func array(_ name: String) throws -> NDArray { try #require(reference.array("loss.\(row.name).\(name)")) }
    let x = try array("x").cast(to: dtype)
    let target = try array("target")
    let (value, gradients, _) = valueAndGradients(at: [x]) { row.loss($0[0], target) }
    let tolerance = dtype == .float64 ? 1e-10 : 1e-5
    expectClose(value.reshaped([]), try array("y"), tolerance, "loss")
    expectClose(gradients[0], try array("dx"), tolerance, "gradient")
  }

  @Test func binaryCrossEntropyIsExactFarOut() {
    let logits = NDArray([30, -30, -200, 200] as [Float])
    let target = NDArray([1, 0, 1, 0] as [Float])
    let expected = (2 * 9.357622968840175e-14 + 400) / 4
    #expect(abs(Loss.binaryCrossEntropy(logits, target) / expected - 1) < 1e-6)
    #expect(Loss.binaryCrossEntropy(logits[0..<2], target[0..<2]) > 9e-14)
  }

  @Test func probabilitiesOfZeroCostAHundred() {
    let loss = Loss.binaryCrossEntropyOfProbabilities(NDArray([0, 1] as [Double]), NDArray([1, 1] as [Double]))
    #expect(loss == 50)
  }

  @Test func lossesOfYourOwn() {
    let signed = Loss("signed error") { prediction, target in (prediction - Tensor(target)).mean() }
    #expect(signed.name == "signed error")
    #expect(signed(NDArray([3, 5] as [Float]), NDArray([1, 1] as [Float])) == 3)
  }

  @Test func mistakesStop() async {
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Loss.meanSquaredError(NDArray.zeros([2]), NDArray.zeros([3]))
    }
    expectMessage(shapes, "mean squared error", "[2]", "[3]")
    let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Loss.crossEntropy(NDArray.zeros([2, 5]), NDArray.zeros([3], dtype: .int32))
    }
    expectMessage(labels, "cross-entropy", "[2, 5]", "[3]")
  }
}

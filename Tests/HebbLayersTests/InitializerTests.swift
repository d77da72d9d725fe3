import HebbArrays
import HebbLayers
import Testing

@Suite struct InitializerTests {
  /// Initialisers with the variance that a layer of 300 inputs and 200 outputs should get.
  static let cases: [(String, Initializer, Double)] = [
    ("standard", .standard, 1.0 / 900),
    ("normal", .normal(0.01), 1e-4),
    ("uniform", .uniform(0.3), 0.03),
    ("truncatedNormal", .truncatedNormal(0.02), 0.02 * 0.02 * 0.7737),
    ("leCunNormal", .leCunNormal, 1.0 / 300),
    ("leCunUniform", .leCunUniform, 1.0 / 300),
    ("xavierNormal", .xavierNormal, 1.0 / 250),
    ("xavierUniform", .xavierUniform, 1.0 / 250),
    ("heNormal", .heNormal, 1.0 / 150),
    ("heUniform", .heUniform, 1.0 / 150),
    ("zeros", .zeros, 0),
    ("constant", .constant(3), 0),
  ]

  @Test(arguments: cases) func givesItsVariance(_ name: String, _ initializer: Initializer, _ variance: Double) {
    var random = Philox(seed: 9)
    let weights = initializer([300, 200], fanIn: 300, fanOut: 200, using: &random)
    #expect(weights.dtype == .float32)
    #expect(abs(weights.variance().scalar - variance) <= 0.03 * variance)
    if variance > 0 { #expect(abs(weights.mean().scalar) < 0.02 * variance.squareRoot()) }
  }

  @Test func constantsAreConstant() {
    var random = Philox(seed: 9)
    #expect(Initializer.ones([2], fanIn: 1, fanOut: 1, using: &random).elements(as: Float.self) == [1, 1])
    #expect(Initializer.constant(-2)([2], fanIn: 1, fanOut: 1, using: &random).elements(as: Float.self) == [-2, -2])
  }

  @Test(arguments: [[40, 25], [25, 40], [3, 3, 4, 20], [7, 7]] as [Shape])
  func orthogonalMatricesKeepLengths(_ shape: Shape) {
    var random = Philox(seed: 9)
    let gain = 1.5
    let weights = Initializer.orthogonal(gain: gain)(shape, fanIn: 1, fanOut: 1, using: &random)
    #expect(weights.shape == shape)
    let matrix = weights.reshaped(-1, shape.innermost)
    let tall = matrix.shape[0] >= matrix.shape[1]
    let products = matrix.matmul(matrix, transposingLeft: tall, transposingRight: !tall)
    let identity = NDArray.range(products.shape[0]).oneHot(classes: products.shape[0]) * (gain * gain)
    #expect((products - identity).abs().max().scalar < 1e-5)
  }

  @Test func theSameSeedGivesTheSameWeights() {
    func weights(_ seed: UInt64) -> UInt64 {
      var random = Philox(seed: seed)
      return Linear(8, 8, initializer: .orthogonal(), using: &random).weight.value.fingerprint
    }
    #expect(weights(1) == weights(1))
    #expect(weights(1) != weights(2))
  }
}

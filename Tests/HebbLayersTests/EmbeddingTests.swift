import HebbArrays
import HebbAutograd
import HebbLayers
import Testing

@Suite struct EmbeddingTests {
  private let vectors = NDArray([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
  private let numbers = NDArray([2, 0, 1, 2] as [Int32])

  @Test func paddingGivesZerosAndLearnsNothing() throws {
    let layer = Embedding(vectors, padding: 2)
    let y = layer(numbers).elements(as: Float.self)
    let (_, gradients) = valueAndGradients { layer(Tensor(numbers)).sum() }
    let slope = try #require(gradients[layer.weight]).elements(as: Float.self)
    #expect(y == [0, 0, 1, 2, 3, 4, 0, 0])
    #expect(slope == [1, 1, 1, 1, 0, 0])
  }

  @Test func givenVectorsMayBeFrozen() {
    let layer = Embedding(vectors)
    layer.freeze()
    let (value, gradients) = valueAndGradients { layer(Tensor(numbers)).sum() }
    #expect(value.scalar == 32 && gradients[layer.weight] == nil)
  }
}

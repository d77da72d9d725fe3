import HebbArrays
import HebbAutograd
import HebbTesting

private let pictures: [Shape] = [[4, 3, 2, 6], [6], [6]]
private let more: [[Shape]] = [[[5, 6], [6], [6]], [[9, 30, 27, 6], [6], [6]]]

extension OpCase {
  static let normalization: [OpCase] = [
    OpCase("batchNormalized", pictures, others: more) {
      $0[0].batchNormalized(scale: $0[1], shift: $0[2], epsilon: 1e-3).y
    },
    OpCase("batchNormalizedReLU", pictures) {
      $0[0].batchNormalized(scale: $0[1], shift: $0[2], epsilon: 1e-3, relu: true).y
    },
    OpCase("normalized", pictures, others: more) { fixed($0, relu: false) },
    OpCase("normalizedReLU", pictures) { fixed($0, relu: true) },
    OpCase("layerNormalized", [[4, 3, 7], [7], [7]], others: [[[5], [5], [5]], [[300, 133], [133], [133]]]) {
      $0[0].layerNormalized(scale: $0[1], shift: $0[2], epsilon: 1e-3)
    },
    OpCase("groupNormalized", pictures, others: more) {
      $0[0].groupNormalized(groups: 3, scale: $0[1], shift: $0[2], epsilon: 1e-3)
    },
  ]

  private static func fixed(_ x: [Tensor], relu: Bool) -> Tensor {
    x[0].normalized(
      mean: wave([6], phase: 5, dtype: x[0].dtype), variance: wave([6], phase: 6, dtype: x[0].dtype).abs(),
      scale: x[1], shift: x[2], epsilon: 1e-3, relu: relu)
  }
}

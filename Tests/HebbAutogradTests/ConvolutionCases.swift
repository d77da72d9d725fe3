import HebbArrays
import HebbAutograd
import HebbTesting

extension OpCase {
  static let convolutions: [OpCase] = [
    convolution(
      "convolved", [[2, 5, 6, 3], [3, 3, 3, 4], [4]], .init(kernel: 3, padding: 1),
      others: [[[0, 5, 6, 3], [3, 3, 3, 4], [4]], [[3, 9, 7, 16], [3, 3, 16, 16], [16]]]),
    convolution("convolvedReLU", [[2, 5, 6, 3], [3, 3, 3, 4], [4]], .init(kernel: 3, padding: 1), .relu),
    convolution("convolvedTanh", [[2, 5, 6, 3], [3, 3, 3, 4], [4]], .init(kernel: 3, padding: 1), .tanh),
    convolution(
      "convolvedStride", [[2, 8, 7, 2], [5, 3, 2, 3], [3]],
      .init(kernel: Pair(5, 3), stride: Pair(2, 3), padding: Pair(2, 1)),
      others: [[[3, 15, 16, 17], [5, 3, 17, 9], [9]]]),
    convolution(
      "convolvedDilation", [[1, 9, 8, 2], [3, 2, 2, 3]],
      .init(kernel: Pair(3, 2), padding: Pair(1, 2), dilation: Pair(2, 3))),
    convolution(
      "convolvedGroups", [[2, 5, 5, 6], [3, 3, 3, 4], [4]], .init(kernel: 3, padding: 1, groups: 2),
      others: [[[1, 7, 6, 32], [3, 3, 16, 40], [40]]]),
    convolution(
      "convolvedDepthwise", [[1, 6, 5, 5], [3, 3, 1, 5], [5]], .init(kernel: 3, stride: 2, padding: 1, groups: 5)),
    convolution(
      "convolvedDepthwiseWide", [[1, 4, 3, 17], [3, 2, 1, 17], [17]],
      .init(kernel: Pair(3, 2), padding: Pair(2, 1), dilation: Pair(2, 1), groups: 17), .relu,
      others: [[[3, 30, 19, 17], [3, 2, 1, 17], [17]]]),
    convolution("convolvedMultiplied", [[1, 5, 5, 3], [3, 3, 1, 6]], .init(kernel: 3, padding: 0, groups: 3)),
    convolution(
      "convolvedPixelwise", [[2, 3, 4, 5], [1, 1, 5, 4], [4]], .init(kernel: 1, padding: 0),
      others: [[[3, 10, 11, 20], [1, 1, 20, 33], [33]]]),
    convolution(
      "convolvedUneven", [[2, 5, 6, 3], [2, 4, 3, 2]],
      .init(kernel: Pair(2, 4), paddingBefore: Pair(0, 1), paddingAfter: Pair(1, 2))),
    convolution(
      "convolvedLine", [[2, 1, 9, 3], [1, 3, 3, 4], [4]],
      .init(kernel: Pair(1, 3), stride: Pair(1, 2), padding: Pair(0, 1))),
    transposed("transposedPlain", [[2, 4, 3, 3], [3, 3, 2, 3]], .init(kernel: 3, padding: 0), Pair(6, 5)),
    transposed(
      "transposedStride", [[2, 4, 3, 3], [4, 4, 2, 3], [2]], .init(kernel: 4, stride: 2, padding: 1), Pair(8, 6),
      others: [[[3, 4, 3, 40], [4, 4, 18, 40], [18]]]),
    transposed(
      "transposedOutput", [[1, 3, 4, 2], [3, 3, 3, 2], [3]], .init(kernel: 3, stride: 2, padding: 1), Pair(6, 8)),
    transposed(
      "transposedGroups", [[1, 3, 4, 4], [3, 3, 3, 4], [6]], .init(kernel: 3, stride: 2, padding: 0, groups: 2),
      Pair(7, 9)),
    transposed(
      "transposedDilation", [[1, 3, 4, 2], [3, 2, 2, 2]],
      .init(kernel: Pair(3, 2), padding: Pair(1, 0), dilation: Pair(2, 3)), Pair(5, 7)),
    transposed(
      "transposedLine", [[2, 1, 5, 3], [1, 4, 2, 3], [2]],
      .init(kernel: Pair(1, 4), stride: Pair(1, 2), padding: Pair(0, 1)), Pair(1, 10)),
  ]

  private static func convolution(
    _ name: String, _ shapes: [Shape], _ geometry: ConvolutionGeometry, _ activation: FusedActivation = .none,
    others: [[Shape]] = []
  ) -> OpCase {
    OpCase(name, shapes, others: others) {
      $0[0].convolved(with: $0[1], bias: $0.count > 2 ? $0[2] : nil, geometry, activation: activation)
    }
  }

  private static func transposed(
    _ name: String, _ shapes: [Shape], _ geometry: ConvolutionGeometry, _ size: Pair, others: [[Shape]] = []
  ) -> OpCase {
    OpCase(name, shapes, others: others) {
      $0[0].convolvedTransposed(with: $0[1], bias: $0.count > 2 ? $0[2] : nil, geometry, outputSize: size)
    }
  }
}

import HebbArrays
import HebbAutograd
import HebbTesting

private let stacks: [[Shape]] = [[[1, 1, 2, 3], [1, 1, 3, 1]], [[2, 2, 40, 33], [2, 2, 33, 50]]]

extension OpCase {
  static let products: [OpCase] = [
    OpCase("matmul", [[3, 4], [4, 5]], others: [[[1, 1], [1, 1]], [[0, 4], [4, 2]], [[67, 70], [70, 65]]]) {
      $0[0].matmul($0[1])
    },
    OpCase("matmulTransposed", [[3, 4], [5, 4]], others: [[[67, 70], [65, 70]]]) {
      $0[0].matmul($0[1], transposingRight: true)
    },
    OpCase("matmulRows", [[2, 3, 4], [4, 5]]) { $0[0].matmul($0[1]) },
    OpCase("matmulRowsTransposed", [[2, 3, 4], [5, 4]]) { $0[0].matmul($0[1], transposingRight: true) },
    OpCase("matmulStack", [[2, 3, 3, 4], [2, 3, 4, 2]], others: stacks) { $0[0].matmul($0[1]) },
    OpCase("matmulStackTransposed", [[2, 3, 4], [2, 5, 4]]) { $0[0].matmul($0[1], transposingRight: true) },
    OpCase(
      "linear", [[2, 3, 4], [4, 5], [5]],
      others: [[[4], [4, 1], [1]], [[0, 4], [4, 3], [3]], [[70, 67], [67, 65], [65]]]
    ) { $0[0].linear($0[1], $0[2]) },
    OpCase("linearReLU", [[3, 4], [4, 5], [5]], others: [[[40, 67], [67, 65], [65]]]) {
      $0[0].linear($0[1], $0[2], activation: .relu)
    },
    OpCase("linearTanh", [[2, 3, 4], [4, 5], [5]], others: [[[40, 67], [67, 65], [65]]]) {
      $0[0].linear($0[1], $0[2], activation: .tanh)
    },
    OpCase("linearSigmoid", [[3, 4], [4, 5]]) { $0[0].linear($0[1], nil, activation: .sigmoid) },
    OpCase("linearPlain", [[3, 4], [4, 5]]) { $0[0].linear($0[1], nil) },
  ]
}

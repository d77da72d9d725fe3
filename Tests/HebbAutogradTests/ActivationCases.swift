import HebbArrays
import HebbAutograd
import HebbTesting

private let rows: [[Shape]] = [[[1]], [[0, 4]], [[2, 3, 33]], [[1, 5000]], [[1000, 40]]]

extension OpCase {
  static let activations: [OpCase] = [
    elementwise("relu") { $0.relu() },
    elementwise("leakyReLU") { $0.leakyReLU(slope: 0.2) },
    OpCase(
      "prelu", [[4, 6], [6]], others: [[[3, 2], []], [[0, 3], [3]], [[2, 3, 2], [3, 1]], [[211, 200], [200]]]
    ) {
      $0[0].prelu($0[1])
    },
    elementwise("elu") { $0.elu() },
    elementwise("eluAlpha") { $0.elu(alpha: 0.5) },
    elementwise("selu") { $0.selu() },
    elementwise("gelu") { ($0 * 3).gelu() },
    elementwise("geluTanh") { ($0 * 3).geluTanh() },
    elementwise("silu") { ($0 * 6).silu() },
    elementwise("sigmoid") { $0.sigmoid() },
    elementwise("hardSigmoid") { ($0 * 2.5).hardSigmoid() },
    elementwise("tanh") { $0.tanh() },
    elementwise("softplus") { $0.softplus() },
    OpCase("softmax", [[3, 7]], others: rows) { $0[0].softmax() },
    OpCase("logSoftmax", [[3, 7]], others: rows) { $0[0].logSoftmax() },
    OpCase("maxout", [[3, 8]], others: [[[4]], [[2, 3, 20]], [[500, 80]]]) { $0[0].maxout(pieces: 4) },
  ]
}

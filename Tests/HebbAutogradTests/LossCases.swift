import HebbArrays
import HebbAutograd
import HebbTesting

private let rows: [[Shape]] = [[[1, 7]], [[5000, 7]]]

/// A label for each row: 0, 5, 3, 1, 6, 4, 2 and again.
private func labels(_ x: Tensor) -> NDArray {
  let shape = x.shape.removing(-1)
  return NDArray((0..<shape.count).map { Int32(5 * $0 % 7) }, shape: shape)
}

private func weights(_ x: Tensor) -> NDArray { wave([7], phase: 5, dtype: x.dtype).abs() + 0.1 }

private func target(_ x: Tensor) -> NDArray { wave(x.shape, phase: 6, dtype: x.dtype).softmax() }

extension OpCase {
  static let losses: [OpCase] = [
    OpCase("crossEntropy", [[6, 7]], others: rows) { $0[0].softmaxCrossEntropy(labels: labels($0[0])) },
    OpCase("crossEntropySequence", [[2, 3, 7]]) { $0[0].softmaxCrossEntropy(labels: labels($0[0])) },
    OpCase("crossEntropySmooth", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(labels: labels($0[0]), smoothing: 0.1)
    },
    OpCase("crossEntropyWeighted", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(labels: labels($0[0]), classWeights: weights($0[0]))
    },
    OpCase("crossEntropyIgnoring", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(labels: labels($0[0]), ignoring: 3)
    },
    OpCase("crossEntropyAll", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(
        labels: labels($0[0]), smoothing: 0.2, classWeights: weights($0[0]), ignoring: 3)
    },
    OpCase("meanSquaredError", [[3, 4], [3, 4]], others: [[[1], [1]], [[67, 70], [67, 70]]]) {
      $0[0].meanSquaredError($0[1])
    },
    OpCase("crossEntropyProbabilities", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(probabilities: target($0[0]))
    },
    OpCase("crossEntropyProbabilitiesAll", [[6, 7]], others: rows) {
      $0[0].softmaxCrossEntropy(probabilities: target($0[0]), smoothing: 0.2, classWeights: weights($0[0]))
    },
    OpCase("binaryCrossEntropySum", [[3, 7]], others: [[[1, 5]], [[67, 70]]]) {
      $0[0].binaryCrossEntropySum(target($0[0]))
    },
    OpCase("standardNormalDivergence", [[3, 4], [3, 4]], others: [[[1], [1]], [[67, 70], [67, 70]]]) {
      .standardNormalDivergence(mean: $0[0], logVariance: $0[1])
    },
    OpCase("normalDraw", [[3, 4], [3, 4]], others: [[[1], [1]], [[67, 70], [67, 70]]]) { x in
      .normalDraw(mean: x[0], logVariance: x[1], noise: wave(x[0].shape, phase: 6, dtype: x[0].dtype))
    },
  ]
}

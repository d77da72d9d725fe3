import CHebbKernels
import HebbArrays
import Testing

@Suite struct CrossEntropyTests {
  private let labels = NDArray((0..<9).map { Int32(5 * $0 % 21) })

  private func weights(_ dtype: DType) -> NDArray {
    NDArray(wave([21], phase: 4).doubles.map { abs($0) + 0.1 }).cast(to: dtype)
  }

  @Test(
    arguments: [DType.float32, .float64],
    ["plain", "sum", "none", "smooth", "weighted", "all", "probabilities", "probabilitiesAll"])
  func agreesWithPyTorch(_ dtype: DType, _ name: String) throws {
    let x = wave([9, 21], phase: 6, dtype: dtype, times: 3)
    var options = CrossEntropy()
    switch name {
    case "sum": options.reduction = .sum
    case "none": options.reduction = .none
    case "smooth": options.smoothing = 0.1
    case "weighted": options.weights = weights(dtype)
    case "all", "probabilitiesAll": options = CrossEntropy(smoothing: 0.2, weights: weights(dtype))
    default: break
    }
    let result: (loss: NDArray, gradient: NDArray?)
    if name.hasPrefix("probabilities") {
      let target = NDArray(try #require(reference["target.0"]), shape: [9, 21]).cast(to: dtype)
      result = x.crossEntropy(probabilities: target, options)
    } else {
      var known = labels
      if name == "all" { known.mutate { (e: UnsafeMutableBufferPointer<Int32>) in e[2] = -100 } }
      result = x.crossEntropy(labels: known, options)
    }
    let tolerance = dtype == .float64 ? 1e-13 : 2e-6
    #expect(result.loss.isClose(to: try #require(reference["entropy.\(name).0"]), tolerance))
    #expect(try #require(result.gradient).isClose(to: try #require(reference["entropy.\(name).1"]), tolerance))
  }

  @Test(arguments: [DType.float32, .float64]) func extremeLogits(_ dtype: DType) throws {
    let x = NDArray([1e4, -1e4, 0, 0, -.infinity, 3, .nan, 0, 0] as [Double], shape: [3, 3]).cast(to: dtype)
    let options = CrossEntropy(reduction: .none)
    let result = x.crossEntropy(labels: NDArray([1, 2, 0] as [Int32]), options)
    #expect(abs(result.loss.element(0) - 2e4) < 1e-3)
    #expect(abs(result.loss.element(1) - 0.04858735157374206) < 1e-6)
    #expect(result.loss.element(2).isNaN)
    #expect(try #require(result.gradient)[0..<1].isClose(to: [1, -1, 0], 1e-6))
  }

  @Test func everyThreadCountGivesTheSameBits() {
    let x = wave([400, 90], dtype: .float32)
    let labels = NDArray((0..<400).map { Int32($0 % 90) })
    expectSameBitsForThreads {
      let result = x.crossEntropy(labels: labels, CrossEntropy(smoothing: 0.1))
      return [result.loss] + [result.gradient].compactMap { $0 }
    }
  }

  @Test(arguments: [3, 16, 100]) func everyInstructionSetGivesTheSameBits(_ classes: Int) {
    let x = wave([7, classes], dtype: .float32, times: 9).elements(as: Float.self)
    let labels: [Int32] = [0, 1, 2, -1, 2, 1, 0]
    labels.withUnsafeBufferPointer { labels in
      var numbers = hebb_cross_entropy(
        rows: 7, classes: classes, labels: labels.baseAddress, probabilities: nil, base: nil, weights: nil,
        base_all: 0.01, sharp: 0.9, scale: 0.3)
      expectSameBits("cross-entropy", count: 7 * (classes + 3)) {
        hebb_loss_table($0).pointee.cross_entropy(&numbers, x, $1, $1 + 7, $1 + 14, $1 + 21)
      }
    }
  }
}

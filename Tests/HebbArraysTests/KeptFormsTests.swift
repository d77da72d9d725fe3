import Foundation
import HebbArrays
import Testing

/// Weights are packed and transformed once for many uses; nobody must see it but the clock.
@Suite struct KeptFormsTests {
  /// The same numbers in memory that nothing is known of.
  private func fresh(_ array: NDArray) -> NDArray { NDArray(array.elements(as: Float.self), shape: array.shape) }

  private struct Use: CustomStringConvertible, Sendable {
    let description: String
    let x: Shape, weight: Shape
    let run: @Sendable (NDArray, NDArray) -> NDArray
  }

  private static let uses = [
    Use(description: "product", x: [120, 40], weight: [40, 24]) { $0.matmul($1) },
    Use(description: "product of a part of the weights", x: [120, 40], weight: [3, 40, 24]) { $0.matmul($1.row(1)) },
    Use(description: "product with the weights turned", x: [120, 40], weight: [30, 40]) {
      $0.matmul($1, transposingRight: true)
    },
    Use(description: "convolution", x: [1, 9, 9, 3], weight: [3, 3, 3, 7]) {
      $0.convolved(with: $1, ConvolutionGeometry(kernel: 3, padding: 0))
    },
    Use(description: "convolution in groups", x: [1, 9, 9, 6], weight: [3, 3, 3, 8]) {
      $0.convolved(with: $1, ConvolutionGeometry(kernel: 3, padding: 0, groups: 2))
    },
    Use(description: "transformed convolution", x: [2, 18, 18, 16], weight: [3, 3, 16, 32]) {
      $0.convolved(with: $1, ConvolutionGeometry(kernel: 3, padding: 0))
    },
    Use(description: "gradient of its input", x: [2, 16, 16, 32], weight: [3, 3, 16, 32]) {
      $0.convolutionInputGradient(weight: $1, ConvolutionGeometry(kernel: 3, padding: 0), inputShape: [2, 18, 18, 16])
    },
    Use(description: "convolution of single pixels", x: [1, 12, 12, 20], weight: [1, 1, 20, 24]) {
      $0.convolved(with: $1, ConvolutionGeometry(kernel: 1, padding: 0))
    },
  ]

  @Test(arguments: uses.indices) func formsFollowTheWeights(_ index: Int) {
    let use = KeptFormsTests.uses[index]
    var random = Philox(seed: 21).split(UInt64(index))
    let x = NDArray.uniform(use.x, in: -1...1, using: &random)
    var weight = NDArray.uniform(use.weight, in: -1...1, using: &random)
    for round in 0..<3 {
      let expected = use.run(x, fresh(weight)).elements(as: Float.self)
      for time in 0..<4 {
        #expect(use.run(x, weight).elements(as: Float.self) == expected, "\(use), round \(round), use \(time)")
      }
      // Others keep the numbers that they have, and the forms of these.
      let before = weight
      weight.mutate { (w: UnsafeMutableBufferPointer<Float>) in for i in w.indices { w[i] = w[i] * 0.5 + 0.1 } }
      #expect(use.run(x, before).elements(as: Float.self) == expected, "\(use), the old weights")
    }
  }

  @Test func writingInPlaceForgets() {
    var random = Philox(seed: 22)
    let x = NDArray.uniform([120, 40], in: -1...1, using: &random)
    var weight = NDArray.uniform([40, 24], in: -1...1, using: &random)
    for _ in 0..<4 {
      for _ in 0..<3 { _ = x.matmul(weight) }
      weight.mutate { (w: UnsafeMutableBufferPointer<Float>) in w[7] += 1 }
      #expect(x.matmul(weight).elements(as: Float.self) == x.matmul(fresh(weight)).elements(as: Float.self))
    }
  }

  @Test func manyThreadsReadTheSameWeights() {
    var random = Philox(seed: 23)
    let x = NDArray.uniform([120, 40], in: -1...1, using: &random)
    let weight = NDArray.uniform([40, 24], in: -1...1, using: &random)
    let expected = x.matmul(fresh(weight)).elements(as: Float.self)
    DispatchQueue.concurrentPerform(iterations: 64) { _ in
      for _ in 0..<8 { #expect(x.matmul(weight).elements(as: Float.self) == expected) }
    }
  }
}

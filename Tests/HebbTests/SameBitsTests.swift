import Foundation
import Hebb
import Testing

/// The same bits with every instruction set and every number of threads.
///
/// A process chooses both once, so `Scripts/same-bits` runs these tests in a process for each combination and compares what
/// they print.
@Suite("SameBits", .serialized) struct SameBitsTests {
  private func report(_ name: String, _ arrays: [NDArray]) {
    let words = arrays.map { String($0.fingerprint, radix: 16) }
    print("bits \(name) \(words.joined(separator: "."))")
  }

  @Test("random numbers, functions of elements, long sums") func arrays() {
    var random = Philox(seed: 1)
    let x = NDArray.normal([3, 21_845], using: &random)
    report("elements", [x, x.exp(), x.tanh(), x.erf(), x.abs().log(), x.sin(), x * x.sigmoid() + 1])
    report("sums", [x.sum(), x.sum(axes: [0]), x.sum(axes: [1]), x.softmax()])
  }

  @Test("products: long, small, with rests of every kind") func products() {
    var random = Philox(seed: 2)
    for (rows, inner, columns) in [(5, 9_001, 37), (1, 300, 130), (67, 65, 70)] {
      let a = NDArray.normal([rows, inner], using: &random)
      let b = NDArray.normal([inner, columns], using: &random)
      report("product-\(rows)x\(inner)x\(columns)", [a.matmul(b), b.transposed().matmul(a.transposed())])
    }
  }

  @Test("a convolutional network, trained for three steps") func training() {
    var random = Philox(seed: 3)
    let model = Sequential {
      Conv2D(1, 16, kernel: 5, padding: .same, using: &random)
      ReLU()
      Conv2D(16, 24, kernel: 3, padding: .same, using: &random)
      ReLU()
      Conv2D(24, 8, kernel: 3, stride: 2, using: &random)
      Linear(8, 10, using: &random)
    }
    let x = Tensor(NDArray.normal([6, 12, 12, 1], using: &random))
    let goal = NDArray.normal([6, 5, 5, 10], using: &random)
    for step in 0..<3 {
      let (_, gradients) = Pass.training(seed: 4, step: step) {
        valueAndGradients { squaredDistance(model(x), goal) }
      }
      for (parameter, gradient) in zip(gradients.parameters, gradients.values) {
        parameter.update { $0 = $0 - 1e-4 * gradient }
      }
    }
    report("training", model.parameters.map(\.value))
  }

  private func squaredDistance(_ x: Tensor, _ goal: NDArray) -> Tensor {
    let difference = x.value - goal
    return Tensor(difference.squared().sum(), from: x) { dy in [2 * dy * difference] }
  }
}

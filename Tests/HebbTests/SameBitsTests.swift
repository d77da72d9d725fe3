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

  @Test("losses of sequences") func sequenceLosses() {
    var random = Philox(seed: 3)
    let x = NDArray.normal([5, 30, 21], using: &random)
    let field = LinearChainCRF(21, using: &random)
    let tags = NDArray((0..<150).map { Int32($0 * 7 % 21) }, shape: [5, 30])
    let labels = (0..<5).map { row in (0..<9 + row).map { 1 + (row + 3 * $0) % 20 } }
    let lengths = [30, 25, 30, 16, 29]
    let (value, slopes, gradients) = valueAndGradients(at: [x]) {
      let (ctc, chain) = (
        $0[0].ctcLosses(labels: labels, lengths: lengths), field.losses($0[0], tags: tags, lengths: lengths)
      )
      return (ctc + chain).sum()
    }
    report("sequence-losses", [value] + slopes + gradients.values)
  }

  @Test("depthwise convolutions and their gradients") func depthwise() {
    var random = Philox(seed: 3)
    let x = NDArray.normal([5, 40, 41, 37], using: &random)
    let w = NDArray.normal([3, 3, 1, 37], using: &random)
    for stride in [1, 2] {
      let geometry = ConvolutionGeometry(kernel: 3, stride: Pair(stride, stride), padding: 1, groups: 37)
      let y = x.convolved(with: w, geometry)
      report(
        "depthwise-\(stride)",
        [
          y, y.convolutionInputGradient(weight: w, geometry, inputShape: x.shape),
          x.convolutionWeightGradient(resultGradient: y, geometry, weightShape: w.shape),
        ])
    }
  }

  @Test("a network with every layer, trained for twenty steps") func training() {
    let model = EveryLayer.trained()
    #expect(model.parameters.allSatisfy { $0.value.allFinite })
    report("training", model.parameters.map(\.value))
  }
}

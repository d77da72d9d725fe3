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

  @Test("layers of two inputs, forwards and backwards") func twoInputs() {
    var random = Philox(seed: 7)
    let (x, memory) = (NDArray.normal([3, 50, 16], using: &random), NDArray.normal([3, 40, 16], using: &random))
    let cross = CrossAttention(16, heads: 2, using: &random)
    let block = TransformerDecoderBlock(16, heads: 4, dropout: 0.1, using: &random)
    let additive = AdditiveAttention(query: 16, memory: 16, hidden: 20, using: &random)
    let products = MultiplicativeAttention(query: 16, memory: 16, using: &random)
    let (value, slopes, gradients) = Pass.training(seed: 8) {
      valueAndGradients(at: [x, memory]) { inputs in
        let y = block(cross(inputs[0], to: inputs[1]), memory: inputs[1])
        let query = y.sum(axes: [1])
        let contexts = additive(query, to: inputs[1]).context * products(query, to: inputs[1]).context
        return (y * y).sum() + contexts.sum()
      }
    }
    report("two-inputs", [value] + slopes + gradients.values)
  }

  @Test("a line that is written character by character") func writtenLines() {
    var random = Philox(seed: 9)
    let model = AttentiveLineNetwork(
      classes: 12, channels: [8, 8, 16, 16, 24], units: 12, features: 9, state: 20, hidden: 17, dropout: 0.1,
      using: &random)
    let x = Tensor(NDArray.uniform([3, 32, 72, 1], in: 0...1, using: &random))
    let text = NDArray((0..<15).map { Int32($0 * 5 % 12) }, shape: [3, 5])
    let (value, gradients) = Pass.training(seed: 8) {
      valueAndGradients { Loss.crossEntropy(model(x, widths: [72, 40, 64], text), text) }
    }
    report("written-lines", [value] + gradients.values)
  }

  @Test("networks on graphs") func graphs() {
    var random = Philox(seed: 4)
    let edges = (0..<120).map { (from: $0 % 41, to: $0 * $0 % 41) }
    let graph = SparseMatrix(edges: edges, weights: edges.indices.map { Float($0 % 7 + 1) / 7 }, nodes: 41)
    let model = Sequential([
      DCGRU(3, 20, on: graph, using: &random), GraphGRU(20, 17, on: graph, using: &random),
      DiffusionConvolution(17, 9, on: graph, using: &random), GraphConvolution(9, 4, on: graph, using: &random),
    ])
    let x = NDArray.normal([5, 4, 41, 3], using: &random)
    let (value, slopes, gradients) = valueAndGradients(at: [x]) { model($0[0]).squared().sum() }
    report("graphs", [value] + slopes + gradients.values)
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

  @Test("networks that make pictures, trained for a few steps") func pictures() throws {
    var random = Philox(seed: 4)
    let x = NDArray.uniform([24, 8, 8, 3], using: &random)
    let data = ArrayDataset(name: "noise", inputs: x, targets: .zeros([24], dtype: .int32))
    let vae = VAE([8, 8, 3], hidden: 24, latent: 5, using: &random)
    _ = try vae.fit(data, epochs: 2, batchSize: 8)
    report("vae", vae.parameters.map(\.value) + [vae.sample(count: 3, using: &random)])
    let colorizer = Colorizer(width: 3, depth: 2, using: &random)
    _ = try colorizer.fit(data, epochs: 1, batchSize: 12)
    report("colorizer", colorizer.parameters.map(\.value))
    let generator = DCGANGenerator(noise: 6, side: 4, channels: 3, using: &random)
    let discriminator = DCGANDiscriminator(channels: 3, side: 4, using: &random)
    let gan = AdversarialTrainer(generator, discriminator, objective: .leastSquares, noise: 6)
    let small = ArrayDataset(
      name: "noise", inputs: x.sliced(axis: 1, from: 0, to: 4).sliced(axis: 2, from: 0, to: 4) * 2 - 1,
      targets: .zeros([24], dtype: .int32))
    _ = try gan.fit(small, epochs: 1, batchSize: 12)
    report("gan", generator.parameters.map(\.value) + discriminator.parameters.map(\.value))
    report("frechet", [NDArray(FrechetDistance.squared(x.reshaped([24, 192]), x.reshaped([24, 192]).exp()))])
  }
}

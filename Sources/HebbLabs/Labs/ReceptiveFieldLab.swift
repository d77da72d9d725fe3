import Hebb
import HebbPlots

/// Changes one pixel after the other and looks which of them the middle of the result feels.
struct ReceptiveFieldLab: Lab {
  let name = "receptive-field"
  let title = "how much of the picture one result sees, computed and measured"
  let question = "How does the receptive field grow with depth, kernel, stride, dilation and pooling?"

  private static let side = 65
  private static let depths = [1, 2, 3, 4]

  /// Layers that are repeated.
  private struct Chain: Sendable {
    let name: String
    let block: @Sendable (_ index: Int, inout Philox) -> [any Layer]

    func network(_ depth: Int, using random: inout Philox) -> Sequential {
      Sequential((0..<depth).flatMap { block($0, &random) })
    }
  }

  /// Kernels of ones: nothing cancels, so that whatever is seen is felt.
  private static func sum(_ kernel: Int, stride: Int = 1, dilation: Int = 1, _ random: inout Philox) -> any Layer {
    Conv2D(
      1, 1, kernel: Pair(kernel, kernel), stride: Pair(stride, stride), padding: .same,
      dilation: Pair(dilation, dilation), bias: false, initializer: .ones, using: &random)
  }

  private static let chains = [
    Chain(name: "3×3") { _, random in [sum(3, &random)] },
    Chain(name: "5×5") { _, random in [sum(5, &random)] },
    Chain(name: "3×3, dilation 1, 2, 4, 8") { index, random in [sum(3, dilation: 1 << index, &random)] },
    Chain(name: "3×3, stride 2") { _, random in [sum(3, stride: 2, &random)] },
    Chain(name: "3×3, then pooling 2×2") { _, random in [sum(3, &random), MaxPool2D(2)] },
  ]

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    var rows: [[String]] = []
    var series: [Series] = []
    var agreeing = 0
    var growth: [(name: String, sizes: [Int])] = []
    for chain in Self.chains {
      let networks = Self.depths.map { chain.network($0, using: &random) }
      let computed = networks.map { network in
        ModelSummary(of: network, input: [Self.side, Self.side, 1]).rows.last?.receptiveField?.width ?? 0
      }
      let felt = networks.map(measure)
      agreeing += zip(computed, felt).count { $0 == $1 }
      rows.append([chain.name] + zip(computed, felt).map { "\($0) / \($1)" })
      series.append(
        Series(
          chain.name, x: Self.depths.map(Double.init), y: felt.map(Double.init),
          dashed: series.contains { $0.y == felt.map(Double.init) }, marker: .disk))
      growth.append((chain.name, felt))
    }
    let sensitivity = sensitivity(options)

    var report = LabReport()
    report.show(
      "Side of the receptive field in pixels, computed / measured",
      TextTable(["chain"] + Self.depths.map { "\($0) deep" }, rows: rows))
    report.draw(
      "receptive-field",
      Figure(
        "What one result sees", height: 420,
        panels: [
          Axes("measured", x: Axis("layers"), y: Axis("pixels along a side"), series: series),
          HeatMap("how much each pixel counts after ten 3×3 layers", values: sensitivity),
        ]))
    let cases = Self.chains.count * Self.depths.count
    report.say("Computed and measured fields agree in \(agreeing) of \(cases) cases.")
    for (name, sizes) in growth {
      let steps = zip(sizes, sizes.dropFirst()).map { $1 - $0 }
      report.say(
        "\(name): each layer adds \(Wording.list(steps.map(String.init))) pixels, "
          + (Set(steps).count == 1 ? "always the same." : "more and more."))
    }
    let all = sensitivity.joined().reduce(0, +)
    let middle = sensitivity[5...15].flatMap { $0[5...15] }.reduce(0, +)
    report.say(
      "Of a field of 21×21 pixels the inner 11×11, \(Wording.percent(121.0 / 441)) of the area, bear "
        + "\(Wording.percent(middle / all)) of the gradient: "
        + (middle / all > 121.0 / 441 ? "what is seen is not felt alike." : "the middle counts no more than the rim."))
    return report
  }

  /// One picture for each column, with its pixels set: how wide the columns lie that the middle of the result feels.
  private func measure(_ network: Sequential) -> Int {
    let side = Self.side
    let rest = network(NDArray.zeros([1, side, side, 1]))
    let middle = rest.shape[1] / 2
    let pictures = NDArray(shape: [side, side, side, 1]) { (x: UnsafeMutableBufferPointer<Float>) in
      x.update(repeating: 0)
      for column in 0..<side { for row in 0..<side { x[(column * side + row) * side + column] = 1 } }
    }
    let results = network(pictures).sliced(axis: 1, from: middle, to: middle + 1)
      .sliced(axis: 2, from: middle, to: middle + 1).elements(as: Float.self)
    let felt = results.indices.filter { results[$0] != 0 }
    return (felt.last ?? 0) - (felt.first ?? 0) + 1
  }

  /// |∂ middle / ∂ pixel| of ten convolutions of eight channels with random weights, a mean over random pictures.
  private func sensitivity(_ options: LabOptions) -> [[Double]] {
    var random = options.random(1)
    let layers = (0..<10).map { index in
      Conv2D(
        index == 0 ? 1 : 8, 8, kernel: 3, padding: 1, bias: false, initializer: .heNormal, using: &random)
    }
    let network = Sequential(layers.flatMap { [$0, ReLU()] as [any Layer] })
    let pictures = 32
    let x = NDArray.uniform([pictures, 21, 21, 1], using: &random)
    let (_, gradients, _) = valueAndGradients(at: [x], ofParameters: false) {
      network($0[0]).sliced(axis: 1, from: 10, to: 11).sliced(axis: 2, from: 10, to: 11).sum()
    }
    let felt = gradients[0].abs().mean(axes: [0]).elements(as: Float.self).map(Double.init)
    return (0..<21).map { Array(felt[$0 * 21..<($0 + 1) * 21]) }
  }
}

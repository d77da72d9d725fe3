import Hebb
import HebbPlots

/// Output sizes of convolutions, by formula and by running them.
struct SizesLab: Lab {
  let name = "sizes"
  let title = "output size from input, kernel, padding and stride"
  let question = "How large is a convolution's result, and which kernels keep the picture's size?"

  private struct Case {
    let input: Int, kernel: Int, padding: Int, stride: Int
    var dilation = 1

    /// ⌊(n + 2p − d (k − 1) − 1) ÷ s⌋ + 1.
    var formula: Int { (input + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }
    /// Pixels, of the frame too, behind the last window.
    var unseen: Int { (input + 2 * padding - dilation * (kernel - 1) - 1) % stride }
  }

  private static let cases = [
    Case(input: 28, kernel: 3, padding: 0, stride: 1), Case(input: 28, kernel: 3, padding: 1, stride: 1),
    Case(input: 28, kernel: 5, padding: 2, stride: 1), Case(input: 28, kernel: 7, padding: 3, stride: 1),
    Case(input: 28, kernel: 5, padding: 0, stride: 1), Case(input: 28, kernel: 2, padding: 0, stride: 2),
    Case(input: 28, kernel: 3, padding: 1, stride: 2), Case(input: 28, kernel: 3, padding: 0, stride: 2),
    Case(input: 28, kernel: 4, padding: 1, stride: 1), Case(input: 28, kernel: 4, padding: 2, stride: 1),
    Case(input: 224, kernel: 7, padding: 3, stride: 2), Case(input: 28, kernel: 3, padding: 2, stride: 1, dilation: 2),
  ]

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let measured = Self.cases.map { measure($0, using: &random) }
    let kernels = Array(1...8)
    let kept = kernels.map { kernel in
      (0...4).first { measure(Case(input: 28, kernel: kernel, padding: $0, stride: 1), using: &random) == 28 }
    }
    let same = kernels.map { kernel in
      Conv2D(1, 1, kernel: Pair(kernel, kernel), padding: .same, using: &random)
    }
    let sameSizes = same.map { $0(NDArray.zeros([1, 28, 28, 1])).shape[1] }

    var report = LabReport()
    report.show(
      "Size along one side: ⌊(input + 2 · padding − dilation · (kernel − 1) − 1) ÷ stride⌋ + 1",
      TextTable(
        ["input", "kernel", "padding", "stride", "dilation", "by formula", "measured", "left over"],
        rows: zip(Self.cases, measured).map {
          [$0.input, $0.kernel, $0.padding, $0.stride, $0.dilation, $0.formula, $1, $0.unseen].map(String.init)
        }))
    report.show(
      "Padding that keeps 28 pixels at stride 1",
      TextTable(
        ["kernel", "even padding", "padding .same, before and after", "size with .same"],
        rows: kernels.indices.map { index in
          let frame = same[index].geometry.padding
          return [
            "\(kernels[index])", kept[index].map(String.init) ?? "none", "\(frame.left) and \(frame.right)",
            "\(sameSizes[index])",
          ]
        }))
    let paddings = Array(0...4)
    let sizes = kernels.map { kernel in
      paddings.map { measure(Case(input: 28, kernel: kernel, padding: $0, stride: 1), using: &random) }
    }
    report.draw(
      "sizes",
      Figure(
        "Output size of 28 pixels at stride 1", width: 620, height: 440,
        panels: [
          HeatMap(
            values: sizes.map { $0.map { abs(Double($0 - 28)) } }, texts: sizes.map { $0.map(String.init) },
            rowNames: kernels.map(String.init), columnNames: paddings.map(String.init), rowLabel: "kernel",
            columnLabel: "padding on each side (white cells keep the size)", colors: .blues)
        ]))
    let wrong = zip(Self.cases, measured).count { $0.formula != $1 }
    report.say("The formula gives the measured size in \(measured.count - wrong) of \(measured.count) cases.")
    let (odd, even) = (kernels.indices.filter { kernels[$0] % 2 == 1 }, kernels.indices.filter { kernels[$0] % 2 == 0 })
    let keeping = odd.compactMap { index in kept[index].map { "\(kernels[index]) with \($0)" } }
    report.say("Kernels that keep the size with the same padding on both sides: \(Wording.list(keeping)).")
    let uneven = even.filter { kept[$0] == nil }.map { "\(kernels[$0])" }
    report.say(
      "No even padding keeps the size for kernels of \(Wording.list(uneven)); `.same` puts the odd pixel behind, and keeps "
        + (sameSizes.allSatisfy { $0 == 28 } ? "all sizes." : "not all sizes."))
    return report
  }

  private func measure(_ c: Case, using random: inout Philox) -> Int {
    let layer = Conv2D(
      1, 1, kernel: Pair(c.kernel, c.kernel), stride: Pair(c.stride, c.stride),
      padding: .pixels(Pair(c.padding, c.padding)), dilation: Pair(c.dilation, c.dilation), using: &random)
    return layer(NDArray.zeros([1, c.input, c.input, 1])).shape[1]
  }
}

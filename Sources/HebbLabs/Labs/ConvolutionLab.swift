import Hebb
import HebbPlots

/// Slides a kernel over a small picture, as it is and turned, and looks at how far one pixel's influence reaches.
struct ConvolutionLab: Lab {
  let name = "convolution"
  let title = "a kernel slides over a picture: window sums, the flip, locality"
  let question =
    "What does a convolution layer compute, is it the convolution of mathematics, and what does one pixel change?"

  private static let side = 6
  private static let kernels: [(name: String, values: [Float])] = [
    ("edge to the right", [-1, 0, 1, -2, 0, 2, -1, 0, 1]), ("blur", [1, 2, 1, 2, 4, 2, 1, 2, 1]),
    ("corner", [1, 2, 0, 0, 1, 0, 0, 0, 0]),
  ]

  /// Σ x[i + u, j + v] w[u, v], or with the kernel turned by 180° Σ x[i + u, j + v] w[2 − u, 2 − v].
  private static func slide(_ x: [Float], _ w: [Float], turned: Bool) -> [Float] {
    let out = side - 2
    return (0..<out * out).map { place in
      (0..<9).reduce(0) { sum, tap in
        sum + x[(place / out + tap / 3) * side + place % out + tap % 3] * w[turned ? 8 - tap : tap]
      }
    }
  }

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let side = Self.side
    let pixels = NDArray.uniform([side * side], in: 0...9, using: &random).floor().elements(as: Float.self)
    var report = LabReport()
    let kernel = Self.kernels[0].values
    let layer = convolve(pixels, kernel)
    report.show(
      "The first windows of a row: pixels times kernel, added up",
      TextTable(
        ["window", "sum", "value"],
        rows: (0..<side - 2).map { column in
          let terms = (0..<9).filter { kernel[$0] != 0 }.map { tap in
            "\(Int(pixels[tap / 3 * side + column + tap % 3]))·\(NumberText.fixed(Double(kernel[tap]), places: 0))"
          }
          return ["columns \(column + 1)–\(column + 3)", terms.joined(separator: " + "), whole(layer[column])]
        }))
    var agreement: [(name: String, plain: Double, turned: Double)] = []
    for (name, values) in Self.kernels {
      let ours = convolve(pixels, values)
      func difference(_ turned: Bool) -> Double {
        zip(ours, Self.slide(pixels, values, turned: turned)).map { Double(abs($0 - $1)) }.max() ?? .nan
      }
      agreement.append((name, difference(false), difference(true)))
    }
    report.show(
      "Largest difference between Conv2D and a loop written out",
      TextTable(
        ["kernel", "cross-correlation", "convolution (kernel turned by 180°)"],
        rows: agreement.map { [$0.name, Wording.short($0.plain), Wording.short($0.turned)] }))

    let touched = (0..<side * side).map { place in
      var moved = pixels
      moved[place] += 1
      return zip(convolve(moved, [Float](repeating: 1, count: 9)), convolve(pixels, [Float](repeating: 1, count: 9)))
        .count { $0 != $1 }
    }
    report.draw("convolution", figure(pixels, touched))
    conclude(&report, agreement, touched)
    return report
  }

  private func convolve(_ x: [Float], _ w: [Float]) -> [Float] {
    NDArray(x, shape: [1, Self.side, Self.side, 1])
      .convolved(with: NDArray(w, shape: [3, 3, 1, 1]), ConvolutionGeometry(kernel: 3)).elements(as: Float.self)
  }

  private func whole(_ x: Float) -> String { NumberText.fixed(Double(x), places: 0) }

  private func figure(_ pixels: [Float], _ touched: [Int]) -> Figure {
    func map(_ title: String, _ values: [Float]) -> HeatMap {
      let side = Int(Double(values.count).squareRoot())
      let rows = (0..<side).map { row in values[row * side..<(row + 1) * side].map(Double.init) }
      return HeatMap(
        title, values: rows, texts: rows.map { $0.map { NumberText.fixed($0, places: 0) } }, colors: .blues)
    }
    let kernel = Self.kernels[0]
    return Figure(
      "A 3×3 kernel over a \(Self.side)×\(Self.side) picture", width: 1200, height: 360,
      panels: [
        map("picture", pixels), map("kernel: \(kernel.name)", kernel.values),
        map("result", convolve(pixels, kernel.values)),
        map("results that each pixel moves", touched.map(Float.init)),
      ])
  }

  private func conclude(
    _ report: inout LabReport, _ agreement: [(name: String, plain: Double, turned: Double)], _ touched: [Int]
  ) {
    let equal = agreement.filter { $0.plain < 1e-4 }.map(\.name)
    report.say(
      "Conv2D is the cross-correlation, which leaves the kernel as it is, for \(equal.count) of \(agreement.count) kernels."
    )
    let either = agreement.filter { $0.turned < 1e-4 }.map(\.name)
    report.say(
      "The convolution of mathematics turns the kernel first; the two agree only for: \(Wording.list(either)). "
        + "A network learns its kernels, so the turn makes no difference to what it can learn.")
    let (most, least) = (touched.max() ?? 0, touched.min() ?? 0)
    report.say(
      "One pixel moves at most \(most) of \((Self.side - 2) * (Self.side - 2)) results, those whose window holds it, and "
        + "\(least) where it lies in a corner: without padding the rim of a picture counts less.")
  }
}

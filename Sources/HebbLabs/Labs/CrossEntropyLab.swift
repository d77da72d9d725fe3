import Hebb
import HebbPlots

/// Compares losses of predictions that give the true class the same probability and spread the rest differently.
struct CrossEntropyLab: Lab {
  let name = "cross-entropy"
  let title = "cross-entropy reads one probability, that of the true class"
  let question = "Does cross-entropy depend on how the wrong classes share what the true class leaves?"

  /// Probabilities of three classes; the first is the true one.
  private static let predictions: [[Double]] = [
    [0.6, 0.2, 0.2], [0.6, 0.4, 0], [0.6, 0.05, 0.35], [0.9, 0.05, 0.05], [0.3, 0.35, 0.35], [0.05, 0.9, 0.05],
  ]

  private struct Measured {
    let cross: Double, smoothed: Double, squared: Double, gradient: [Double]
  }

  func run(_ options: LabOptions) -> LabReport {
    let measured = Self.predictions.map(measure)
    var report = LabReport()
    report.show(
      "Losses of predictions whose first class is the true one",
      TextTable(
        ["prediction", "cross-entropy", "with smoothing 0.1", "squared error", "gradient at the logits"],
        rows: zip(Self.predictions, measured).map { p, m in
          [
            vector(p), Wording.number(m.cross), Wording.number(m.smoothed), Wording.number(m.squared),
            vector(m.gradient),
          ]
        }))
    let x = (1...100).map { Double($0) / 100 }
    let loss = x.map { Loss.crossEntropy(NDArray([$0, 1 - $0], shape: [1, 2]).logarithm, NDArray([Int32(0)])) }
    report.draw(
      "cross-entropy",
      Figure(
        "Cross-entropy",
        panels: [Axes(x: Axis("probability of the true class"), y: Axis("loss"), series: [Series(x: x, y: loss)])]))
    conclude(&report, measured)
    return report
  }

  private func measure(_ p: [Double]) -> Measured {
    let label = NDArray([Int32(0)])
    let logits = NDArray(p, shape: [1, p.count]).logarithm
    let (cross, gradients, _) = valueAndGradients(at: [logits]) { Loss.crossEntropy($0[0], label) }
    let truth = label.oneHot(classes: p.count, dtype: .float64)
    return Measured(
      cross: cross.scalar, smoothed: Loss.crossEntropy(smoothing: 0.1)(logits, label),
      squared: (NDArray(p, shape: [1, p.count]) - truth).squared().sum().scalar,
      gradient: gradients[0].elements(as: Double.self))
  }

  private func vector(_ x: [Double]) -> String {
    "(" + x.map { NumberText.fixed($0, places: 2) }.joined(separator: ", ") + ")"
  }

  private func conclude(_ report: inout LabReport, _ measured: [Measured]) {
    let truth = Self.predictions[0][0]
    let group = measured.indices.filter { Self.predictions[$0][0] == truth }.map { measured[$0] }
    func spread(_ read: (Measured) -> Double) -> Double {
      let values = group.map(read)
      return (values.max() ?? .nan) - (values.min() ?? .nan)
    }
    let cross = spread(\.cross)
    report.say(
      "\(group.count) predictions give the true class \(truth). Their cross-entropies differ by "
        + "\(Wording.short(cross)), their squared errors by \(Wording.short(spread(\.squared))): cross-entropy "
        + (cross < 1e-6 ? "reads the true class alone." : "does not read the true class alone."))
    report.say(
      "With label smoothing they differ by \(Wording.short(spread(\.smoothed))): the other classes then count a little."
    )
    let touched = group.map { $0.gradient.count { abs($0) > 1e-9 } }
    report.say(
      "The gradient is p − y. In these predictions it moves \(Wording.list(touched.map(String.init))) of "
        + "\(Self.predictions[0].count) logits: the loss reads one probability, but learning pushes every class that has "
        + "some.")
  }
}

extension NDArray {
  /// Logits whose softmax gives these probabilities; 10⁻³⁰ stands for 0.
  fileprivate var logarithm: NDArray { NDArray.maximum(self, 1e-30).log() }
}

import Hebb
import HebbPlots

/// Puts (1, 2, 3, 4, 1, 2, 3) through softmax, scaled and shifted.
struct SoftmaxLab: Lab {
  let name = "softmax"
  let title = "scores become probabilities, and how sharply depends on their scale"
  let question = "What does softmax make of (1, 2, 3, 4, 1, 2, 3), and what of the same numbers scaled or shifted?"

  private static let scores = [1.0, 2, 3, 4, 1, 2, 3]
  private static let scales = [0.1, 1, 10]

  func run(_ options: LabOptions) -> LabReport {
    let x = NDArray(Self.scores)
    let plain = x.softmax().elements(as: Double.self)
    let scaled = Self.scales.map { (x * $0).softmax().elements(as: Double.self) }
    let shifted = (x + 1000).softmax().elements(as: Double.self)

    var report = LabReport()
    let exponentials = x.exp().elements(as: Double.self)
    let total = exponentials.reduce(0, +)
    let rows = Self.scores.indices.map { i in
      [Self.scores[i], exponentials[i], exponentials[i] / total, plain[i], shifted[i]].enumerated().map {
        $0.offset == 0 ? Wording.short($0.element) : Wording.number($0.element)
      }
    }
    report.show(
      "Softmax of (1, 2, 3, 4, 1, 2, 3)",
      TextTable(["x", "eˣ", "eˣ ÷ sum", "softmax x", "softmax (x + 1000)"], rows: rows))
    report.show(
      "The largest share, by the scale of the scores",
      TextTable(
        ["scale", "smallest", "largest", "sum"],
        rows: zip(Self.scales, scaled).map { scale, shares in
          [
            Wording.short(scale), Wording.number(shares.min() ?? .nan), Wording.number(shares.max() ?? .nan),
            Wording.number(shares.reduce(0, +)),
          ]
        }))
    report.draw(
      "softmax",
      .bars(
        "Softmax of c · (1, 2, 3, 4, 1, 2, 3)", names: Self.scores.map { Wording.short($0) },
        series: zip(Self.scales, scaled).map { ("c = \(Wording.short($0))", $1) }, label: "probability"))
    conclude(&report, plain, shifted, scaled)
    return report
  }

  private func conclude(_ report: inout LabReport, _ plain: [Double], _ shifted: [Double], _ scaled: [[Double]]) {
    let positive = plain.allSatisfy { $0 > 0 } ? "All are positive" : "Not all are positive"
    let error = abs(plain.reduce(0, +) - 1)
    report.say("\(positive), and their sum differs from 1 by \(Wording.short(error)).")
    let largest = plain.max() ?? .nan
    let share = (Self.scores.max() ?? .nan) / Self.scores.reduce(0, +)
    report.say(
      "The largest score is \(Wording.percent(share)) of the sum of the scores and gets \(Wording.percent(largest)): it "
        + (largest > share ? "stands out." : "does not stand out."))
    let shift = zip(plain, shifted).map { abs($0 - $1) }.max() ?? .nan
    report.say(
      "A thousand added to every score changes no probability by more than \(Wording.short(shift)): only differences "
        + "count, which is why the largest score can be subtracted before the exponential.")
    let (flat, sharp) = (scaled[0].max() ?? .nan, scaled[scaled.count - 1].max() ?? .nan)
    report.say(
      "How far it stands out is a matter of scale: scores \(Wording.short(Self.scales[0])) times as large give it "
        + "\(Wording.percent(flat)), \(Wording.short(Self.scales[Self.scales.count - 1])) times as large "
        + "\(Wording.percent(sharp)).")
  }
}

import Foundation
import HebbArrays
import HebbPlots
import Testing

@Suite struct LayoutTests {
  /// The room that a text takes in a drawing.
  private func box(_ text: Drawing.Text) -> Rectangle {
    let length = StrokeFont.width(of: text.string, size: text.size, bold: text.isBold)
    let start = text.anchor == .start ? 0 : text.anchor == .middle ? -length / 2 : -length
    let height = text.size * StrokeFont.capHeight
    let (x, y) = (text.position.x, text.position.y)
    return text.isTurned
      ? Rectangle(left: x - height, top: y - start - length, right: x, bottom: y - start)
      : Rectangle(left: x + start, top: y - height, right: x + start + length, bottom: y)
  }

  /// Texts stay on the sheet and off each other.
  @Test func textsDoNotTouch() {
    let wave = (0..<50).map { Double($0 * 37 % 50) / 50 }
    let names = (0..<12).map { "class number \($0)" }
    let marks: [ReferenceLine] = [
      .horizontal(0.5, "chance"), .horizontal(0.49, "baseline"), .vertical(3, "first drop of the rate"),
      .vertical(5, "second drop of the rate"), .vertical(49, "end of the training"),
    ]
    let figures: [Figure] = [
      .learningCurves(
        "A title that is much too long for the figure, so that it must be cut somewhere before it ends, really, at once",
        trainingLoss: wave, validationLoss: wave, overfittingEpoch: 50),
      .learningCurves("t", trainingLoss: wave.map { $0 * 1e9 }, trainingMetric: wave, learningRate: wave),
      .confusion(matrix: names.map { _ in names.indices.map { $0 * 1000 } }, classNames: names),
      .gradientFlow("g", configurations: names.map { ($0, wave.map { $0 * $0 * 1e-6 }) }),
      .bars("b", names: names, series: [("a", Array(wave.prefix(12))), ("b", Array(wave.suffix(12)))], label: "score"),
      .contactSheet("c", images: .zeros([12, 8, 8, 1]), captions: names),
      Figure("m", panels: [Axes("p", x: Axis("x"), y: Axis("y"), series: [Series("s", y: wave)], lines: marks)]),
      Figure("h", panels: [HeatMap("p", values: [wave, wave], rowLabel: "row", columnLabel: "column")]),
    ]
    for figure in figures {
      let drawing = figure.drawing()
      let texts = drawing.marks.compactMap { if case .text(let text) = $0 { text } else { nil } }
      #expect(texts.count > 3)
      for (index, text) in texts.enumerated() {
        let a = box(text)
        #expect(
          a.left >= 0 && a.top >= 0 && a.right <= drawing.width && a.bottom <= drawing.height,
          "\(text.string) leaves the sheet: \(a)")
        for other in texts[..<index] {
          let b = box(other)
          let isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
          #expect(isApart, "\(text.string) touches \(other.string) in \(figure.title)")
        }
      }
    }
  }

  @Test func logarithmsAgreeWithTheSystem() {
    for exponent in -300...300 {
      let x = 1.2345 * Foundation.pow(10, Double(exponent)) * (1 + Double(exponent & 15) / 7)
      #expect((Logarithm.base10(x) - Foundation.log10(x)).magnitude < 1e-15 * 400)
    }
    #expect(Logarithm.base10(1) == 0)
  }
}

import HebbPlots
import HebbRecipes
import HebbTraining

/// A test's result as text.
enum ResultText {
  static func text(_ result: TestResult) -> String {
    guard let confusion = result.confusion else {
      return "test loss \(NumberText.short(result.loss)) over \(NumberFormat.grouped(result.samples)) samples"
        + measured(result)
    }
    return """
      test accuracy \(NumberFormat.percent(confusion.accuracy)) \
      (\(NumberFormat.grouped(confusion.right)) of \(NumberFormat.grouped(confusion.samples))), \
      loss \(NumberText.fixed(result.loss, places: 4))\(measured(result))

      \(table(confusion))
      """
  }

  private static func measured(_ result: TestResult) -> String {
    result.metrics.map { ", \($0.name) \(NumberText.fixed($0.value, places: 4))" }.joined()
  }

  /// What the curves and the layers say of the training, and what to try.
  static func verdict(_ history: History, _ findings: [LayerFinding]) -> [String] {
    let diagnosis = history.diagnosis
    var lines = [([diagnosis.description] + diagnosis.advice.prefix(2)).joined(separator: " ")]
    let shown = findings.prefix(3).map { "warning: \($0)" }
    lines += shown
    if findings.count > shown.count { lines.append("and \(findings.count - shown.count) further warnings") }
    return lines
  }

  /// The counts where they fit into a line, else what each class came to.
  private static func table(_ confusion: Confusion) -> String {
    let names = confusion.classNames
    guard names.count <= 15, names.map(\.printable.displayWidth).reduce(0, +) + 6 * names.count <= 110 else {
      return classes(confusion)
    }
    let rows = confusion.rows.enumerated().map { row, counts in
      [names[row]] + counts.map { $0 == 0 ? "·" : String($0) }
        + [NumberFormat.percent(confusion.matrix.recall(of: row), places: 1)]
    }
    return TextTable(["true ╲ answer"] + names + ["found"], rows: rows).description
  }

  private static func classes(_ confusion: Confusion) -> String {
    let rows = confusion.classNames.indices.map { label in
      [
        confusion.classNames[label], String(confusion.matrix.support(of: label)),
        NumberFormat.percent(confusion.matrix.recall(of: label), places: 1),
        NumberFormat.percent(confusion.matrix.precision(of: label), places: 1),
      ]
    }
    var text = TextTable(["class", "samples", "found", "right when answered"], rows: rows).description
    let worst = confusion.worst(5)
    if !worst.isEmpty {
      text +=
        "\nmost confused: "
        + worst.map { "\($0.truth.printable) taken for \($0.answer.printable) ×\($0.count)" }.joined(separator: ", ")
    }
    return text
  }
}

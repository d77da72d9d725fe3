import HebbPlots
import HebbRecipes

/// A test's result as text.
enum ResultText {
  static func text(_ result: TestResult) -> String {
    guard let confusion = result.confusion else {
      return "test loss \(NumberText.short(result.loss)) over \(NumberFormat.grouped(result.samples)) samples"
    }
    return """
      test accuracy \(NumberFormat.percent(confusion.accuracy)) \
      (\(NumberFormat.grouped(confusion.right)) of \(NumberFormat.grouped(confusion.samples))), \
      loss \(NumberText.fixed(result.loss, places: 4))

      \(table(confusion))
      """
  }

  /// The counts where they fit into a line, else what each class came to.
  private static func table(_ confusion: Confusion) -> String {
    let names = confusion.classNames
    guard names.count <= 15, names.map(\.displayWidth).reduce(0, +) + 6 * names.count <= 110 else {
      return classes(confusion)
    }
    let rows = confusion.counts.enumerated().map { row, counts in
      [names[row]] + counts.map { $0 == 0 ? "·" : String($0) }
        + [NumberFormat.percent(confusion.recallAndPrecision(of: row).recall, places: 1)]
    }
    return TextTable(["true ╲ answer"] + names + ["found"], rows: rows).description
  }

  private static func classes(_ confusion: Confusion) -> String {
    let rows = confusion.classNames.indices.map { label in
      let (recall, precision) = confusion.recallAndPrecision(of: label)
      return [
        confusion.classNames[label], String(confusion.counts[label].reduce(0, +)),
        NumberFormat.percent(recall, places: 1), NumberFormat.percent(precision, places: 1),
      ]
    }
    var text = TextTable(["class", "samples", "found", "right when answered"], rows: rows).description
    let worst = confusion.worst(5)
    if !worst.isEmpty {
      text +=
        "\nmost confused: " + worst.map { "\($0.truth) taken for \($0.answer) ×\($0.count)" }.joined(separator: ", ")
    }
    return text
  }
}

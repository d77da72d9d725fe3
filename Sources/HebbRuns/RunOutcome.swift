import Hebb
import HebbPlots

/// What a training came to.
package struct RunOutcome {
  /// Figures by name, for `run.json`.
  package var numbers: [(name: String, value: Double)] = []
  /// What is said of them.
  package var sentences: [String] = []
  package var figures: [(name: String, figure: Figure)] = []
  /// Other files by name, such as a melody.
  package var files: [(name: String, bytes: [UInt8])] = []

  package init() {}

  /// Loss, and the first metric where there is one, by epoch.
  package mutating func showCurves(_ title: String, _ history: History) {
    let epochs = history.epochs
    let rates = epochs.map(\.learningRate)
    let curves = Figure.learningCurves(
      title, trainingLoss: epochs.map(\.trainingLoss), validationLoss: epochs.compactMap(\.validationLoss),
      trainingMetric: epochs.compactMap { $0.trainingMetrics.first?.value },
      validationMetric: epochs.compactMap { $0.validationMetrics.first?.value },
      learningRate: Set(rates).count > 1 ? rates : [])
    figures.append(("curves", curves))
  }

  /// Accuracy, macro-averaged F1 and the table of confusions of labels and what was found instead; nil is wrong.
  package mutating func score(_ found: [Int?], _ labels: [Int], classNames: [String], title: String) {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: classNames.count), count: classNames.count)
    for (guess, label) in zip(found, labels) {
      if let guess, guess < classNames.count { rows[label][guess] += 1 }
    }
    let right = zip(found, labels).count { $0 == $1 }
    let share = Double(right) / Double(max(labels.count, 1))
    let scores = classNames.indices.map { c -> Double in
      let (given, said) = (rows[c].reduce(0, +), rows.reduce(0) { $0 + $1[c] })
      return given + said == 0 ? 0 : 2 * Double(rows[c][c]) / Double(given + said)
    }
    let f1 = scores.reduce(0, +) / Double(max(scores.count, 1))
    numbers += [("accuracy", share), ("f1", f1)]
    sentences.append(
      "test accuracy \(NumberText.fixed(share * 100, places: 2)) % (\(right) of \(labels.count)), "
        + "F1 \(NumberText.fixed(f1 * 100, places: 2)) % (mean over the classes)")
    guard classNames.count <= 40 else { return }
    figures.append(("confusion", .confusion(title, matrix: rows, classNames: classNames)))
  }
}

import Hebb
import HebbPlots

/// What training a network of local rules came to.
package struct RuleOutcome {
  package let model: any RuleModel
  /// Figures by name, for `run.json`.
  package var numbers: [(name: String, value: Double)] = []
  /// What is said of them.
  package var sentences: [String] = []
  package var figures: [(name: String, figure: Figure)] = []

  init(_ model: any RuleModel) { self.model = model }

  /// Accuracy on the test set, said and drawn.
  mutating func score(_ found: [Int?], _ data: RuleData) {
    let classes = data.classNames.count
    var rows = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var right = 0
    for (answer, label) in zip(found, data.testLabels) {
      if answer == label { right += 1 }
      if let answer, answer < classes { rows[label][answer] += 1 }
    }
    let share = Double(right) / Double(max(found.count, 1))
    numbers.append(("accuracy", share))
    sentences.append("test accuracy \(NumberText.fixed(share * 100, places: 2)) % (\(right) of \(found.count))")
    guard classes <= 40 else { return }
    figures.append(("confusion", .confusion("test set", matrix: rows, classNames: data.classNames)))
  }

  /// Pictures of the network's numbers, where its samples are pictures.
  mutating func show(_ name: String, _ title: String, _ x: NDArray, _ form: RuleForm, columns: Int) {
    guard let pictures = form.pictures(x) else { return }
    figures.append((name, .contactSheet(title, images: pictures, columns: columns)))
  }
}

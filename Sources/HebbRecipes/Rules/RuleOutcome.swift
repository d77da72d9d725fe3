import Hebb
import HebbPlots
import HebbRuns

extension RunOutcome {
  /// Accuracy on the test set, said and drawn.
  mutating func score(_ found: [Int?], _ data: RuleData) {
    score(found, data.testLabels, classNames: data.classNames, title: "test set")
  }

  /// Pictures of the network's numbers, where its samples are pictures.
  mutating func show(_ name: String, _ title: String, _ x: NDArray, _ form: RuleForm, columns: Int) {
    guard let pictures = form.pictures(x) else { return }
    figures.append((name, .contactSheet(title, images: pictures, columns: columns)))
  }
}

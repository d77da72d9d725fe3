import HebbArrays
import HebbTraining

/// How often each class was taken for which, with the classes' names.
package struct Confusion: Sendable {
  package let classNames: [String]
  package private(set) var matrix: ConfusionMatrix

  /// Counts predictions `[samples, classes]` against labels `[samples]`.
  package init(classNames: [String], predictions: NDArray, labels: NDArray) {
    self.classNames = classNames
    matrix = ConfusionMatrix(classes: classNames.count)
    matrix.add(prediction: predictions, target: labels)
  }

  package var samples: Int { matrix.counts.reduce(0, +) }
  package var right: Int { classNames.indices.reduce(0) { $0 + matrix[true: $1, predicted: $1] } }
  /// The share of samples whose class was found.
  package var accuracy: Double { matrix.accuracy }

  /// Row by row: the true classes.
  package var rows: [[Int]] {
    classNames.indices.map { row in classNames.indices.map { matrix[true: row, predicted: $0] } }
  }

  /// The pairs that were confused most: true class, answer, how often.
  package func worst(_ limit: Int) -> [(truth: String, answer: String, count: Int)] {
    var pairs: [(truth: String, answer: String, count: Int)] = []
    for (row, counts) in rows.enumerated() {
      for (column, count) in counts.enumerated() where row != column && count > 0 {
        pairs.append((classNames[row], classNames[column], count))
      }
    }
    let sorted = pairs.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
    return Array(sorted.map(\.element).prefix(limit))
  }
}

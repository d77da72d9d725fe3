import HebbArrays

/// How often each class was taken for which.
package struct Confusion: Sendable {
  package let classNames: [String]
  /// Rows are the true classes, columns the answers.
  package private(set) var counts: [[Int]]

  package init(classNames: [String]) {
    self.classNames = classNames
    counts = [[Int]](repeating: [Int](repeating: 0, count: classNames.count), count: classNames.count)
  }

  /// Counts predictions `[samples, classes]` against labels.
  package init(classNames: [String], predictions: NDArray, labels: [Int]) {
    self.init(classNames: classNames)
    let classes = classNames.count
    predictions.read { (x: UnsafeBufferPointer<Float>) in
      for (row, label) in labels.enumerated() {
        var best = 0
        for i in 1..<max(classes, 1) where x[row * classes + i] > x[row * classes + best] { best = i }
        counts[label][best] += 1
      }
    }
  }

  /// The counts of both together.
  package mutating func add(_ other: Confusion) {
    for (row, counts) in other.counts.enumerated() {
      for (column, count) in counts.enumerated() { self.counts[row][column] += count }
    }
  }

  package var samples: Int { counts.joined().reduce(0, +) }
  package var right: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
  /// The share of samples whose class was found.
  package var accuracy: Double { samples == 0 ? .nan : Double(right) / Double(samples) }

  /// The share of a class's samples that were found, and of the answers of that class that were right.
  package func recallAndPrecision(of label: Int) -> (recall: Double, precision: Double) {
    let samples = counts[label].reduce(0, +)
    let answers = counts.reduce(0) { $0 + $1[label] }
    let right = Double(counts[label][label])
    return (samples == 0 ? .nan : right / Double(samples), answers == 0 ? .nan : right / Double(answers))
  }

  /// The pairs that were confused most: true class, answer, how often.
  package func worst(_ limit: Int) -> [(truth: String, answer: String, count: Int)] {
    var pairs: [(truth: String, answer: String, count: Int)] = []
    for (row, counts) in counts.enumerated() {
      for (column, count) in counts.enumerated() where row != column && count > 0 {
        pairs.append((classNames[row], classNames[column], count))
      }
    }
    return Array(
      pairs.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        .map(\.element).prefix(limit))
  }
}

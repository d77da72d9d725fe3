import HebbArrays
import HebbTraining
import Testing

@Suite struct MetricTests {
  // True classes 0 0 1 1 2 2 and one that does not count; predicted 0 1 1 1 0 2.
  let labels = NDArray([0, 0, 1, 1, 2, 2, -1] as [Int32])
  let logits = NDArray(
    [3, 1, 0, 1, 2, 0, 0, 5, 4, -1, 0, -2, 9, 0, 8, 0, 0, 1, 1, 1, 1] as [Float], shape: [7, 3])

  @Test func accuracies() {
    #expect(Accuracy()(logits, labels) == 4.0 / 6)
    #expect(TopAccuracy(1)(logits, labels) == 4.0 / 6)
    #expect(TopAccuracy(2)(logits, labels) == 1)
    #expect(Accuracy()(NDArray([1, -1, 2] as [Float], shape: [3, 1]), NDArray([1, 0, 0] as [Int32])) == 2.0 / 3)
    #expect(Accuracy().value.isNaN)
  }

  @Test func scoresOfClasses() {
    // scikit-learn: precision 1/2, 2/3, 1; recall 1/2, 1, 1/2; F1 1/2, 4/5, 2/3.
    var confusion = ConfusionMatrix(classes: 4)
    confusion.add(prediction: logits.padded(classes: 4), target: labels)
    #expect((0..<4).map(confusion.precision) == [0.5, 2.0 / 3, 1, 0])
    #expect((0..<4).map(confusion.recall) == [0.5, 1, 0.5, 0])
    #expect((0..<4).map(confusion.f1) == [0.5, 0.8, 2.0 / 3, 0])
    #expect(confusion[true: 2, predicted: 0] == 1 && confusion.support(of: 0) == 2)
    #expect(abs(ClassScore(.precision, classes: 3)(logits, labels) - 13.0 / 18) < 1e-15)
    #expect(abs(ClassScore(.recall, classes: 3)(logits, labels) - 2.0 / 3) < 1e-15)
    #expect(abs(ClassScore(.f1, classes: 3)(logits, labels) - 59.0 / 90) < 1e-15)
    // A class that never occurs does not count.
    #expect(abs(confusion.macroF1 - 59.0 / 90) < 1e-15)
  }

  @Test func errorsOfLabels() {
    func edits(_ read: String, _ truth: String) -> Int { LabelErrorRate.edits(from: Array(read), to: Array(truth)) }
    #expect(edits("kitten", "sitting") == 3 && edits("", "abc") == 3 && edits("abc", "") == 3 && edits("ab", "ab") == 0)
    let read = NDArray([1, 2, 3, -1, -1, -1, 4, 5, -1] as [Int32], shape: [3, 3])
    let truth = NDArray([1, 3, -1, 7, 4, 5] as [Int32], shape: [3, 2])
    // One too many, one missing, none.
    #expect(LabelErrorRate()(read, truth) == 2.0 / 5)
    #expect(LabelErrorRate().value.isNaN)
  }

  @Test func errorsOfNumbers() {
    let (y, x) = (NDArray([3, -0.5, 2, 7] as [Float]), NDArray([2.5, 0, 2, 8] as [Float]))
    // The example of scikit-learn's r2_score.
    #expect(RegressionError(.meanAbsolute)(x, y) == 0.5)
    #expect(RegressionError(.meanSquared)(x, y) == 0.375)
    #expect(RegressionError(.rootMeanSquared)(x, y) == 0.375.squareRoot())
    #expect(abs(RegressionError(.determination)(x, y) - 0.9486081370449679) < 1e-15)
  }

  /// Gathering in two halves, the sums kept elsewhere in between, is gathering at once.
  @Test func sumsAreTheWholeState() {
    let metrics: [any Metric] = [
      Accuracy(), TopAccuracy(2), ClassScore(.f1, classes: 3), RegressionError(.determination),
    ]
    for metric in metrics {
      let isRegression = metric is RegressionError
      let prediction = isRegression ? NDArray([1, 2, 3, 4, 5, 7, 9] as [Float]) : logits
      let target = isRegression ? NDArray([1, 2, 4, 4, 6, 5, 9] as [Float]) : labels
      var first = metric
      first.add(prediction: prediction.sliced(axis: 0, from: 0, to: 3), target: target.sliced(axis: 0, from: 0, to: 3))
      var second = metric
      second.sums = first.sums
      second.add(prediction: prediction.sliced(axis: 0, from: 3, to: 7), target: target.sliced(axis: 0, from: 3, to: 7))
      #expect(second.value == metric(prediction, target), "\(metric.name)")
    }
  }
}

extension NDArray {
  /// More classes, none of them likely.
  fileprivate func padded(classes: Int) -> NDArray {
    .concatenated([self, .full([shape[0], classes - shape[1]], -100)], axis: 1)
  }
}

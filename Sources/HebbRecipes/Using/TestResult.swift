import HebbArrays
import HebbData
import HebbTraining

/// How well a network does on a test set.
package struct TestResult: Sendable {
  package let loss: Double
  package let samples: Int
  /// Where the samples have classes.
  package let confusion: Confusion?

  /// What else was measured.
  package let metrics: [MetricValue]

  init(_ evaluation: Evaluation, of dataset: any Dataset) {
    loss = evaluation.loss
    samples = dataset.count
    metrics = evaluation.metrics.filter { $0.name != Accuracy().name }
    confusion = evaluation.predictions.flatMap { predictions in
      guard dataset.classNames.count > 1, dataset.targets.dtype == .int32 else { return nil }
      return Confusion(classNames: dataset.classNames, predictions: predictions, labels: dataset.targets)
    }
  }

  package var accuracy: Double? { confusion?.accuracy }
}

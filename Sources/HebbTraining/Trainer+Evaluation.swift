import HebbArrays
import HebbAutograd
import HebbData

/// How well a network does on a data set.
public struct Evaluation: Sendable {
  /// The mean over the samples.
  public let loss: Double
  /// Those of the trainer, over the samples.
  public let metrics: [MetricValue]
  /// The network's output for every sample, in the order of the data set, where asked for.
  public let predictions: NDArray?
}

extension Trainer {
  /// Measures the loss and the metrics on a data set, with the averaged weights where there is an average.
  ///
  /// - Parameter keepingPredictions: whether the output for every sample is returned too.
  public func evaluate(_ dataset: any Dataset, batchSize: Int = 64, keepingPredictions: Bool = false) -> Evaluation {
    evaluate(Trainer.validationLoader(dataset, batchSize), keepingPredictions: keepingPredictions)
  }

  /// Measures the loss and the metrics on the batches of a loader.
  public func evaluate(_ loader: Loader, keepingPredictions: Bool = false) -> Evaluation {
    var measuring = Measuring(metrics, keepsPredictions: keepingPredictions)
    inferring { for batch in loader.batches(epoch: 0) { measuring.add(outcome(batch), batch) } }
    return measuring.evaluation
  }

  /// As ``evaluate(_:keepingPredictions:)`` during a run: an interrupt saves the run as it was before the validation.
  func evaluate(_ loader: Loader, interruptible: Bool) throws(TrainingError) -> Evaluation {
    var measuring = Measuring(metrics, keepsPredictions: false)
    inferring {
      for batch in loader.batches(epoch: 0) {
        if Interrupt.isRequested { break }
        measuring.add(outcome(batch), batch)
      }
    }
    try checkInterrupt()
    return measuring.evaluation
  }

  /// What the network gives for inputs `[samples, …]`, normalised as those of training were.
  public func predict(_ inputs: NDArray) -> NDArray {
    guard let layer else { fatalError("predict: the model is no layer; call it yourself") }
    return inferring { layer(inputs) }
  }

  /// The probabilities of the classes, softmax of ``predict(_:)``: `[samples, classes]`.
  public func probabilities(_ inputs: NDArray) -> NDArray { predict(inputs).softmax() }
}

extension Trainer {
  /// Runs `body` in inference, with the averaged weights where there is an average.
  private func inferring<R>(_ body: () -> R) -> R {
    guard !averages.isEmpty else { return Pass.inference(body) }
    let values = zip(updater.slots, averages).map { (ObjectIdentifier($0.parameter), $1) }
    return Pass.inference(with: Dictionary(uniqueKeysWithValues: values), body)
  }
}

/// Gathers an evaluation batch by batch.
private struct Measuring {
  var metrics: [any Metric]
  let keepsPredictions: Bool
  var predictions: [NDArray] = []
  var lossSum = 0.0
  var samples = 0

  init(_ metrics: [any Metric], keepsPredictions: Bool) {
    self.metrics = metrics
    self.keepsPredictions = keepsPredictions
    for index in self.metrics.indices { self.metrics[index].reset() }
  }

  mutating func add(_ outcome: Outcome, _ batch: Batch) {
    lossSum += outcome.loss.value.scalar * Double(batch.count)
    samples += batch.count
    for index in metrics.indices { metrics[index].add(prediction: outcome.prediction.value, target: batch.targets) }
    if keepsPredictions { predictions.append(outcome.prediction.value) }
  }

  var evaluation: Evaluation {
    Evaluation(
      loss: samples == 0 ? .nan : lossSum / Double(samples), metrics: metrics.map(MetricValue.init),
      predictions: keepsPredictions && !predictions.isEmpty ? .concatenated(predictions, axis: 0) : nil)
  }
}

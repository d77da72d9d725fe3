import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

extension Trainer {
  /// Finds where numbers stopped being finite: in the batch, in a parameter, or, by running the batch again, in the first
  /// layer, op or loss whose result is not finite; where all of these are, in a gradient.
  func findNotFinite(_ quantity: String, in batch: Batch, _ gradients: Gradients? = nil) -> NotFinite {
    let place = place(in: batch) ?? gradients.flatMap(gradientPlace)
    return NotFinite(
      quantity: quantity, epoch: run.epoch + 1, step: updater.step + 1, path: place?.path, layer: place?.layer,
      checkpoint: lastCheckpoint)
  }

  private func place(in batch: Batch) -> Place? {
    batch.notFinitePlace ?? parameterPlace ?? layerPlace(batch) ?? opPlace(batch)
  }

  /// Stops where a step has left a weight that is not finite.
  func checkWeights() throws(TrainingError) {
    guard let place = parameterPlace else { return }
    throw .notFinite(afterStep("weight", place))
  }

  /// Stops where the validation of an epoch gave a loss that is not finite: the first such batch is run again.
  func check(_ validation: Evaluation, of loader: Loader) throws(TrainingError) {
    guard !validation.loss.isFinite else { return }
    let bad = loader.batches(epoch: 0).first { batch in !Pass.inference { outcome(batch).loss.value.scalar }.isFinite }
    throw .notFinite(afterStep("validation loss", bad.flatMap(place)))
  }

  private func afterStep(_ quantity: String, _ place: Place?) -> NotFinite {
    NotFinite(
      quantity: quantity, epoch: run.epoch + 1, step: updater.step, path: place?.path, layer: place?.layer,
      checkpoint: lastCheckpoint)
  }

  typealias Place = (path: String, layer: String?)

  private var parameterPlace: Place? {
    model.namedParameters.first { !$0.parameter.value.allFinite }.map { ($0.name, "parameter") }
  }

  /// The first layer, in order of computation, whose output is not finite.
  private func layerPlace(_ batch: Batch) -> Place? {
    guard let layer else { return nil }
    var found: Place?
    _ = Pass.training(seed: seed, step: run.batches) {
      layer.trace(Traced(Tensor(batch.inputs), field: nil), path: "") { traced in
        guard found == nil, !traced.output.tensor.value.allFinite else { return }
        found = (traced.path.isEmpty ? "the model" : traced.path, String(describing: traced.layer))
      }
    }
    return found
  }

  /// Of a model that is not one layer: the parameter that was read last before the first result that is not finite. With a
  /// finite prediction it is the loss.
  private func opPlace(_ batch: Batch) -> Place? {
    var found: (isThere: Bool, behind: Parameter?) = (false, nil)
    let again = Pass.training(seed: seed, step: run.batches) {
      watchingResults {
        outcome(batch)
      } _: { result, parameter in
        if !found.isThere, !result.allFinite { found = (true, parameter) }
      }
    }
    if again.loss.value.allFinite { return nil }
    if again.prediction.value.allFinite { return ("the loss, of a finite prediction", nil) }
    guard let parameter = found.behind, let named = model.namedParameters.first(where: { $0.parameter === parameter })
    else { return found.isThere ? ("an op before the first parameter", nil) : nil }
    return ("the ops behind \(named.name)", nil)
  }

  /// The way back begins at the last parameter: the last one whose gradient is not finite met it first.
  private func gradientPlace(_ gradients: Gradients) -> Place? {
    model.namedParameters.last { gradients[$0.parameter].map { !$0.allFinite } ?? false }
      .map { ("the gradient of \($0.name)", nil) }
  }
}

extension Batch {
  /// The samples whose inputs or targets are not finite, by their numbers in the data set.
  fileprivate var notFinitePlace: Trainer.Place? {
    for (name, array) in [("inputs", inputs), ("targets", targets)] where !array.allFinite {
      let samples = indices.indices.filter { !array.row($0).allFinite }.map { indices[$0] }
      let shown = samples.prefix(5).map(String.init).joined(separator: ", ")
      let rest = samples.count > 5 ? " and \(samples.count - 5) more" : ""
      return ("the \(name) of \(samples.count == 1 ? "sample" : "samples") \(shown)\(rest)", nil)
    }
    return nil
  }
}

import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

extension Trainer {
  /// Finds the first layer whose output is not finite, by running the batch again layer by layer.
  func findNotFinite(_ quantity: String, in batch: Batch) -> NotFinite {
    var found: (path: String?, layer: String?)
    if !batch.inputs.allFinite {
      found = ("the inputs of the batch", nil)
    } else if let parameter = model.namedParameters.first(where: { !$0.parameter.value.allFinite }) {
      found = (parameter.name, "parameter")
    } else if let layer {
      _ = Pass.training(seed: seed, step: run.batches) {
        layer.trace(Traced(Tensor(batch.inputs), field: nil), path: "") { traced in
          guard found.path == nil, !traced.output.tensor.value.allFinite else { return }
          found = (traced.path.isEmpty ? "the model" : traced.path, String(describing: traced.layer))
        }
      }
    }
    return NotFinite(
      quantity: quantity, epoch: run.epoch + 1, step: updater.step + 1, path: found.path, layer: found.layer,
      checkpoint: lastCheckpoint)
  }
}

import Hebb
import HebbOCR

/// What a reader of lines learns from: CTC, the mean over the lines of −log P(text) / number of characters.
struct ReadingLoss {
  let network: any LineNetwork

  /// - Parameter batch: `[lines, 32, width, 1]` with the columns of each line as lengths.
  func callAsFunction(_ batch: Batch) -> Outcome {
    let logits = network(Tensor(batch.inputs), widths: batch.lengths)
    let steps = (batch.lengths ?? []).map(network.steps)
    let width = batch.targets.shape[1]
    let numbers = batch.targets.elements(as: Int32.self).map(Int.init)
    let labels = (0..<batch.count).map { row in
      Array(numbers[row * width..<(row + 1) * width].prefix { $0 >= 0 })
    }
    let losses = logits.ctcLosses(labels: labels, lengths: steps, skippingImpossible: true)
    let weights = Tensor(NDArray(labels.map { 1 / Float(max(1, $0.count) * labels.count) }))
    let readings = GreedyDecoder()(logits.value, lengths: steps)
    return Outcome(
      loss: (losses * weights).sum(), prediction: Tensor(PaddedSequences.labels(readings)))
  }
}

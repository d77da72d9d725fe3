import Hebb
import HebbOCR

/// What a reader of lines learns from.
///
/// By CTC it is the mean over the lines of −log P(text) / number of characters. Where the network writes the text, it is the mean
/// over all characters, the ends of texts among them, of −log P(character | those before it in the true text); what it reads is
/// then judged behind the true characters too, and is better than what it would write by itself.
struct ReadingLoss {
  let network: ReadingNetwork

  /// - Parameter batch: `[lines, 32, width, 1]` with the columns of each line as lengths.
  func callAsFunction(_ batch: Batch) -> Outcome {
    let width = batch.targets.shape[1]
    let numbers = batch.targets.elements(as: Int32.self).map(Int.init)
    let labels = (0..<batch.count).map { row in
      Array(numbers[row * width..<(row + 1) * width].prefix { $0 >= 0 })
    }
    return switch network {
    case .temporal(let network): outcome(of: network, batch, labels)
    case .attentive(let network): outcome(of: network, batch, labels)
    }
  }

  private func outcome(of network: any LineNetwork, _ batch: Batch, _ labels: [[Int]]) -> Outcome {
    let logits = network(Tensor(batch.inputs), widths: batch.lengths)
    let steps = (batch.lengths ?? []).map(network.steps)
    let losses = logits.ctcLosses(labels: labels, lengths: steps, skippingImpossible: true)
    let weights = Tensor(NDArray(labels.map { 1 / Float(max(1, $0.count) * labels.count) }))
    let readings = GreedyDecoder()(logits.value, lengths: steps)
    return Outcome(loss: (losses * weights).sum(), prediction: Tensor(PaddedSequences.labels(readings)))
  }

  private func outcome(of network: AttentiveLineNetwork, _ batch: Batch, _ labels: [[Int]]) -> Outcome {
    let longest = (labels.map(\.count).max() ?? 0) + 1
    func rows(_ texts: [[Int]], filling: Int) -> NDArray {
      NDArray(
        texts.flatMap { text in (0..<longest).map { Int32($0 < text.count ? text[$0] : filling) } },
        shape: [texts.count, longest])
    }
    let logits = network(Tensor(batch.inputs), widths: batch.lengths, rows(labels.map { [0] + $0 }, filling: 0))
    let targets = rows(labels.map { $0 + [0] }, filling: -1)
    let classes = logits.value.argMax(axis: -1).elements(as: Int32.self).map(Int.init)
    let readings = labels.indices.map { row in
      Array(classes[row * longest..<(row + 1) * longest].prefix { $0 > 0 })
    }
    return Outcome(
      loss: Loss.crossEntropy(ignoring: -1)(logits, targets), prediction: Tensor(PaddedSequences.labels(readings)))
  }
}

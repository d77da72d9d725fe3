import Hebb

/// What a reader of speech learns from: CTC, and that no word is read where none sounds.
///
///     L = mean of −log P(labels) / number of labels − mean of log P(blank) over the steps between the words
///
/// CTC alone leaves it to the network when it says a word, which may be long before or after it was spoken. Where the words are
/// in strings that were joined is known; the second term keeps
/// them out of the pauses, though not within their own word.
struct SpeechLoss {
  let reader: SpeechCRNN

  /// - Parameter batch: of ``SpeechSamples``.
  func callAsFunction(_ batch: Batch) -> Outcome {
    let bands = batch.inputs.shape[2] - 1
    let logits = reader(Tensor(batch.inputs.sliced(axis: 2, from: 0, to: bands)), lengths: batch.lengths)
    let steps = (batch.lengths ?? []).map(SpeechCRNN.steps)
    let width = batch.targets.shape[1]
    let numbers = batch.targets.elements(as: Int32.self).map(Int.init)
    let labels = (0..<batch.count).map { row in
      Array(numbers[row * width..<(row + 1) * width].prefix { $0 >= 0 })
    }
    let losses = logits.ctcLosses(labels: labels, lengths: steps, skippingImpossible: true)
    let weights = Tensor(NDArray(labels.map { 1 / Float(max(1, $0.count) * labels.count) }))
    let blanks = logits.logSoftmax().sliced(axis: 2, from: 0, to: 1)
    let between = (blanks * Tensor(pauses(batch.inputs.sliced(axis: 2, from: bands, to: bands + 1), steps))).sum()
    let readings = GreedyDecoder()(logits.value, lengths: steps)
    return Outcome(
      loss: (losses * weights).sum() - between, prediction: Tensor(SpeechSamples.padded(readings)))
  }

  /// Weights of the steps between the words, which together are 1; 0 elsewhere: `[samples, steps, 1]`.
  private func pauses(_ sounding: NDArray, _ steps: [Int]) -> NDArray {
    let frames = sounding.shape[1]
    let sounds = sounding.elements(as: Float.self)
    let time = SpeechCRNN.steps(frames)
    var weights = [Float](repeating: 0, count: steps.count * time)
    for (row, count) in steps.enumerated() {
      for step in 0..<count {
        let own = row * frames + 2 * step
        let isQuiet = sounds[own] == 0 && (2 * step + 1 >= frames || sounds[own + 1] == 0)
        weights[row * time + step] = isQuiet ? 1 : 0
      }
    }
    let total = max(1, weights.reduce(0, +))
    return NDArray(weights.map { $0 / total }, shape: [steps.count, time, 1])
  }
}

import Hebb

/// What a reader of speech learns from: CTC, and that a label is said while its word sounds.
///
///     L = mean over samples of (−log P(labels) − Σ over steps of log P(blank or what sounds there)) / number of labels
///
/// CTC alone leaves it to the network when it says a word, which may be long before or after it was spoken. Where the words are
/// in strings that were joined is known; the second term keeps each label within its own word.
struct SpeechLoss {
  let reader: SpeechCRNN

  /// - Parameter batch: of ``SpeechSamples``.
  func callAsFunction(_ batch: Batch) -> Outcome {
    let bands = SpeechModel.frontEnd.bands
    let logits = reader(Tensor(batch.inputs.sliced(axis: 2, from: 0, to: bands)), lengths: batch.lengths)
    let steps = (batch.lengths ?? []).map(SpeechCRNN.steps)
    let width = batch.targets.shape[1]
    let numbers = batch.targets.elements(as: Int32.self).map(Int.init)
    let labels = (0..<batch.count).map { row in
      Array(numbers[row * width..<(row + 1) * width].prefix { $0 >= 0 })
    }
    // A sound without words counts as if it held one every 16 steps.
    let weights = zip(labels, steps).map { labels, steps in
      1 / Float((labels.isEmpty ? max(1, steps / 16) : labels.count) * batch.count)
    }
    let losses = logits.ctcLosses(labels: labels, lengths: steps, skippingImpossible: true)
    let sounding = batch.inputs.sliced(axis: 2, from: bands, to: bands + 2)
    let may = (logits.softmax() * Tensor(allowed(labels, steps, sounding, classes: logits.shape[2]))).sum(axes: [2])
    let places = SpeechLoss.weights(weights, steps, time: logits.shape[1])
    // A little is added so that the logarithm stays finite.
    let misplaced = -((may + 1e-6).log() * Tensor(places)).sum()
    let readings = GreedyDecoder()(logits.value, lengths: steps)
    return Outcome(
      loss: (losses * Tensor(NDArray(weights))).sum() + misplaced, prediction: Tensor(PaddedSequences.labels(readings)))
  }

  /// 1 for the blank and for the labels whose word sounds in the whole of a step, 0 for the others: `[samples, steps, classes]`.
  private func allowed(_ labels: [[Int]], _ steps: [Int], _ sounding: NDArray, classes: Int) -> NDArray {
    let (frames, places) = (sounding.shape[1], sounding.elements(as: Float.self))
    let time = SpeechCRNN.steps(frames)
    var mask = [Float](repeating: 0, count: labels.count * time * classes)
    for (row, labels) in labels.enumerated() {
      for step in 0..<time {
        let place = (row * time + step) * classes
        mask[place] = 1
        guard step < steps[row] else { continue }
        let first = 2 * (row * frames + 2 * step)
        let last = 2 * step + 1 < frames ? first + 2 : first
        guard places[first] == places[last], places[first + 1] == places[last + 1] else { continue }
        for label in labels[Int(places[first])..<Int(places[first + 1])] { mask[place + label] = 1 }
      }
    }
    return NDArray(mask, shape: [labels.count, time, classes])
  }

  /// The weight of each step of a sample: that of the sample, and 0 behind its end.
  private static func weights(_ samples: [Float], _ steps: [Int], time: Int) -> NDArray {
    let weights = zip(samples, steps).flatMap { weight, count in (0..<time).map { $0 < count ? weight : 0 } }
    return NDArray(weights, shape: [samples.count, time])
  }
}

import HebbArrays
import HebbAutograd

extension Loss {
  /// Connectionist temporal classification for networks that read sequences: which labels there are is known, and not where.
  ///
  /// Logits `[batch, time, classes]`, class 0 the blank, with int32 labels `[batch, labels]`; behind a sequence's last label
  /// stand negative numbers. See ``ctc(blank:skippingImpossible:)``.
  public static let ctc = ctc()

  /// Connectionist temporal classification: the mean over the sequences of
  ///
  ///     −log P(labels) / number of labels
  ///
  /// as in PyTorch. For sequences of their own lengths, and for one loss each, there is
  /// ``HebbAutograd/Tensor/ctcLosses(labels:lengths:blank:skippingImpossible:)``.
  ///
  /// - Parameters:
  ///   - blank: the class that stands for no label.
  ///   - skippingImpossible: whether sequences with fewer steps than their labels need cost nothing; a mistake otherwise.
  /// - Source: Graves, Fernández, Gomez and Schmidhuber 2006, doi:10.1145/1143844.1143891.
  public static func ctc(blank: Int = 0, skippingImpossible: Bool = false) -> Loss {
    Loss("CTC") { prediction, target in
      require(
        target.rank == 2 && prediction.rank == 3 && target.shape[0] == prediction.shape[0],
        "CTC: labels \(target.shape) for logits \(prediction.shape)")
      let width = target.shape[1]
      let numbers = target.cast(to: .int32).elements(as: Int32.self).map(Int.init)
      let labels = (0..<target.shape[0]).map { row in
        Array(numbers[row * width..<(row + 1) * width].prefix { $0 >= 0 })
      }
      let losses = prediction.ctcLosses(
        labels: labels, blank: blank, skippingImpossible: skippingImpossible)
      let weights = labels.map { 1 / Double(max(1, $0.count) * max(1, labels.count)) }
      return (losses * Tensor(NDArray(weights).cast(to: losses.dtype))).sum()
    }
  }
}

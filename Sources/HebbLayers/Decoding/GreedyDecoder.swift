import HebbArrays

/// The likeliest class of every step, repeats merged and blanks left out: the quick way to read what a network that was
/// trained with CTC gives.
///
/// - Source: Graves, Fernández, Gomez and Schmidhuber 2006, doi:10.1145/1143844.1143891 (best path decoding).
public struct GreedyDecoder: Sendable {
  /// The number of CTC's blank.
  public let blank: Int

  /// - Parameter blank: the number of CTC's blank.
  public init(blank: Int = 0) { self.blank = blank }

  /// The labels of each sequence of a batch.
  ///
  /// - Parameters:
  ///   - scores: logits or logarithms of probabilities, `[batch, time, classes]`.
  ///   - lengths: how many steps each sequence has; all of them where nil.
  public func callAsFunction(_ scores: NDArray, lengths: [Int]? = nil) -> [[Int]] {
    require(scores.rank == 3, "GreedyDecoder: scores \(scores.shape), not [batch, time, classes]")
    let time = scores.shape[1]
    let steps = TimeSteps(lengths: lengths).array(batch: scores.shape[0], time: time)
    let best = scores.argMax(axis: -1).elements(as: Int32.self).map(Int.init)
    return (0..<scores.shape[0]).map { row in
      let path = best[row * time..<row * time + (steps.map { Int($0.element(row)) } ?? time)]
      return zip(path, [blank] + path.dropLast()).filter { $0 != blank && $0 != $1 }.map(\.0)
    }
  }
}

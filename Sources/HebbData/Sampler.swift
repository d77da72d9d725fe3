import HebbArrays

/// Which samples an epoch visits, and in which order: a function of the seed and the epoch, of nothing else.
public enum Sampler: Sendable, Hashable {
  /// Every sample once, in the order of the data set.
  case sequential
  /// Every sample once, in an order of its own for each epoch.
  case shuffled(seed: UInt64)
  /// As many draws as there are samples, each sample in proportion to its weight, with repetition.
  case weighted([Double], seed: UInt64)
  /// Every sample once, sequences of like lengths side by side, so that batches of `batch` hold little padding. Which meet in
  /// a batch, and the order of the batches, are drawn anew for each epoch.
  case byLength([Int], batch: Int, seed: UInt64)

  /// Draws each class equally often, however unequal their numbers.
  public static func balanced(labels: [Int], seed: UInt64) -> Sampler {
    var sizes: [Int: Int] = [:]
    for label in labels { sizes[label, default: 0] += 1 }
    return .weighted(labels.map { 1 / Double(sizes[$0] ?? 1) }, seed: seed)
  }

  /// The numbers of the samples of an epoch.
  public func indices(count: Int, epoch: Int) -> [Int] {
    switch self {
    case .sequential: return Array(0..<count)
    case .shuffled(let seed):
      var random = Philox(seed: seed, stream: RandomStream.order).split(UInt64(epoch))
      return random.permutation(count)
    case .weighted(let weights, let seed):
      require(weights.count == count, "\(weights.count) weights for \(count) samples")
      var random = Philox(seed: seed, stream: RandomStream.order).split(UInt64(epoch))
      return Sampler.draw(count, from: weights, using: &random)
    case .byLength(let lengths, let batch, let seed):
      require(lengths.count == count, "\(lengths.count) lengths for \(count) samples")
      var random = Philox(seed: seed, stream: RandomStream.order).split(UInt64(epoch))
      let batches = PaddedSequences.batches(lengths: lengths, size: batch, using: &random)
      // A batch that is not full comes last, so that all others begin where a loader cuts.
      return (batches.filter { $0.count == batch } + batches.filter { $0.count < batch }).flatMap(\.self)
    }
  }

  private static func draw(_ count: Int, from weights: [Double], using random: inout Philox) -> [Int] {
    var total = 0.0
    let upTo = weights.map { weight in
      require(weight >= 0 && weight.isFinite, "\(weight) is not a weight")
      total += weight
      return total
    }
    require(count == 0 || total > 0, "all weights are zero")
    return (0..<count).map { _ in
      let mark = Double(random.next() >> 11) * 0x1p-53 * total
      // The first sample whose running total lies above the mark.
      var low = 0
      var high = count - 1
      while low < high {
        let middle = (low + high) / 2
        if upTo[middle] > mark { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}

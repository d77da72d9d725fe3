import HebbArrays

extension Tensor {
  /// Connectionist temporal classification: −log of the probability that labels come out of logits when each step gives a
  /// label or a blank, repeated labels are merged, and blanks are left out. The sum runs over all such paths.
  ///
  ///     L = −log Σ over paths that read as the labels Π softmax(x)ₜ
  ///
  /// Logarithms of probabilities may be given instead of logits: the loss is the same, and its gradient that of PyTorch.
  ///
  /// - Parameters:
  ///   - labels: the labels of each sequence, without blanks.
  ///   - lengths: how many steps each sequence has; all of them where nil.
  ///   - blank: the number of the class that stands for no label.
  ///   - skippingImpossible: whether sequences with fewer steps than their labels need cost nothing; an error otherwise.
  /// - Shapes: `[batch, time, classes]` → `[batch]`, one loss a sequence.
  /// - Source: Graves, Fernández, Gomez and Schmidhuber 2006, doi:10.1145/1143844.1143891.
  public func ctcLosses(
    labels: [[Int]], lengths: [Int]? = nil, blank: Int = 0, skippingImpossible: Bool = false
  ) -> Tensor {
    require(rank == 3, "CTC: logits of shape \(shape), not [batch, time, classes]")
    let (batch, time, classes) = (shape[0], shape[1], shape[2])
    let targets = CTCTargets(
      labels: labels, lengths: lengths ?? Array(repeating: time, count: batch), blank: blank)
    require(
      labels.count == batch && targets.lengths.count == batch,
      "CTC: \(labels.count) rows of labels and \(targets.lengths.count) lengths for \(batch) sequences")
    require((0..<classes).contains(blank), "CTC: the blank \(blank) is not one of \(classes) classes")
    for index in 0..<batch {
      let (steps, needed) = (targets.lengths[index], targets.stepsNeeded(index))
      require((0...time).contains(steps), "CTC: sequence \(index) has \(steps) steps of \(time)")
      for label in labels[index] {
        require(
          (0..<classes).contains(label) && label != blank,
          "CTC: the label \(label) of sequence \(index) is the blank or outside of \(classes) classes")
      }
      require(
        skippingImpossible || needed <= steps,
        "CTC: sequence \(index) has \(steps) steps; its \(labels[index].count) labels need \(needed)")
    }
    let (losses, gradient) = value.ctcLosses(targets, gradient: isTracked)
    return Tensor(NDArray(losses).cast(to: dtype), from: self) { dy in
      [gradient.map { $0 * dy.reshaped([batch, 1, 1]) }]
    }
  }

  /// −log of the probability of tags in a linear-chain conditional random field whose emissions these are.
  ///
  ///     score(y) = startᵧ₁ + Σ xₜᵧₜ + Σ transitionᵧₜᵧₜ₊₁ + endᵧₙ          L = log Σ over all paths exp score − score(y)
  ///
  /// - Parameters:
  ///   - tags: int32 `[batch, time]`.
  ///   - lengths: how many steps each sequence has, one at least; all of them where nil.
  /// - Shapes: `[batch, time, tags]`, transitions `[tags, tags]` from row to column, start and end `[tags]` → `[batch]`.
  /// - Source: Lafferty, McCallum and Pereira 2001, "Conditional random fields".
  public func crfLosses(
    tags: NDArray, transitions: Tensor, start: Tensor, end: Tensor, lengths: [Int]? = nil
  ) -> Tensor {
    let chain = LinearChain(
      transitions: transitions.value, start: start.value, end: end.value, lengths: checkedLengths(lengths))
    let count = start.value.count
    require(
      tags.shape == shape.removing(-1) && tags.dtype == .int32,
      "CRF: tags \(tags.shape) \(tags.dtype) for emissions \(shape)")
    let inputs = [self, transitions, start, end]
    let isFollowed = inputs.contains(where: \.isTracked)
    let truth = TruePaths(tags, count, chain.lengths, dtype)
    let (totals, marginals, pairs) = chain.sums(value, marginals: isFollowed)
    let score =
      (value * truth.emissions).sum(axes: [1, 2]) + (truth.pairs * transitions.value).sum(axes: [1, 2])
      + (truth.first * start.value).sum(axis: 1) + (truth.last * end.value).sum(axis: 1)
    return Tensor(totals - score, from: inputs) { dy in
      guard let marginals, let pairs else { return [nil, nil, nil, nil] }
      let (dx, weights) = ((marginals - truth.emissions) * dy.reshaped([dy.count, 1, 1]), dy.reshaped([1, dy.count]))
      func sum(_ x: NDArray) -> NDArray { weights.matmul(x.reshaped([dy.count, x.count / Swift.max(1, dy.count)])) }
      let first = marginals.sliced(axis: 1, from: 0, to: 1) - truth.first.expanded(at: 1)
      let last = truth.atLast(marginals) - truth.last
      return [
        dx, sum(pairs - truth.pairs).reshaped([count, count]), sum(first).reshaped([count]),
        sum(last).reshaped([count]),
      ]
    }
  }

  /// The tags of the path with the highest score of each sequence (Viterbi 1967, doi:10.1109/TIT.1967.1054010).
  ///
  /// - Shape: scores `[batch, time, tags]`, transitions `[tags, tags]`, start and end `[tags]`.
  public func bestPaths(transitions: Tensor, start: Tensor, end: Tensor, lengths: [Int]? = nil) -> [[Int]] {
    LinearChain(
      transitions: transitions.value, start: start.value, end: end.value, lengths: checkedLengths(lengths)
    ).bestPaths(value)
  }

  private func checkedLengths(_ lengths: [Int]?) -> [Int] {
    require(rank == 3, "CRF: emissions of shape \(shape), not [batch, time, tags]")
    let steps = lengths ?? Array(repeating: shape[1], count: shape[0])
    require(
      steps.count == shape[0] && steps.allSatisfy { (1...Swift.max(1, shape[1])).contains($0) } && shape[1] > 0,
      "CRF: the lengths \(steps) are not one for each of \(shape[0]) sequences, from 1 to \(shape[1]) steps")
    return steps
  }
}

/// Where the true tags are, as zeros and ones.
private struct TruePaths {
  let emissions: NDArray, pairs: NDArray, first: NDArray, last: NDArray
  private let lengths: [Int]

  init(_ tags: NDArray, _ count: Int, _ lengths: [Int], _ dtype: DType) {
    let (batch, time) = (tags.shape[0], tags.shape[1])
    let path = tags.elements(as: Int32.self).map(Int.init)
    var emissions = [Double](repeating: 0, count: batch * time * count)
    var pairs = [Double](repeating: 0, count: batch * count * count)
    var (first, last) = ([Double](repeating: 0, count: batch * count), [Double](repeating: 0, count: batch * count))
    for (row, length) in lengths.enumerated() {
      for t in 0..<length {
        let tag = path[row * time + t]
        require((0..<count).contains(tag), "CRF: the tag \(tag) of sequence \(row) is outside of \(count) tags")
        emissions[(row * time + t) * count + tag] = 1
        if t > 0 { pairs[(row * count + path[row * time + t - 1]) * count + tag] += 1 }
      }
      first[row * count + path[row * time]] = 1
      last[row * count + path[row * time + length - 1]] = 1
    }
    self.emissions = NDArray(emissions, shape: [batch, time, count]).cast(to: dtype)
    self.pairs = NDArray(pairs, shape: [batch, count, count]).cast(to: dtype)
    self.first = NDArray(first, shape: [batch, count]).cast(to: dtype)
    self.last = NDArray(last, shape: [batch, count]).cast(to: dtype)
    self.lengths = lengths
  }

  /// The rows of the last steps.
  func atLast(_ x: NDArray) -> NDArray {
    let time = x.shape[1]
    let rows = lengths.enumerated().map { Int32($0.offset * time + $0.element - 1) }
    return x.reshaped([x.shape[0] * time, x.shape[2]]).gathered(rows: NDArray(rows))
  }
}

import CHebbKernels

/// The labels of a batch of sequences without their places in time, for connectionist temporal classification.
package struct CTCTargets: Sendable {
  /// The labels of each sequence, without blanks.
  package let labels: [[Int]]
  /// How many steps each sequence has.
  package let lengths: [Int]
  package let blank: Int

  package init(labels: [[Int]], lengths: [Int], blank: Int) {
    (self.labels, self.lengths, self.blank) = (labels, lengths, blank)
  }

  /// The fewest steps that a sequence's labels fit into: equal neighbours need a blank between them.
  package func stepsNeeded(_ index: Int) -> Int {
    let labels = labels[index]
    return labels.count + zip(labels, labels.dropFirst()).count(where: ==)
  }

  package func isImpossible(_ index: Int) -> Bool { stepsNeeded(index) > lengths[index] }

  /// The labels with blanks around them, and where the blank between two labels may be left out.
  fileprivate func states(_ index: Int) -> [Int] { labels[index].flatMap { [blank, $0] } + [blank] }

  fileprivate func mayBeSkipped(_ states: [Int], _ s: Int) -> Bool {
    s >= 2 && states[s] != blank && states[s] != states[s - 2]
  }
}

extension NDArray {
  /// −log of the probability of each sequence's labels, given logits `[batch, time, classes]`.
  ///
  /// - Returns: a loss a sequence, 0 for those whose labels do not fit, and where wanted the gradient of their sum.
  package func ctcLosses(
    _ targets: CTCTargets, gradient: Bool
  ) -> (losses: [Double], gradient: NDArray?) {
    let dx = gradient ? NDArray.zeros(shape, dtype: dtype) : nil
    let losses = NDArray(uninitialized: [shape[0]], .float64)
    let out = losses.mutablePointer(to: Double.self)
    shareWork(shape[0], elements: 8 * count) { index in
      let isSkipped = targets.isImpossible(index) || targets.lengths[index] == 0
      if isSkipped {
        out[index] = 0
      } else {
        out[index] =
          dtype == .float32
          ? kernelCTCLoss(targets, index, dx) : plainCTCLoss(targets, index, dx)
      }
    }
    return (losses.elements(), dx)
  }

  private func kernelCTCLoss(_ targets: CTCTargets, _ index: Int, _ dx: NDArray?) -> Double {
    let (time, classes) = (shape[1], shape[2])
    let states = targets.states(index)
    let steps = targets.lengths[index]
    let pitch = hebb_path_pitch(states.count)
    let labels = states.map(Int32.init)
    let skips = (0..<pitch).map { s in
      s < states.count && targets.mayBeSkipped(states, s) ? 0 : Float(HEBB_LOG_ZERO)
    }
    let (work, offsets) = (Scratch((2 * steps + 2) * pitch), NDArray(uninitialized: [steps], .float64))
    let place = index * time * classes
    let x = pointer(to: Float.self) + place
    let slope = dx.map { $0.mutablePointer(to: Float.self) + place }
    let loss = labels.withUnsafeBufferPointer { labels in
      skips.withUnsafeBufferPointer { skips in
        var sequence = hebb_ctc(
          steps: steps, classes: classes, states: states.count, labels: labels.baseAddress, skips: skips.baseAddress,
          work: work.floats, offsets: offsets.mutablePointer())
        return hebb_path_table(hebb_isa()).pointee.ctc(&sequence, x, slope)
      }
    }
    withExtendedLifetime((work, offsets)) {}
    return loss > 1e29 ? .infinity : loss
  }

  /// The same as it is written in the paper, in float64.
  private func plainCTCLoss(_ targets: CTCTargets, _ index: Int, _ dx: NDArray?) -> Double {
    let (time, classes, steps) = (shape[1], shape[2], targets.lengths[index])
    let states = targets.states(index)
    let x = pointer(to: Double.self) + index * time * classes
    let zero = -Double.infinity
    let log = (0..<steps).map { t in
      let total = logSum((0..<classes).map { x[t * classes + $0] })
      return (0..<classes).map { x[t * classes + $0] - total }
    }
    var alpha = Array(repeating: Array(repeating: zero, count: states.count), count: steps)
    var beta = alpha
    for t in 0..<steps {
      for s in states.indices {
        let before = t == 0 ? [] : ways(alpha[t - 1], s, -1, targets.mayBeSkipped(states, s))
        alpha[t][s] = (t == 0 ? (s < 2 ? 0 : zero) : logSum(before)) + log[t][states[s]]
      }
    }
    for t in (0..<steps).reversed() {
      for s in states.indices {
        let skips = s + 2 < states.count && targets.mayBeSkipped(states, s + 2)
        let next = t == steps - 1 ? [] : ways(beta[t + 1], s, 1, skips)
        beta[t][s] = (t == steps - 1 ? (s >= states.count - 2 ? 0 : zero) : logSum(next)) + log[t][states[s]]
      }
    }
    let all = logSum(Array(alpha[steps - 1].suffix(2)))
    guard let slope = dx.map({ $0.mutablePointer(to: Double.self) + index * time * classes }) else { return -all }
    for t in 0..<steps {
      for c in 0..<classes { slope[t * classes + c] = Mathematics.exp(log[t][c]) }
      for s in states.indices where alpha[t][s] > zero && beta[t][s] > zero {
        slope[t * classes + states[s]] -= Mathematics.exp(alpha[t][s] + beta[t][s] - log[t][states[s]] - all)
      }
    }
    return -all
  }

  /// The states that lead to state s, or that it leads to.
  private func ways(_ row: [Double], _ s: Int, _ direction: Int, _ skips: Bool) -> [Double] {
    [s, s + direction, s + 2 * direction].prefix(skips ? 3 : 2).compactMap { row.indices.contains($0) ? row[$0] : nil }
  }
}

/// log Σ exp x.
func logSum(_ x: [Double]) -> Double {
  let top = x.reduce(-Double.infinity) { Swift.max($0, $1) }
  guard top > -.infinity else { return top }
  return top + Mathematics.log(x.reduce(0) { $0 + Mathematics.exp($1 - top) })
}

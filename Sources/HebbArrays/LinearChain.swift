import CHebbKernels

/// Scores of tags that follow each other: a linear-chain conditional random field.
package struct LinearChain: Sendable {
  /// From tag i to tag j `[tags, tags]`, of the first tag `[tags]` and of the last.
  package let transitions: NDArray, start: NDArray, end: NDArray
  /// How many steps each sequence has, one at least.
  package let lengths: [Int]

  package init(transitions: NDArray, start: NDArray, end: NDArray, lengths: [Int]) {
    (self.transitions, self.start, self.end, self.lengths) = (transitions, start, end, lengths)
  }

  private var tags: Int { start.count }

  /// For each sequence of emissions `[batch, time, tags]` the logarithm of the sum over all paths; where wanted the
  /// probabilities of every tag at every step, shaped as the emissions, and of every transition, summed over the steps,
  /// `[batch, tags, tags]`.
  package func sums(
    _ x: NDArray, marginals wanted: Bool
  ) -> (totals: NDArray, marginals: NDArray?, pairs: NDArray?) {
    let batch = x.shape[0]
    let marginals = wanted ? NDArray.zeros(x.shape, dtype: x.dtype) : nil
    let pairs = wanted ? NDArray.zeros([batch, tags, tags], dtype: x.dtype) : nil
    let totals = NDArray(uninitialized: [batch], .float64)
    let out = totals.mutablePointer(to: Double.self)
    let padded = x.dtype == .float32 ? Padded(self) : nil
    shareWork(batch, elements: 8 * x.count * tags) { index in
      if let padded {
        out[index] = kernelSum(x, index, padded, marginals, pairs)
      } else {
        out[index] = plainSum(x, index, marginals, pairs)
      }
    }
    return (totals.cast(to: x.dtype), marginals, pairs)
  }

  /// The transitions in rows of a pitch, both ways.
  private struct Padded {
    let rows: [Float], turned: [Float]

    init(_ chain: LinearChain) {
      let (tags, a) = (chain.tags, chain.transitions.elements(as: Float.self))
      let pitch = hebb_path_pitch(tags)
      var rows = Array(repeating: Float(HEBB_LOG_ZERO), count: tags * pitch)
      var turned = rows
      for i in 0..<tags {
        for j in 0..<tags {
          rows[i * pitch + j] = a[i * tags + j]
          turned[j * pitch + i] = a[i * tags + j]
        }
      }
      (self.rows, self.turned) = (rows, turned)
    }
  }

  private func kernelSum(
    _ x: NDArray, _ index: Int, _ padded: Padded, _ marginals: NDArray?, _ pairs: NDArray?
  ) -> Double {
    let (time, steps, pitch) = (x.shape[1], lengths[index], hebb_path_pitch(tags))
    let (work, offsets) = (Scratch((steps + 3) * pitch), NDArray(uninitialized: [steps], .float64))
    let sums = Scratch(tags * pitch)
    sums.floats.update(repeating: 0, count: tags * pitch)
    let place = index * time * tags
    let total = padded.rows.withUnsafeBufferPointer { rows in
      padded.turned.withUnsafeBufferPointer { turned in
        var chain = hebb_crf(
          steps: steps, tags: tags, transitions: rows.baseAddress, turned: turned.baseAddress, start: start.pointer(),
          end: end.pointer(), work: work.floats, offsets: offsets.mutablePointer())
        let emissions = x.pointer(to: Float.self) + place
        return hebb_path_table(hebb_isa()).pointee.crf(
          &chain, emissions, marginals.map { $0.mutablePointer(to: Float.self) + place }, sums.floats)
      }
    }
    if let pairs = pairs?.mutablePointer(to: Float.self) {
      for i in 0..<tags {
        (pairs + (index * tags + i) * tags).update(from: sums.floats + i * pitch, count: tags)
      }
    }
    withExtendedLifetime((work, offsets, sums)) {}
    return total
  }

  /// The same in float64, sum by sum.
  private func plainSum(_ x: NDArray, _ index: Int, _ marginals: NDArray?, _ pairs: NDArray?) -> Double {
    let (time, steps) = (x.shape[1], lengths[index])
    let all = 0..<tags
    let (a, first, last) = (
      transitions.pointer(to: Double.self), start.pointer(to: Double.self), end.pointer(to: Double.self)
    )
    let e = x.pointer(to: Double.self) + index * time * tags
    var alpha = [all.map { first[$0] + e[$0] }]
    for t in 1..<max(1, steps) {
      alpha.append(all.map { j in logSum(all.map { alpha[t - 1][$0] + a[$0 * tags + j] }) + e[t * tags + j] })
    }
    var beta = Array(repeating: all.map { last[$0] }, count: steps)
    for t in (0..<steps - 1).reversed() {
      beta[t] = all.map { i in logSum(all.map { a[i * tags + $0] + e[(t + 1) * tags + $0] + beta[t + 1][$0] }) }
    }
    let total = logSum(all.map { alpha[steps - 1][$0] + last[$0] })
    guard let p = marginals?.mutablePointer(to: Double.self), let q = pairs?.mutablePointer(to: Double.self) else {
      return total
    }
    for t in 0..<steps {
      for j in all {
        p[(index * time + t) * tags + j] = Mathematics.exp(alpha[t][j] + beta[t][j] - total)
        guard t > 0 else { continue }
        for i in all {
          let score = alpha[t - 1][i] + a[i * tags + j] + e[t * tags + j] + beta[t][j]
          q[(index * tags + i) * tags + j] += Mathematics.exp(score - total)
        }
      }
    }
    return total
  }

  /// For each sequence of emissions the tags of the path with the highest score; of equal ones that with the lower tags
  /// behind.
  package func bestPaths(_ x: NDArray) -> [[Int]] {
    let (time, a) = (x.shape[1], transitions.cast(to: .float64).transposed().elements(as: Double.self))
    let (first, last) = (
      start.cast(to: .float64).elements(as: Double.self), end.cast(to: .float64).elements(as: Double.self)
    )
    let e = x.cast(to: .float64).elements(as: Double.self)
    return lengths.enumerated().map { index, steps in
      let place = index * time * tags
      var scores = (0..<tags).map { first[$0] + e[place + $0] }
      var next = scores
      var origins = [Int](repeating: 0, count: steps * tags)
      for t in 1..<max(1, steps) {
        for j in 0..<tags {
          var (best, origin) = (scores[0] + a[j * tags], 0)
          for i in 1..<max(1, tags) where scores[i] + a[j * tags + i] > best {
            (best, origin) = (scores[i] + a[j * tags + i], i)
          }
          next[j] = best + e[place + t * tags + j]
          origins[t * tags + j] = origin
        }
        swap(&scores, &next)
      }
      var path = [highest((0..<tags).map { scores[$0] + last[$0] })]
      for t in (1..<max(1, steps)).reversed() { path.append(origins[t * tags + path[path.count - 1]]) }
      return path.reversed()
    }
  }

  private func highest(_ x: [Double]) -> Int { x.indices.reduce(0) { x[$1] > x[$0] ? $1 : $0 } }
}

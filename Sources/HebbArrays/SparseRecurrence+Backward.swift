import CHebbKernels

/// The gradients of a recurrent layer on a graph; nil for those that were not asked for.
package struct SparseGradients {
  package var x: NDArray?, hidden: NDArray
  package var gates: NDArray?, gateBias: NDArray?, candidate: NDArray?, candidateBias: NDArray?
}

extension SparseRecurrence {
  /// The gradients that the outputs and the last state send back.
  ///
  /// The errors of the sums go along the turned edges, and of what arrives both the errors of [x, h] and the gradients of
  /// the weights are products: a sum over nodes of Tₖ(P) x ⊙ δ is one of x ⊙ Tₖ(Pᵀ) δ. So no term of the way there is kept.
  ///
  /// - Parameters:
  ///   - hidden: what ``forward(_:hidden:keeping:)`` began with.
  ///   - outputs, lastHidden: the gradients of what it gave; zeros where nil.
  package func backward(
    _ trace: SparseTrace, _ x: NDArray, hidden: NDArray?, outputs upstream: NDArray?, lastHidden: NDArray?,
    wishes: Recurrence.Wishes
  ) -> SparseGradients {
    let (batch, time) = (x.shape[0], x.shape[1])
    let pieces = pieces(batch)
    let walk = SparseWalkBack(
      layer: self, x: x, hidden: hidden, trace: trace, upstream: upstream, lastHidden: lastHidden, wishes: wishes,
      pieces: pieces.count)
    share(pieces.count, work: batch * time * nodes) { walk.run(pieces[$0], piece: $0) }
    var gradients = SparseGradients(x: walk.dx, hidden: walk.firstHidden)
    guard wishes.contains(.weights) else { return gradients }
    gradients.gates = joined(walk.gateParts, pieces.count, width: 2 * units)
    gradients.candidate = joined(walk.candidateParts, pieces.count, width: units)
    let bias = NDArray(uninitialized: [3 * units], .float32)
    MatrixProblem.kernels.join(walk.biasParts.floats, pieces.count, 3 * units, bias.mutablePointer())
    (gradients.gateBias, gradients.candidateBias) = (bias[0..<2 * units], bias[2 * units..<3 * units])
    return gradients
  }

  /// The sum of the pieces' gradients, each `[inputs + units, terms, width]`, in the order of the weights.
  private func joined(_ parts: Scratch, _ pieces: Int, width: Int) -> NDArray {
    let sum = NDArray(uninitialized: [block, diffusion.terms, width], .float32)
    MatrixProblem.kernels.join(parts.floats, pieces, sum.count, sum.mutablePointer())
    return sum.transposed([1, 0, 2]).reshaped([diffusion.terms * block, width])
  }
}

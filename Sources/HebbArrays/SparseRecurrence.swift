import CHebbKernels

/// A gated recurrent layer over the nodes of a graph in float32. Every sum is one over the terms of a diffusion:
///
///     r, z = σ([x, h] G + b)        n = tanh([x, r ⊙ h] C + c)        h′ = z ⊙ h + (1 − z) ⊙ n
///
/// Threads share the samples of the batch, and each walks through time by itself: what a step needs stays in the caches of
/// one core.
package struct SparseRecurrence: Sendable {
  /// The weights of a layer. Rows are terms of the diffusion, in each the inputs and then the units.
  package struct Weights: Sendable {
    /// G `[terms · (inputs + units), 2 · units]`, r and z, and b `[2 · units]`.
    package var gates: NDArray, gateBias: NDArray
    /// C `[terms · (inputs + units), units]` and c `[units]`.
    package var candidate: NDArray, candidateBias: NDArray

    package init(gates: NDArray, gateBias: NDArray, candidate: NDArray, candidateBias: NDArray) {
      (self.gates, self.gateBias, self.candidate, self.candidateBias) = (gates, gateBias, candidate, candidateBias)
    }
  }

  package let diffusion: SparseDiffusion
  package let weights: Weights
  /// The number of steps of each sample, as int32; nil where all are whole.
  package let lengths: NDArray?
  /// Whether time runs from each sample's last step to its first.
  package let isReversed: Bool

  package init(_ diffusion: SparseDiffusion, _ weights: Weights, lengths: NDArray?, isReversed: Bool) {
    (self.diffusion, self.weights, self.lengths, self.isReversed) = (diffusion, weights, lengths, isReversed)
  }

  var nodes: Int { diffusion.nodes }
  var units: Int { weights.candidate.shape[1] }
  /// Inputs and units of one term.
  var block: Int { weights.candidate.shape[0] / diffusion.terms }
  var inputs: Int { block - units }

  static let kernels = SparseMatrix.kernels

  func length(_ sample: Int, _ time: Int) -> Int { lengths.map { Int($0.pointer(to: Int32.self)[sample]) } ?? time }

  /// The time of a sample's step, counted in the order in which it is read.
  func time(of step: Int, length: Int) -> Int { isReversed ? length - 1 - step : step }

  /// Samples that one thread takes, one after the other: at most 32 pieces, since each sums gradients of its own.
  func pieces(_ batch: Int) -> [Range<Int>] {
    let count = max(1, min(batch, 32))
    return (0..<count).map { batch * $0 / count..<batch * ($0 + 1) / count }
  }

  func share(_ pieces: Int, work: Int, _ body: (Int) -> Void) {
    if work * weights.gates.count >= MatrixProblem.worthSharing {
      ThreadPool.shared.run(pieces, body)
    } else {
      for piece in 0..<pieces { body(piece) }
    }
  }

  /// Rows of a sample, copied into a wider matrix.
  func copy(_ x: UnsafePointer<Float>, width: Int, to y: UnsafeMutablePointer<Float>, row: Int) {
    for node in 0..<nodes { (y + node * row).update(from: x + node * width, count: width) }
  }
}

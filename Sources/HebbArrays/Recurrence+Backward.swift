import CHebbKernels

/// The gradients of a recurrent layer; nil for those that were not asked for.
package struct RecurrentGradients {
  package var x: NDArray?, hidden: NDArray?, memory: NDArray?
  package var input: NDArray?, state: NDArray?, bias: NDArray?
  package var candidateBias: NDArray?, peephole: NDArray?, projection: NDArray?
}

extension Recurrence {
  /// The gradients that are wanted.
  package struct Wishes: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static let x = Wishes(rawValue: 1)
    /// All weights and biases.
    package static let weights = Wishes(rawValue: 2)
  }

  /// The gradients that the outputs and the last state, as far as there are any, send back: the errors of all sums in a walk
  /// back through time, then each weight's gradient as one product over all steps.
  ///
  /// - Parameters:
  ///   - hidden, memory: what ``forward(_:hidden:memory:keeping:)`` began with.
  ///   - outputs, lastHidden, lastMemory: the gradients of what it gave.
  package func backward(
    _ trace: RecurrentTrace, _ x: NDArray, hidden: NDArray?, memory: NDArray?, outputs upstream: NDArray?,
    lastHidden: NDArray?, lastMemory: NDArray?, wishes: Wishes
  ) -> RecurrentGradients {
    let (batch, time) = (x.shape[0], x.shape[1])
    let width = cell.gates * units
    let before = statesBefore(trace, hidden)
    let deltas = NDArray(uninitialized: [batch * time, width], .float32)
    let stateDeltas = cell == .gru ? NDArray(uninitialized: [batch * time, width], .float32) : deltas
    let errors = weights.projection == nil ? nil : NDArray(uninitialized: [batch * time, outputs], .float32)
    let first = (
      hidden: NDArray(uninitialized: [batch, outputs], .float32),
      memory: hasMemory ? NDArray(uninitialized: [batch, units], .float32) : nil
    )
    let walk = WalkBack(
      layer: self, time: time, trace: trace, before: before, memory: memory, upstream: upstream,
      lastHidden: lastHidden, lastMemory: lastMemory, deltas: deltas, stateDeltas: stateDeltas, errors: errors,
      firstHidden: first.hidden, firstMemory: first.memory, uses: batch * time)
    let pieces = pieces(batch)
    if batch * time * weights.state.count >= MatrixProblem.worthSharing {
      ThreadPool.shared.run(pieces.count) { walk.run(pieces[$0]) }
    } else {
      for piece in pieces { walk.run(piece) }
    }
    var gradients = RecurrentGradients(hidden: first.hidden, memory: first.memory)
    if wishes.contains(.x) { gradients.x = deltas.matmul(weights.input, transposingRight: true).reshaped(x.shape) }
    guard wishes.contains(.weights) else { return gradients }
    let rows = (x: x.reshaped([batch * time, inputs]), before: before.reshaped([batch * time, outputs]))
    if cell == .gru {
      gradients.input = rows.x.matmul(deltas, transposingLeft: true)
      gradients.state = rows.before.matmul(stateDeltas, transposingLeft: true)
    } else {
      // One product for both, since the errors are the same: they are packed once.
      let both = NDArray.concatenated([rows.x, rows.before], axis: 1).matmul(deltas, transposingLeft: true)
      (gradients.input, gradients.state) = (both[0..<inputs], both[inputs..<inputs + outputs])
    }
    gradients.bias = deltas.sum(axis: 0)
    if cell == .gru {
      gradients.candidateBias = stateDeltas.sum(axis: 0).sliced(axis: 0, from: 2 * units, to: width)
    }
    if weights.peephole != nil { gradients.peephole = peepholeGradient(trace, deltas, memory) }
    if let errors, let unprojected = trace.unprojected {
      gradients.projection = unprojected.reshaped([batch * time, units]).matmul(errors, transposingLeft: true)
    }
    return gradients
  }

  /// h before each step, `[batch, time, outputs]`.
  private func statesBefore(_ trace: RecurrentTrace, _ hidden: NDArray?) -> NDArray {
    shifted(trace.outputs, from: hidden)
  }

  /// What stood in `values` a step of time earlier, and `first` before the first step.
  private func shifted(_ values: NDArray, from first: NDArray?) -> NDArray {
    let (batch, time, width) = (values.shape[0], values.shape[1], values.shape[2])
    let result = NDArray(uninitialized: values.shape, .float32)
    let (x, y) = (values.pointer(to: Float.self), result.mutablePointer(to: Float.self))
    let start: UnsafePointer<Float>? = first?.pointer()
    shareWork(batch, elements: values.count) { row in
      let length = lengths.map { Int($0.pointer(to: Int32.self)[row]) } ?? time
      let (from, to) = (x + row * time * width, y + row * time * width)
      (to + length * width).update(repeating: 0, count: (time - length) * width)
      guard length > 0 else { return }
      let begin = isReversed ? to + (length - 1) * width : to
      if let start {
        begin.update(from: start + row * width, count: width)
      } else {
        begin.update(repeating: 0, count: width)
      }
      if isReversed {
        to.update(from: from + width, count: (length - 1) * width)
      } else {
        (to + width).update(from: from, count: (length - 1) * width)
      }
    }
    return result
  }

  /// Σ δᵢ ⊙ c, Σ δ_f ⊙ c with the memory before each step, Σ δ_o ⊙ c′ with that after it.
  private func peepholeGradient(_ trace: RecurrentTrace, _ deltas: NDArray, _ memory: NDArray?) -> NDArray? {
    guard let after = trace.memories else { return nil }
    let before = shifted(after, from: memory).reshaped([deltas.shape[0], units])
    let held = [before, before, after.reshaped(before.shape)]
    let sums = zip([0, 1, 3], held).map { gate, memory in
      (deltas.sliced(axis: 1, from: gate * units, to: (gate + 1) * units) * memory).sum(axis: 0)
    }
    return .concatenated(sums, axis: 0)
  }
}

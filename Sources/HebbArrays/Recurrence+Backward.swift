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
  ///   - trace: of no more use afterwards, as its memory is written over.
  package func backward(
    _ trace: RecurrentTrace, _ x: NDArray, hidden: NDArray?, memory: NDArray?, outputs upstream: NDArray?,
    lastHidden: NDArray?, lastMemory: NDArray?, wishes: Wishes
  ) -> RecurrentGradients {
    let (batch, time) = (x.shape[0], x.shape[1])
    let width = cell.gates * units
    let before = cell == .gru ? shifted(trace.outputs, from: hidden) : nil
    // What the gates let through is read for the last time where the errors are written: they take its place.
    let deltas = trace.gates
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
    if let before {
      gradients.input = x.reshaped([batch * time, inputs]).matmul(deltas, transposingLeft: true)
      let states = before.reshaped([batch * time, outputs])
      gradients.state = states.matmul(stateDeltas, transposingLeft: true)
    } else {
      // One product for both, since the errors are the same: they are packed once.
      let both = shifted(trace.outputs, from: hidden, behind: x).reshaped([batch * time, inputs + outputs])
        .matmul(deltas, transposingLeft: true)
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

  /// What stood in `values` a step of time earlier, and `first` before the first step; behind the features of `x`, if given.
  private func shifted(_ values: NDArray, from first: NDArray?, behind x: NDArray? = nil) -> NDArray {
    let (batch, time, width) = (values.shape[0], values.shape[1], values.shape[2])
    let offset = x?.shape[2] ?? 0
    let result = NDArray(uninitialized: [batch, time, offset + width], .float32)
    let (from, to) = (values.pointer(to: Float.self), result.mutablePointer(to: Float.self))
    let (start, features) = (first?.pointer(to: Float.self), x?.pointer(to: Float.self))
    shareWork(batch, elements: result.count) { row in
      let length = lengths.map { Int($0.pointer(to: Int32.self)[row]) } ?? time
      for t in 0..<time {
        let place = row * time + t
        let target = to + place * (offset + width)
        if let features { target.update(from: features + place * offset, count: offset) }
        let earlier = isReversed ? t + 1 : t - 1
        if t < length, (0..<length).contains(earlier) {
          (target + offset).update(from: from + (row * time + earlier) * width, count: width)
        } else if t < length, let start {
          (target + offset).update(from: start + row * width, count: width)
        } else {
          (target + offset).update(repeating: 0, count: width)
        }
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
